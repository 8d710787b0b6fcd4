package metron.event.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A key of JSON objects as a [JsonTape] knows it. Keys of the same tape with an [#id] are unique objects, so `==` and the id
/// decide; a key that came after the tape had learned its fill ([#UNLEARNED]) is made anew each time it is seen.
public final class JsonKey {
  /// The id of every key that the tape has not learned.
  public static final int UNLEARNED = -1;

  private static final int FOLLOWERS = 4;

  private final int id;
  private final byte[] bytes;
  private final int hash;

  // The key as it stands in a text with what follows it, `name":`, as little-endian words; the last
  // one is masked.
  private final long[] words;
  private final long lastMask;
  private final int length;
  // Keys with a quote or backslash are written escaped, so their bytes can't be compared with a
  // text's.
  private final boolean literal;

  // Which keys came next before; what a guess is worth changes with the record's type, so there are
  // some.
  private final @Nullable JsonKey[] followers = new JsonKey[FOLLOWERS];
  private int next;

  JsonKey(int id, byte[] bytes, int hash) {
    this.id = id;
    this.bytes = bytes;
    this.hash = hash;
    length = bytes.length + 2;
    words = new long[(length + 7) >>> 3];
    boolean plain = true;
    for (int i = 0; i < length; i++) {
      byte c = i < bytes.length ? bytes[i] : i == bytes.length ? (byte) '"' : (byte) ':';
      plain &= i >= bytes.length || (c != '"' && c != '\\');
      words[i >>> 3] |= (c & 255L) << ((i & 7) * 8);
    }
    int rest = length & 7;
    lastMask = rest == 0 ? -1 : (1L << (rest * 8)) - 1;
    literal = plain;
  }

  /// A small number, from 0 in the order in which the tape learned its keys, or [#UNLEARNED].
  public int id() {
    return id;
  }

  /// The name, decoded, as UTF-8. Not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// The name; malformed sequences have become U+FFFD.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  int hash() {
    return hash;
  }

  /// Bytes that the key takes in a text, with the closing quote and the colon.
  int length() {
    return length;
  }

  /// Whether this key, its quote and colon stand at `at`.
  boolean standsAt(byte[] b, int at, int end) {
    long[] w = words;
    int last = w.length - 1;
    if (end - at < w.length * 8) {
      return false;
    }
    for (int i = 0; i < last; i++) {
      if ((long) JsonTape.LONGS.get(b, at + i * 8) != w[i]) {
        return false;
      }
    }
    return ((long) JsonTape.LONGS.get(b, at + last * 8) & lastMask) == w[last];
  }

  /// @return the key that stands at `at`, if it is one that came after this one before; null if not (every key of every
  ///     record is looked up here)
  @Nullable JsonKey followerAt(byte[] b, int at, int end) {
    for (JsonKey key : followers) {
      if (key == null) {
        return null;
      }
      if (key.standsAt(b, at, end)) {
        return key;
      }
    }
    return null;
  }

  void follow(JsonKey key) {
    if (key.literal) {
      followers[next] = key;
      next = (next + 1) % FOLLOWERS;
    }
  }

  @Override
  public String toString() {
    return text();
  }
}
