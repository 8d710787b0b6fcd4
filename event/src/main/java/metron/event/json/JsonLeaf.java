package metron.event.json;

import java.nio.charset.StandardCharsets;
import metron.event.IpAddress;
import metron.event.Timestamp;
import org.jspecify.annotations.Nullable;

/// A value that [JsonWalker] stands at: text, number, truth value or null. Nothing is decoded before it is asked for, so a
/// number or an address costs no text object.
///
/// Valid only during the call that hands it over. As a [CharSequence] it is the bytes as written: the text of a number, or
/// of a string without escapes and beyond-ASCII characters (others are decoded first).
public final class JsonLeaf implements CharSequence {
  /// What stands here.
  public enum Kind {
    TEXT,
    /// A number without fraction and exponent.
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  final byte[] bytes;
  Kind kind = Kind.NULL;
  int from;
  int to;
  boolean escaped;
  boolean ascii;
  int arrays;
  private @Nullable String decoded;

  JsonLeaf(byte[] bytes) {
    this.bytes = bytes;
  }

  void text(int from, int to, boolean escaped, boolean ascii) {
    kind = Kind.TEXT;
    this.from = from;
    this.to = to;
    this.escaped = escaped;
    this.ascii = ascii;
    decoded = null;
  }

  void plain(Kind kind, int from, int to) {
    this.kind = kind;
    this.from = from;
    this.to = to;
    escaped = false;
    ascii = true;
    decoded = null;
  }

  public Kind kind() {
    return kind;
  }

  /// Whether an array lies between this value and the start of the document.
  public boolean inArray() {
    return arrays > 0;
  }

  /// The text of a string, decoded; a number, truth value or `null` as written. A malformed UTF-8 sequence becomes U+FFFD.
  public String string() {
    String text = decoded;
    if (text == null) {
      text =
          escaped
              ? unescape(bytes, from, to)
              : new String(
                  bytes,
                  from,
                  to - from,
                  ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
      decoded = text;
    }
    return text;
  }

  /// @return whether the value, of any kind, is a whole number that fits 64 bits; then [#longValue] has it
  public boolean isLong() {
    if (kind != Kind.INTEGER && kind != Kind.TEXT) {
      return false;
    }
    int i = from;
    if (i < to && bytes[i] == '-') {
      i++;
    }
    int digits = to - i;
    if (digits < 1 || digits > 19 || escaped) {
      return false;
    }
    for (int j = i; j < to; j++) {
      if (bytes[j] < '0' || bytes[j] > '9') {
        return false;
      }
    }
    // 19 digits overflow to the wrong sign or stay: 9,999,999,999,999,999,999 is below 2 * 2^63.
    return digits < 19 || (magnitude(i) >= 0 || (i > from && magnitude(i) == Long.MIN_VALUE));
  }

  /// The number; meaningful only where [#isLong].
  public long longValue() {
    return bytes[from] == '-' ? -magnitude(from + 1) : magnitude(from);
  }

  private long magnitude(int i) {
    long value = 0;
    for (int j = i; j < to; j++) {
      value = value * 10 + (bytes[j] - '0');
    }
    return value;
  }

  /// @return the number or text of one; `NaN` where it is neither
  public double doubleValue() {
    if (isLong()) {
      return longValue();
    }
    if ((kind != Kind.DECIMAL && kind != Kind.INTEGER && kind != Kind.TEXT) || to - from > 400) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(string());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /// Meaningful only for [Kind#BOOLEAN].
  public boolean booleanValue() {
    return bytes[from] == 't';
  }

  /// @return the address, or null if the text is not one (hot path, hence no `Optional`)
  public @Nullable IpAddress ip() {
    return kind == Kind.TEXT ? IpAddress.parseOrNull(this, 0, length()) : null;
  }

  /// @return nanoseconds since the epoch from ISO 8601 text or from a number ([Timestamp#parseEpoch], to the digit), or
  ///     [Timestamp#NONE]
  public long nanos() {
    if (kind == Kind.BOOLEAN || kind == Kind.NULL) {
      return Timestamp.NONE;
    }
    int length = length();
    boolean iso = kind == Kind.TEXT && length >= 10 && charAt(4) == '-' && charAt(7) == '-';
    long nanos = iso ? Timestamp.parseIso(this, 0, length) : Timestamp.parseEpoch(this, 0, length);
    return nanos != Timestamp.NONE || kind != Kind.DECIMAL ? nanos : exponent();
  }

  /// Numbers such as `1.5075654381E9`.
  private long exponent() {
    double seconds = doubleValue();
    return Math.abs(seconds) < 9.2e9
        ? Timestamp.of(
            (long) Math.floor(seconds), (int) ((seconds - Math.floor(seconds)) * 1_000_000_000L))
        : Timestamp.NONE;
  }

  /// Whether the text is exactly this.
  public boolean is(String text) {
    if (escaped || !ascii) {
      return string().equals(text);
    }
    if (text.length() != to - from) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int length() {
    return escaped || !ascii ? string().length() : to - from;
  }

  @Override
  public char charAt(int index) {
    return escaped || !ascii ? string().charAt(index) : (char) bytes[from + index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return string().substring(start, end);
  }

  @Override
  public String toString() {
    return string();
  }

  /// Decodes escapes that the scan has found well-formed; a lone surrogate stays one.
  static String unescape(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from);
    int run = from;
    int i = from;
    while (i < to) {
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      out.append(new String(bytes, run, i - run, StandardCharsets.UTF_8));
      char c = (char) bytes[i + 1];
      i += 2;
      switch (c) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append(
              (char)
                  (hex(bytes[i]) << 12
                      | hex(bytes[i + 1]) << 8
                      | hex(bytes[i + 2]) << 4
                      | hex(bytes[i + 3])));
          i += 4;
        }
        default -> out.append(c);
      }
      run = i;
    }
    return out.append(new String(bytes, run, to - run, StandardCharsets.UTF_8)).toString();
  }

  static int hex(byte b) {
    return b >= '0' && b <= '9'
        ? b - '0'
        : b >= 'a' && b <= 'f' ? b - 'a' + 10 : b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
  }
}
