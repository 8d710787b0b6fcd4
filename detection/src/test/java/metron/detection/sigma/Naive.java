package metron.detection.sigma;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// One rule after the other, word by word: what the engine must answer, without any of what makes it fast.
final class Naive {
  private Naive() {}

  static boolean matches(Node node, Map<String, ?> event) {
    return switch (node) {
      case Node.All(List<Node> parts) -> parts.stream().allMatch(p -> matches(p, event));
      case Node.Any(List<Node> parts) -> parts.stream().anyMatch(p -> matches(p, event));
      case Node.Is(Atom atom) -> is(atom, event);
      case Node.IsNot(Atom atom) -> !is(atom, event);
    };
  }

  private static boolean is(Atom atom, Map<String, ?> event) {
    Object value = event.get(atom.field());
    if (atom instanceof Atom.Absent) {
      return value == null;
    }
    if (value == null) {
      return false;
    }
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    return values.stream().anyMatch(v -> is(atom, v.toString()));
  }

  private static boolean is(Atom atom, String value) {
    return switch (atom) {
      case Atom.Text(String _, Atom.Place place, String text, boolean cased) -> {
        String v = cased ? value : value.toLowerCase(Locale.ROOT);
        yield switch (place) {
          case WHOLE -> v.equals(text);
          case START -> v.startsWith(text);
          case END -> v.endsWith(text);
          case ANYWHERE -> v.contains(text);
        };
      }
      case Atom.Wild(String _, Glob glob, boolean cased) -> {
        StringBuilder regex = new StringBuilder(cased ? "(?s)" : "(?is)");
        for (Glob.Part part : glob.parts()) {
          regex.append(
              switch (part) {
                case Glob.Literal(String text) -> Pattern.quote(text);
                case Glob.AnyRun _ -> ".*";
                case Glob.AnyOne _ -> ".";
              });
        }
        yield value.matches(regex.toString());
      }
      case Atom.Matches matches -> Pattern.compile(matches.source()).matcher(value).find();
      default -> throw new IllegalArgumentException(atom + " is not asked naively");
    };
  }
}
