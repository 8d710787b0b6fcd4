package metron.parsers.netflow;

import java.util.Arrays;

/// Walks the sets of a datagram of NetFlow v9 (RFC 3954 section 5) or IPFIX (RFC 7011 section 3.1). Numbers are in network byte order.
final class Sets {
  private final byte[] b;
  private final int to;
  private final boolean ipfix;
  private final boolean known;
  private final long source;
  private int next;
  private int from;
  private int end;
  private int id;

  Sets(byte[] b, int start, int stop) {
    this.b = b;
    int version = stop - start >= 16 ? u16(b, start) : 0;
    this.ipfix = version == 10;
    this.known = ipfix || (version == 9 && stop - start >= 20);
    int length = ipfix ? Math.min(stop - start, Math.max(16, u16(b, start + 2))) : stop - start;
    this.to = start + length;
    this.next = known ? start + (ipfix ? 16 : 20) : stop;
    this.source = known ? u32(b, start + (ipfix ? 12 : 16)) : 0;
  }

  static int u16(byte[] b, int i) {
    return (b[i] & 255) << 8 | (b[i + 1] & 255);
  }

  static long u32(byte[] b, int i) {
    return ((long) u16(b, i) << 16) | u16(b, i + 2);
  }

  /// Moves to the next set that is whole.
  boolean next() {
    if (!known || next + 4 > to) {
      return false;
    }
    id = u16(b, next);
    int length = u16(b, next + 2);
    if (length < 4 || next + length > to) {
      return false;
    }
    from = next + 4;
    end = next + length;
    next = end;
    return true;
  }

  long source() {
    return source;
  }

  int id() {
    return id;
  }

  int from() {
    return from;
  }

  int end() {
    return end;
  }

  boolean ipfix() {
    return ipfix;
  }

  boolean isTemplates() {
    return ipfix ? id == 2 || id == 3 : id == 0 || id == 1;
  }

  boolean isData() {
    return id > 255;
  }

  /// Takes the templates of this set.
  void learn(Templates templates) {
    boolean options = ipfix ? id == 3 : id == 1;
    int i = from;
    while (i + 4 <= end) {
      int template = u16(b, i);
      int count = u16(b, i + 2);
      i += 4;
      if (options) {
        if (i + 2 > end) {
          return;
        }
        // v9 counts bytes of scope and options, IPFIX fields of both and of scope.
        count = ipfix ? count : (count + u16(b, i)) / 4;
        i += 2;
      }
      if (template < 256 || count == 0 || count > Templates.MOST_FIELDS) {
        return;
      }
      int[] fields = new int[3 * count];
      for (int f = 0; f < count; f++) {
        if (i + 4 > end) {
          return;
        }
        int number = u16(b, i);
        fields[3 * f + 1] = number & (ipfix ? 0x7fff : 0xffff);
        fields[3 * f + 2] = u16(b, i + 2);
        i += 4;
        if (ipfix && (number & 0x8000) != 0) {
          if (i + 4 > end) {
            return;
          }
          fields[3 * f] = (int) (u32(b, i) & Integer.MAX_VALUE);
          i += 4;
        }
      }
      templates.put(
          source, template, new Templates.Template(Arrays.copyOf(fields, fields.length), options));
    }
  }
}
