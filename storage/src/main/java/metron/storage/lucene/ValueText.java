package metron.storage.lucene;

import java.time.Instant;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Values;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// Values as text and as the 64 bits that doc values hold.
final class ValueText {
  private ValueText() {}

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// Nanoseconds since the epoch; moments outside 1677 to 2262 become the nearest that fits.
  static long nanos(Instant t) {
    try {
      return Math.addExact(Math.multiplyExact(t.getEpochSecond(), 1_000_000_000L), t.getNano());
    } catch (ArithmeticException e) {
      return t.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /// The eight bytes as [metron.event.Event#bitsAt] has them.
  static long bits(Object value) {
    return switch (value) {
      case Long l -> l;
      case Double d -> Double.doubleToLongBits(d);
      case Boolean b -> b ? 1 : 0;
      case Instant t -> nanos(t);
      default ->
          throw new IllegalArgumentException("no number in a " + value.getClass().getSimpleName());
    };
  }

  /// The value of a numeric doc value.
  static Object number(FieldType type, long docValue) {
    return switch (type) {
      case LONG -> docValue;
      case DOUBLE -> NumericUtils.sortableLongToDouble(docValue);
      case BOOLEAN -> docValue != 0;
      case INSTANT -> instant(docValue);
      case STRING, IP -> throw new IllegalArgumentException(type + " is not numeric");
    };
  }

  /// The doc value of a numeric value.
  static long docValue(FieldType type, long bits) {
    return type == FieldType.DOUBLE ? NumericUtils.sortableDoubleBits(bits) : bits;
  }

  static String text(Object value) {
    return Values.text(value);
  }

  static IpAddress ip(BytesRef bytes) {
    byte[] b = new byte[16];
    System.arraycopy(bytes.bytes, bytes.offset, b, 0, 16);
    return IpAddress.of(b);
  }
}
