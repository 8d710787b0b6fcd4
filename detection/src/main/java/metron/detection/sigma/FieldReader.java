package metron.detection.sigma;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Position;
import metron.config.Spelling;
import metron.event.Cidr;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Regex;

/// Reads one line of a selection, `field|modifier|modifier: value or values` (Sigma modifiers, appendix of the specification).
final class FieldReader {
  private static final Set<String> KNOWN =
      new LinkedHashSet<>(
          List.of(
              "contains",
              "startswith",
              "endswith",
              "all",
              "re",
              "i",
              "m",
              "s",
              "cidr",
              "base64",
              "base64offset",
              "utf16",
              "utf16le",
              "utf16be",
              "wide",
              "windash",
              "expand",
              "exists",
              "gt",
              "gte",
              "lt",
              "lte",
              "fieldref",
              "cased",
              "neq",
              "minute",
              "hour",
              "day",
              "week",
              "month",
              "year"));
  private static final Set<String> ENCODINGS = Set.of("utf16", "utf16le", "utf16be", "wide");
  private static final Pattern DASH = Pattern.compile("\\B[-/]\\b");
  private static final List<String> DASHES = List.of("-", "/", "–", "—", "―");
  private static final int MOST_DASHES = 3;
  private static final Pattern PLACEHOLDER = Pattern.compile("%([\\w.-]+)%");

  /// Placeholders that have no values.
  private final Set<String> open = new LinkedHashSet<>();

  private final Map<String, List<String>> placeholders;
  private final Faults faults;

  FieldReader(Map<String, List<String>> placeholders, Faults faults) {
    this.placeholders = placeholders;
    this.faults = faults;
  }

  /// Why the rule can't be asked although it is sound; empty: it can.
  String inactive() {
    return open.isEmpty()
        ? ""
        : "placeholder "
            + String.join(", ", open.stream().map(name -> "%" + name + "%").toList())
            + " has no values; give them under 'placeholders' of the pipeline";
  }

  /// A value without a field, to be found anywhere in an event.
  Node keyword(ConfigNode value) {
    return text(Glob.parse(value.text(faults)).open(true, true), "", false);
  }

