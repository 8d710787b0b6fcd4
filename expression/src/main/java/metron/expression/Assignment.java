package metron.expression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// Writes what an expression gave to a field.
///
/// A field of the catalogue has a type, to which values are brought as sensors' values are ([Values]): `'10.0.0.1'` is an
/// address, `1417384516000` is a moment, `'80'` a number. A field outside it takes the value's own type. Null removes. A map
/// gives a field for each entry, under the field's name and a dot.
public final class Assignment {
  private static final int DEPTH = 8;

  private Assignment() {}

  /// @return what does not fit; null (and not an empty text) when it was written
  public static @Nullable String set(Event event, Field field, @Nullable Object value) {
    return set(event, field, value, 0);
  }

  private static @Nullable String set(Event event, Field field, @Nullable Object value, int depth) {
    switch (value) {
      case null -> {
        event.remove(field);
        return null;
      }
      case Map<?, ?> map -> {
        if (depth == DEPTH) {
          return field.name() + " is a map of more than " + DEPTH + " levels";
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          String problem =
              set(
                  event,
                  FieldCatalogue.get().field(field.name() + '.' + entry.getKey()),
                  entry.getValue(),
                  depth + 1);
          if (problem != null) {
            return problem;
          }
        }
        return null;
      }
      case Collection<?> values -> {
        return setAll(event, field, values);
      }
      default -> {
        Field of =
            field.isExt() ? FieldCatalogue.get().fieldOr(field.name(), typeOf(value)) : field;
        Object converted = Values.one(of.type(), plain(value));
        if (converted == null) {
          return misfit(of, value);
        }
        if (of.repeated()) {
          event.set(of, List.of(converted));
        } else {
          replace(event, of, converted);
        }
        return null;
      }
    }
  }

  private static @Nullable String setAll(Event event, Field field, Collection<?> values) {
    Field of = field;
    List<Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      if (value == null) {
        continue;
      }
      if (of.isExt() && converted.isEmpty()) {
        of = FieldCatalogue.get().fieldOr(of.name(), typeOf(value));
      }
      Object one = Values.one(of.type(), plain(value));
      if (one == null) {
        return misfit(of, value);
      }
      converted.add(one);
    }
    event.remove(field);
    if (!converted.isEmpty()) {
      event.set(of, converted);
    }
    return null;
  }

  // A field outside the catalogue may have had a value of another type.
  private static void replace(Event event, Field field, Object value) {
    if (field.isExt() && event.type(field) != null && event.type(field) != field.type()) {
      event.remove(field);
    }
    event.setBoxed(field, value);
  }

  private static Object plain(Object value) {
    return value instanceof Character c ? c.toString() : value;
  }

  private static FieldType typeOf(Object value) {
    return switch (value) {
      case Long _, Integer _, Short _, Byte _ -> FieldType.LONG;
      case Number _ -> FieldType.DOUBLE;
      case Boolean _ -> FieldType.BOOLEAN;
      case Instant _ -> FieldType.INSTANT;
      case IpAddress _ -> FieldType.IP;
      default -> FieldType.STRING;
    };
  }

  private static String misfit(Field field, Object value) {
    String text = String.valueOf(value);
    return "field "
        + field.name()
        + " takes "
        + expected(field.type())
        + ", found "
        + (value instanceof CharSequence ? "'" : "")
        + (text.length() > 100 ? text.substring(0, 100) + "…" : text)
        + (value instanceof CharSequence ? "'" : "");
  }

  private static String expected(FieldType type) {
    return switch (type) {
      case STRING -> "text";
      case LONG -> "a whole number";
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case INSTANT -> "a time (ISO 8601, or a number since the epoch)";
      case IP -> "an address";
    };
  }
}
