package metron.packets.protocol;

import java.util.Arrays;

/// One element of DER (X.690), found without recursion or copies. What is not there, or does not fit, is an element that
/// [#isThere] denies, and so is all in it and after it.
final class Der {
  private final byte[] b;
  private final int header;
  private final int limit;
  private final int tag;
  private final int begin;
  private final int end;

  /// @param at where the element begins
  /// @param limit where what it lies in ends
  Der(byte[] b, int at, int limit) {
    this.b = b;
    this.limit = limit;
    header = at;
    int tagFound = -1;
    int from = limit;
    int to = limit;
    if (limit - at >= 2) {
      int length = b[at + 1] & 255;
      int size = 2;
      if (length >= 0x80) {
        int bytes = length & 0x7f;
        length = bytes >= 1 && bytes <= 4 && limit - at - 2 >= bytes ? 0 : -1;
        for (int i = 0; length >= 0 && i < bytes; i++) {
          length = length << 8 | (b[at + 2 + i] & 255);
        }
        size += bytes;
      }
      if (length >= 0 && length <= limit - at - size) {
        tagFound = b[at] & 255;
        from = at + size;
        to = from + length;
      }
    }
    tag = tagFound;
    begin = from;
    end = to;
  }

  boolean isThere() {
    return tag >= 0;
  }

  /// -1 if it is not there.
  int tag() {
    return tag;
  }

  int header() {
    return header;
  }

  int begin() {
    return begin;
  }

  int end() {
    return end;
  }

  /// What is behind it.
  Der next() {
    return new Der(b, isThere() ? end : limit, limit);
  }

  /// The first element in it, if its tag is this one.
  Der enter(int wanted) {
    return tag == wanted ? new Der(b, begin, end) : new Der(b, limit, limit);
  }

  String text() {
    return isThere() ? Names.utf8(b, begin, end) : "";
  }

  /// A small number; -1 if it is none.
  int number() {
    if (!isThere() || end - begin > 4 || end == begin) {
      return -1;
    }
    int value = 0;
    for (int i = begin; i < end; i++) {
      value = value << 8 | (b[i] & 255);
    }
    return value;
  }

  /// With its header.
  byte[] whole() {
    return Arrays.copyOfRange(b, header, end);
  }
}