  Node field(String key, Position at, ConfigNode value) {
    String[] parts = key.split("\\|", -1);
    List<String> modifiers = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String modifier = parts[i].toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(modifier)) {
        faults.add(
            at,
            "unknown modifier '"
                + parts[i]
                + "' in '"
                + key
                + "'."
                + Spelling.hint(modifier, KNOWN));
        return Node.never();
      }
      modifiers.add(modifier);
    }
    Line line = new Line(parts[0].strip(), Set.copyOf(modifiers), modifiers, at);
    List<Node> nodes = new ArrayList<>();
    List<ConfigNode> values =
        value instanceof ConfigNode.Items items ? items.items() : List.of(value);
    for (ConfigNode one : values) {
      nodes.add(one(line, one));
    }
    Node node = line.has("all") ? Node.all(nodes) : Node.any(nodes);
    return line.has("neq") ? node.not() : node;
  }

  private record Line(String field, Set<String> set, List<String> modifiers, Position at) {
    boolean has(String modifier) {
      return set.contains(modifier);
    }

    boolean hasOneOf(Set<String> some) {
      return modifiers.stream().anyMatch(some::contains);
    }

    Atom.Place place() {
      return has("contains")
          ? Atom.Place.ANYWHERE
          : has("startswith")
              ? Atom.Place.START
              : has("endswith") ? Atom.Place.END : Atom.Place.WHOLE;
    }
  }

  private Node one(Line line, ConfigNode node) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      faults.add(
          node.at(), "'" + line.field() + "' has " + node.found() + ", expected a value or a list");
      return Node.never();
    }
    if (scalar.isNull()) {
      return new Node.Is(new Atom.Absent(line.field()));
    }
    String text = scalar.text();
    if (line.has("exists")) {
      return exists(line, text);
    }
    if (line.has("re")) {
      return regex(line, text);
    }
    if (line.has("cidr")) {
      Optional<Cidr> network = Cidr.parse(text);
      return network.isPresent()
          ? new Node.Is(new Atom.InNetwork(line.field(), network.get()))
          : wrong(line, text, "a network such as 10.0.0.0/8");
    }
    if (line.has("fieldref")) {
      return new Node.Is(new Atom.Field(line.field(), text, line.place(), line.has("cased")));
    }
    for (Atom.Comparison comparison : Atom.Comparison.values()) {
      if (line.has(comparison.name().toLowerCase(Locale.ROOT))) {
        return number(line, text, n -> new Node.Is(new Atom.Compares(line.field(), comparison, n)));
      }
    }
    for (Atom.Unit unit : Atom.Unit.values()) {
      if (line.has(unit.name().toLowerCase(Locale.ROOT))) {
        return number(line, text, n -> new Node.Is(new Atom.Moment(line.field(), unit, (long) n)));
      }
    }
    return texts(line, text);
  }

  private Node exists(Line line, String text) {
    Node absent = new Node.Is(new Atom.Absent(line.field()));
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> absent.not();
      case "false", "no" -> absent;
      default -> wrong(line, text, "true or false");
    };
  }

  private Node regex(Line line, String text) {
    String flags = List.of("i", "m", "s").stream().filter(line::has).reduce("", String::concat);
    String source = flags.isEmpty() ? text : "(?" + flags + ")" + text;
    try {
      return new Node.Is(new Atom.Matches(line.field(), source, Regex.compile(1, source)));
    } catch (FunctionFailure e) {
      return wrong(line, text, "a regular expression: " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface OfNumber {
    Node node(double number);
  }

  private Node number(Line line, String text, OfNumber made) {
    try {
      return made.node(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return wrong(line, text, "a number");
    }
  }

  private Node wrong(Line line, String text, String expected) {
    faults.add(line.at(), "'" + line.field() + "' is \"" + text + "\", expected " + expected);
    return Node.never();
  }

  private Node texts(Line line, String raw) {
    List<String> texts = List.of(raw);
    boolean encoded = false;
    Charset charset = StandardCharsets.UTF_8;
    for (String modifier : line.modifiers()) {
      switch (modifier) {
        case "expand" -> texts = each(texts, this::expanded);
        case "windash" -> texts = each(texts, FieldReader::dashed);
        case "utf16", "utf16be" -> charset = StandardCharsets.UTF_16BE;
        case "utf16le", "wide" -> charset = StandardCharsets.UTF_16LE;
        case "base64" -> {
          Charset of = charset;
          texts =
              each(
                  texts,
                  t ->
                      List.of(
                          Base64.getEncoder().encodeToString(Glob.parse(t).text().getBytes(of))));
          encoded = true;
        }
        case "base64offset" -> {
          Charset of = charset;
          texts = each(texts, t -> offsets(Glob.parse(t).text().getBytes(of)));
          encoded = true;
        }
        default -> {}
      }
    }
    if (line.hasOneOf(ENCODINGS) && !encoded) {
      faults.add(line.at(), "'wide' and 'utf16' need 'base64' or 'base64offset' behind them");
      return Node.never();
    }
    List<Node> nodes = new ArrayList<>();
    for (String text : texts) {
      Glob glob = encoded ? Glob.literal(text) : Glob.parse(text);
      Atom.Place place = line.field().isEmpty() ? Atom.Place.ANYWHERE : line.place();
      glob =
          glob.open(
              place == Atom.Place.ANYWHERE || place == Atom.Place.END,
              place == Atom.Place.ANYWHERE || place == Atom.Place.START);
      nodes.add(text(glob, line.field(), line.has("cased")));
    }
    return Node.any(nodes);
  }

  private static List<String> each(List<String> texts, Function<String, List<String>> change) {
    List<String> changed = new ArrayList<>();
    for (String text : texts) {
      changed.addAll(change.apply(text));
    }
    return changed;
  }

  private List<String> expanded(String text) {
    Matcher found = PLACEHOLDER.matcher(text);
    if (!found.find()) {
      return List.of(text);
    }
    List<String> values = placeholders.get(found.group(1));
    if (values == null) {
      open.add(found.group(1));
      return List.of(text);
    }
    List<String> expanded = new ArrayList<>();
    for (String value : values) {
      String rest = text.substring(found.end());
      for (String end : expanded(rest)) {
        expanded.add(text.substring(0, found.start()) + value + end);
      }
    }
    return expanded;
  }

  /// With each of the characters that Windows takes before an option.
  private static List<String> dashed(String text) {
    List<String> variants = new ArrayList<>(List.of(""));
    Matcher dash = DASH.matcher(text);
    int from = 0;
    for (int count = 0; count < MOST_DASHES && dash.find(); count++) {
      String before = text.substring(from, dash.start());
      variants = each(variants, v -> DASHES.stream().map(other -> v + before + other).toList());
      from = dash.end();
    }
    String rest = text.substring(from);
    return variants.stream().map(v -> v + rest).toList();
  }

  /// The three texts, one of which is in the Base64 of whatever has these bytes in it.
  private static List<String> offsets(byte[] bytes) {
    int[] starts = {0, 2, 3};
    int[] ends = {0, 3, 2};
    List<String> texts = new ArrayList<>();
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      String text = Base64.getEncoder().encodeToString(shifted);
      texts.add(text.substring(starts[offset], text.length() - ends[shifted.length % 3]));
    }
    return texts;
  }

  private static Node text(Glob glob, String field, boolean cased) {
    Glob compared = cased ? glob : glob.folded();
    List<Glob.Part> parts = compared.parts();
    boolean before = !parts.isEmpty() && parts.getFirst() == Glob.AnyRun.ANY_RUN;
    boolean behind = !parts.isEmpty() && parts.getLast() == Glob.AnyRun.ANY_RUN;
    if (before && parts.size() == 1) {
      return new Node.IsNot(new Atom.Absent(field));
    }
    Glob inner = new Glob(parts.subList(before ? 1 : 0, behind ? parts.size() - 1 : parts.size()));
    if (!inner.isLiteral()) {
      return new Node.Is(new Atom.Wild(field, compared, cased));
    }
    Atom.Place place =
        before
            ? behind ? Atom.Place.ANYWHERE : Atom.Place.END
            : behind ? Atom.Place.START : Atom.Place.WHOLE;
    return new Node.Is(new Atom.Text(field, place, inner.text(), cased));
  }
}
