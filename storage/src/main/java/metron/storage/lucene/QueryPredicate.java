package metron.storage.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.event.query.Query;

/// Decides a query on a stored event, where the index alone cannot.
final class QueryPredicate {
  private QueryPredicate() {}

  static Predicate<Event> compile(Query query) {
    return switch (query) {
      case Query.All _ -> event -> true;
      case Query.And(var parts) -> {
        var all = parts.stream().map(QueryPredicate::compile).toList();
        yield event -> all.stream().allMatch(p -> p.test(event));
      }
      case Query.Or(var parts) -> {
        var any = parts.stream().map(QueryPredicate::compile).toList();
        yield event -> any.stream().anyMatch(p -> p.test(event));
      }
      case Query.Not(var part) -> compile(part).negate();
      case Query.Is(String field, Object value) ->
          value instanceof String s
              ? eachText(field, v -> lower(v).equals(lower(s)))
              : each(field, value::equals);
      case Query.Wildcard(String field, String pattern) -> {
        Pattern p = Pattern.compile(wildcard(lower(pattern)), Pattern.DOTALL);
        yield eachText(field, v -> p.matcher(lower(v)).matches());
      }
      case Query.Regex(String field, String pattern) -> {
        try {
          Pattern p =
              Pattern.compile(
                  pattern, Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
          yield eachText(field, v -> p.matcher(v).matches());
        } catch (PatternSyntaxException e) {
          throw new IllegalArgumentException(
              "regular expression for " + field + ": " + e.getDescription(), e);
        }
      }
      case Query.Range r -> each(r.field(), v -> within(r, v));
      case Query.InNetwork(String field, var network) ->
          each(
              field,
              v ->
                  v instanceof IpAddress ip
                      ? network.contains(ip)
                      : v instanceof String s
                          && IpAddress.parse(s).map(network::contains).orElse(false));
      case Query.Exists(String field) ->
          event -> event.get(FieldCatalogue.get().field(field)) != null;
      case Query.Words(String text, boolean phrase) -> {
        List<String> words = words(text);
        yield phrase
            ? event -> anyText(event, t -> containsRun(words(t), words))
            : event -> words.stream().allMatch(w -> anyText(event, t -> words(t).contains(w)));
      }
    };
  }

  private static String lower(String s) {
    return s.toLowerCase(Locale.ROOT);
  }

  private static Predicate<Event> each(String field, Predicate<Object> test) {
    var resolved = FieldCatalogue.get().field(field);
    return event -> event.values(resolved).stream().anyMatch(test);
  }

  private static Predicate<Event> eachText(String field, Predicate<String> test) {
    return each(field, v -> test.test(ValueText.text(v)));
  }

  private static boolean anyText(Event event, Predicate<String> test) {
    for (int i = 0; i < event.size(); i++) {
      Object value = event.valueAt(i);
      if (value instanceof String s && test.test(s)) {
        return true;
      }
      if (value instanceof List<?> list
          && list.stream().anyMatch(e -> e instanceof String s && test.test(s))) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsRun(List<String> text, List<String> run) {
    return java.util.Collections.indexOfSubList(text, run) >= 0;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (WordSet.isWord(c)) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        words.add(lower(text.substring(start, i)));
        start = -1;
      }
      i += Character.charCount(c);
    }
    if (start >= 0) {
      words.add(lower(text.substring(start)));
    }
    return words;
  }

  private static boolean within(Query.Range r, Object v) {
    return (r.from() == null || compare(v, r.from()) > (r.fromIncluded() ? -1 : 0))
        && (r.to() == null || compare(r.to(), v) > (r.toIncluded() ? -1 : 0));
  }

  @SuppressWarnings("unchecked") // Same class on both sides, and all value classes are Comparable.
  private static int compare(Object a, Object b) {
    if (a instanceof String || b instanceof String) {
      return Integer.signum(lower(ValueText.text(a)).compareTo(lower(ValueText.text(b))));
    }
    return a.getClass() == b.getClass()
        ? Integer.signum(((Comparable<Object>) a).compareTo(b))
        : Integer.MIN_VALUE;
  }

  private static String wildcard(String pattern) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> out.append(".*");
        case '?' -> out.append('.');
        case '\\' -> {
          if (i + 1 < pattern.length()) {
            c = pattern.charAt(++i);
          }
          out.append(Pattern.quote(String.valueOf(c)));
        }
        default -> out.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return out.toString();
  }
}
