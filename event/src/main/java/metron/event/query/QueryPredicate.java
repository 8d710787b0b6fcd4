package metron.event.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// A [Query] compiled to closures over an event: for the live stream, and the meaning that the other engines are held to.
///
/// Compiled once, a predicate may be used from any thread.
public final class QueryPredicate {
  private final Runnable overBudget;

  private QueryPredicate(Runnable overBudget) {
    this.overBudget = overBudget;
  }

  public static Predicate<Event> compile(Query query) {
    return compile(query, () -> {});
  }

  /// @param overBudget called each time a regular expression used up its steps; that text then does not match
  public static Predicate<Event> compile(Query query, Runnable overBudget) {
    return new QueryPredicate(overBudget).predicate(query);
  }

  private Predicate<Event> predicate(Query query) {
    return switch (query) {
      case Query.All() -> event -> true;
      case Query.And(var parts) -> {
        List<Predicate<Event>> all = each(parts);
        yield event -> {
          for (Predicate<Event> part : all) {
            if (!part.test(event)) {
              return false;
            }
          }
          return true;
        };
      }
      case Query.Or(var parts) -> {
        List<Predicate<Event>> any = each(parts);
        yield event -> {
          for (Predicate<Event> part : any) {
            if (part.test(event)) {
              return true;
            }
          }
          return false;
        };
      }
      case Query.Not(var part) -> predicate(part).negate();
      case Query.Is(var name, var value) -> is(field(name), value);
      case Query.Wildcard(var name, var pattern) -> {
        WildcardPattern wildcard = WildcardPattern.of(pattern);
        yield anyText(field(name), wildcard::matches);
      }
      case Query.Regex(var name, var pattern) -> {
        RegexPattern regex = RegexPattern.of(pattern);
        yield anyText(
            field(name),
            text -> {
              try {
                return regex.matches(text);
              } catch (RegexPattern.OverBudgetException e) {
                overBudget.run();
                return false;
              }
            });
      }
      case Query.Range range -> range(field(range.field()), range);
      case Query.InNetwork(var name, var network) ->
          any(field(name), value -> value instanceof IpAddress ip && network.contains(ip));
      case Query.Exists(var name) -> {
        Field field = field(name);
        yield event -> event.has(field) && !event.isNull(field);
      }
      case Query.Words(var text, var phrase) -> words(text, phrase);
    };
  }

  private List<Predicate<Event>> each(List<Query> parts) {
    List<Predicate<Event>> predicates = new ArrayList<>(parts.size());
    for (Query part : parts) {
      predicates.add(predicate(part));
    }
    return predicates;
  }

  private static Field field(String name) {
    return FieldCatalogue.get().field(name);
  }

  private static Predicate<Event> is(Field field, Object value) {
    Object wanted = Values.one(field.type(), value);
    if (wanted == null) {
      return event -> false;
    }
    if (wanted instanceof String text) {
      String lower = lower(text);
      return anyText(field, found -> lower(found).equals(lower));
    }
    return any(field, wanted::equals);
  }

  private static Predicate<Event> range(Field field, Query.Range range) {
    Object from = range.from() == null ? null : Values.one(field.type(), range.from());
    Object to = range.to() == null ? null : Values.one(field.type(), range.to());
    if ((from == null) != (range.from() == null) || (to == null) != (range.to() == null)) {
      return event -> false;
    }
    if (field.type() == FieldType.STRING) {
      String low = from instanceof String s ? lower(s) : null;
      String high = to instanceof String s ? lower(s) : null;
      return anyText(field, text -> within(lower(text), low, high, range));
    }
    return any(field, value -> within(value, from, to, range));
  }

  private static boolean within(
      Object value, @Nullable Object from, @Nullable Object to, Query.Range range) {
    if (from != null) {
      int c = compare(value, from);
      if (c < 0 || (c == 0 && !range.fromIncluded())) {
        return false;
      }
    }
    if (to != null) {
      int c = compare(value, to);
      return c < 0 || (c == 0 && range.toIncluded());
    }
    return true;
  }

  /// Both are of the same type; text goes by code points, as UTF-8 in an index does.
  private static int compare(Object a, Object b) {
    return switch (a) {
      case Long l when b instanceof Long m -> Long.compare(l, m);
      case Double d when b instanceof Double e -> Double.compare(d, e);
      case Instant t when b instanceof Instant u -> t.compareTo(u);
      case IpAddress ip when b instanceof IpAddress other -> ip.compareTo(other);
      case Boolean p when b instanceof Boolean q -> Boolean.compare(p, q);
      default -> compareText(String.valueOf(a), String.valueOf(b));
    };
  }

  static int compareText(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static Predicate<Event> words(String text, boolean phrase) {
    List<String> words = WordText.words(text);
    if (words.isEmpty()) {
      return event -> false;
    }
    if (phrase) {
      return event -> inSomeText(event, words);
    }
    List<List<String>> single = words.stream().map(List::of).toList();
    return event -> {
      for (List<String> word : single) {
        if (!inSomeText(event, word)) {
          return false;
        }
      }
      return true;
    };
  }

  private static boolean inSomeText(Event event, List<String> words) {
    for (int i = 0; i < event.size(); i++) {
      Object ref = event.refAt(i);
      if (ref instanceof String text) {
        if (WordText.contains(text, words)) {
          return true;
        }
      } else if (ref instanceof List<?> list && event.fieldAt(i).type() == FieldType.STRING) {
        for (Object item : list) {
          if (item instanceof String text && WordText.contains(text, words)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Predicate<Event> any(Field field, Predicate<Object> test) {
    return event -> {
      Object value = event.get(field);
      if (value instanceof List<?> list) {
        for (Object item : list) {
          if (test.test(item)) {
            return true;
          }
        }
        return false;
      }
      return value != null && test.test(value);
    };
  }

  /// A field outside the catalogue may hold a number where another event holds text; its text decides.
  private static Predicate<Event> anyText(Field field, Predicate<String> test) {
    return any(field, value -> test.test(value instanceof String s ? s : Values.text(value)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
