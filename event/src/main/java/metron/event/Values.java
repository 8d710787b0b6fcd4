package metron.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Brings a raw value to a field's type.
///
/// | type | what is taken |
/// |---|---|
/// | STRING | anything, as text; whole numbers without a fraction |
/// | LONG | whole numbers, text of one (decimal, `0x…`), a decimal number without a fraction |
/// | DOUBLE | numbers, text of one, `NaN`, `Infinity` |
/// | BOOLEAN | `true`, `false`, `yes`, `no`, `T`, `F`, `1`, `0` |
/// | INSTANT | ISO 8601 as [Timestamp#parseIso] has it, numbers as [Timestamp#parseEpoch] has them |
/// | IP | text of an address, without zone index |
public final class Values {
  private Values() {}

  /// @param raw `String`, a number, `Boolean`, `Instant`, [IpAddress], or a list of these
  /// @return the value boxed as [FieldType] says, or a list of such; null (not `Optional`, this is the mappers' inner loop)
  ///     if it can't be one, or if one item of a list can't
  public static @Nullable Object convert(Field field, Object raw) {
    if (raw instanceof List<?> list) {
      List<Object> values = new ArrayList<>(list.size());
      for (Object item : list) {
        Object value = item == null ? null : one(field.type(), item);
        if (value == null) {
          return null;
        }
        values.add(value);
      }
      return values;
    }
    return one(field.type(), raw);
  }

  /// As [#convert], for a single value.
  public static @Nullable Object one(FieldType type, Object raw) {
    return switch (type) {
      case STRING -> text(raw);
      case LONG -> toLong(raw);
      case DOUBLE -> toDouble(raw);
      case BOOLEAN -> toBoolean(raw);
      case INSTANT -> toInstant(raw);
      case IP ->
          raw instanceof IpAddress ip
              ? ip
              : raw instanceof CharSequence s ? IpAddress.parseOrNull(s, 0, s.length()) : null;
    };
  }

  /// A value as people and JSON see it: an instant in ISO 8601, an address in its short form.
  public static String text(Object value) {
    return switch (value) {
      case String s -> s;
      case Instant t -> {
        long nanos = nanos(t);
        yield nanos == Timestamp.NONE ? t.toString() : Timestamp.format(nanos);
      }
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
      default -> String.valueOf(value);
    };
  }

  /// @return nanoseconds since the epoch, [Timestamp#NONE] if out of range
  public static long nanos(Instant t) {
    return Timestamp.of(t.getEpochSecond(), t.getNano());
  }

  public static Instant instant(long nanosSinceEpoch) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanosSinceEpoch, 1_000_000_000L),
        Math.floorMod(nanosSinceEpoch, 1_000_000_000L));
  }

  private static @Nullable Long toLong(Object raw) {
    switch (raw) {
      case Long l -> {
        return l;
      }
      case Integer i -> {
        return (long) i;
      }
      case Short s -> {
        return (long) s;
      }
      case Byte b -> {
        return (long) b;
      }
      case Number n -> {
        double d = n.doubleValue();
        return d == Math.rint(d) && d >= -0x1p63 && d < 0x1p63 ? (Long) (long) d : null;
      }
      case CharSequence s -> {
        return parseLong(s.toString());
      }
      default -> {
        return null;
      }
    }
  }

  private static @Nullable Long parseLong(String text) {
    int length = text.length();
    if (length == 0 || length > 40) {
      return null;
    }
    try {
      if (length > 2 && text.charAt(0) == '0' && (text.charAt(1) | 0x20) == 'x') {
        return Long.parseLong(text, 2, length, 16);
      }
      boolean whole = true;
      for (int i = 0; i < length && whole; i++) {
        char c = text.charAt(i);
        whole = (c >= '0' && c <= '9') || (i == 0 && (c == '-' || c == '+'));
      }
      if (whole) {
        return Long.valueOf(text);
      }
      Double d = parseDouble(text);
      return d == null ? null : toLong(d);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double toDouble(Object raw) {
    return switch (raw) {
      case Double d -> d;
      case Number n -> n.doubleValue();
      case CharSequence s -> parseDouble(s.toString());
      default -> null;
    };
  }

  private static @Nullable Double parseDouble(String text) {
    int length = text.length();
    if (length == 0 || length > 400) {
      return null;
    }
    char last = text.charAt(length - 1);
    // Java also takes blanks around, hexadecimal floats and a trailing `f` or `d`; no sensor means
    // a number by those.
    if (last > '9' || last < '.' || text.charAt(0) <= ' ' || text.indexOf('x') >= 0) {
      return switch (text) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> null;
      };
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  // Three answers: true, false, or not a truth value.
  @SuppressWarnings("NullableBoolean")
  private static @Nullable Boolean toBoolean(Object raw) {
    return switch (raw) {
      case Boolean b -> b;
      case Long l when l == 0 || l == 1 -> l == 1;
      case Integer i when i == 0 || i == 1 -> i == 1;
      case CharSequence s when s.length() <= 5 ->
          switch (s.toString().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "t", "1" -> true;
            case "false", "no", "f", "0" -> false;
            default -> null;
          };
      default -> null;
    };
  }

  private static @Nullable Instant toInstant(Object raw) {
    switch (raw) {
      case Instant t -> {
        return nanos(t) == Timestamp.NONE ? null : t;
      }
      case Number n -> {
        boolean whole = n instanceof Long || n instanceof Integer;
        String digits = whole ? n.toString() : decimal(n.doubleValue());
        long nanos = Timestamp.parseEpoch(digits, 0, digits.length());
        return nanos == Timestamp.NONE ? null : instant(nanos);
      }
      case CharSequence s -> {
        long nanos = parseMoment(s, 0, s.length());
        return nanos == Timestamp.NONE ? null : instant(nanos);
      }
      default -> {
        return null;
      }
    }
  }

  /// Without an exponent, so that the digits can be read as they are.
  private static String decimal(double d) {
    return Math.abs(d) < 1e19 ? BigDecimal.valueOf(d).toPlainString() : "";
  }

  /// ISO 8601 or a number since the epoch.
  static long parseMoment(CharSequence text, int from, int to) {
    boolean iso = to - from >= 10 && text.charAt(from + 4) == '-' && text.charAt(from + 7) == '-';
    return iso ? Timestamp.parseIso(text, from, to) : Timestamp.parseEpoch(text, from, to);
  }
}
