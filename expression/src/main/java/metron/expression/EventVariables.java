package metron.expression;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.stellar.program.Variable;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;

/// The fields of an event as variables: ECS names, sensors' own names and the classic Metron names (`ip_src_addr`). A field
/// that an event does not have is null.
///
/// | field | in Stellar |
/// |---|---|
/// | text | string |
/// | integer | an integer where it fits in 32 bits, else a long |
/// | number | double |
/// | truth value | boolean |
/// | moment | long, milliseconds since the epoch |
/// | address | string, in its short form |
/// | several values | list of these |
///
/// `_` is the map of all fields. A name with colons means the one with dots, as Metron's index wrote it.
public final class EventVariables implements Variables<Event> {
  public static final EventVariables INSTANCE = new EventVariables();

  private EventVariables() {}

  @Override
  public Variable<Event> resolve(String name) {
    return name.equals(ALL) ? EventVariables::all : new OfField(field(name));
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(FieldCatalogue.aliases().keySet());
    for (FieldCatalogue.Entry entry : FieldCatalogue.get().all()) {
      names.add(entry.field().name());
    }
    return names;
  }

  /// The field that a variable of that name reads.
  public static Field field(String name) {
    FieldCatalogue catalogue = FieldCatalogue.get();
    if (name.indexOf(':') >= 0 && catalogue.entry(name).isEmpty()) {
      return catalogue.field(name.replace(':', '.'));
    }
    return catalogue.field(name);
  }

  /// A value of an event as Stellar has it.
  public static Object value(Object value) {
    return switch (value) {
      case Long l when l.intValue() == l -> l.intValue();
      case Instant t -> t.toEpochMilli();
      case IpAddress ip -> ip.toString();
      case List<?> list -> {
        List<Object> values = new ArrayList<>(list.size());
        for (Object one : list) {
          values.add(value(one));
        }
        yield Collections.unmodifiableList(values);
      }
      default -> value;
    };
  }

  private static Map<String, Object> all(Event event) {
    return new AbstractMap<>() {
      @Override
      public @Nullable Object get(Object key) {
        Object value = key instanceof String name ? event.get(field(name)) : null;
        return value == null ? null : value(value);
      }

      @Override
      public boolean containsKey(Object key) {
        return get(key) != null;
      }

      @Override
      public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new java.util.LinkedHashMap<>();
        event.forEach((field, value) -> entries.put(field.name(), value(value)));
        return Collections.unmodifiableMap(entries).entrySet();
      }
    };
  }

  private record OfField(Field field) implements Variable<Event> {
    @Override
    public @Nullable Object get(Event event) {
      Object value = event.get(field);
      return value == null ? null : value(value);
    }

    // Compared in the event's own form: no text is made of an address, no number is boxed.
    @Override
    public @Nullable Predicate<Event> equalTo(Object constant) {
      Field of = field;
      if (of.isExt()) {
        // Its values may be of any type.
        return null;
      }
      return switch (of.type()) {
        case STRING -> constant instanceof String text ? event -> text.equals(event.get(of)) : null;
        case IP -> {
          IpAddress ip = constant instanceof String text ? canonical(text) : null;
          yield ip == null ? null : event -> ip.equals(event.get(of));
        }
        case LONG ->
            constant instanceof Integer || constant instanceof Long
                ? equalTo(of, ((Number) constant).longValue())
                : null;
        case DOUBLE, BOOLEAN, INSTANT -> null;
      };
    }

    private static Predicate<Event> equalTo(Field of, long wanted) {
      long other = wanted + 1;
      return event -> event.longValue(of, other) == wanted;
    }

    @Override
    public @Nullable Predicate<Event> memberOf(List<?> constants) {
      Field of = field;
      if (of.isExt()) {
        return null;
      }
      return switch (of.type()) {
        case STRING -> {
          Set<Object> texts = new HashSet<>();
          yield all(constants, String.class, texts) ? member(of, texts) : null;
        }
        case IP -> {
          Set<Object> addresses = new HashSet<>();
          boolean known = true;
          for (Object constant : constants) {
            IpAddress ip = constant instanceof String text ? canonical(text) : null;
            known = known && ip != null && addresses.add(ip);
          }
          yield known ? member(of, addresses) : null;
        }
        case LONG -> {
          Set<Object> numbers = new HashSet<>();
          // As `in` has it, a long that would be an integer here is not the same.
          yield all(constants, Integer.class, numbers) ? number(of, numbers) : null;
        }
        case DOUBLE, BOOLEAN, INSTANT -> null;
      };
    }

    private static boolean all(List<?> constants, Class<?> type, Set<Object> into) {
      for (Object constant : constants) {
        if (!type.isInstance(constant)) {
          return false;
        }
        into.add(constant);
      }
      return !into.isEmpty();
    }

    private static Predicate<Event> member(Field of, Set<Object> wanted) {
      return event -> {
        Object value = event.get(of);
        return value != null && wanted.contains(value);
      };
    }

    private static Predicate<Event> number(Field of, Set<Object> wanted) {
      long[] sorted = wanted.stream().mapToLong(n -> (Integer) n).sorted().toArray();
      return event -> {
        long value = event.longValue(of, Long.MIN_VALUE);
        return value != Long.MIN_VALUE && java.util.Arrays.binarySearch(sorted, value) >= 0;
      };
    }

    /// The address of a text that is written as [IpAddress#toString] writes it: no other text equals one of ours.
    private static @Nullable IpAddress canonical(String text) {
      IpAddress ip = IpAddress.parseOrNull(text, 0, text.length());
      return ip != null && ip.toString().equals(text) ? ip : null;
    }
  }
}
