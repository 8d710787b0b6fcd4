package metron.packets.protocol;

import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Hands the body of one HTTP message to its carver, unpacked where the message says it is packed with gzip or deflate. A body
/// that is not what it says is carved as far as it could be unpacked. Not thread-safe.
final class HttpBody {
  private static final int MOST_HEADER = 4096;

  private enum Form {
    PLAIN,
    GZIP_HEADER,
    DEFLATE_HEADER,
    PACKED,
    DONE
  }

  private final Carver carver;
  private final Buffer header;
  private final byte[] room = new byte[8192];
  private Form form;
  private @Nullable Inflater inflater;
  private boolean broken;

  HttpBody(Carver carver, String encoding, BufferBudget budget) {
    this.carver = carver;
    header = new Buffer(budget, 1 << 16);
    form =
        switch (encoding.toLowerCase(Locale.ROOT)) {
          case "gzip", "x-gzip" -> Form.GZIP_HEADER;
          case "deflate" -> Form.DEFLATE_HEADER;
          default -> Form.PLAIN;
        };
  }

  void write(byte[] bytes, int offset, int length) {
    switch (form) {
      case PLAIN -> carver.write(bytes, offset, length);
      case PACKED -> inflate(bytes, offset, length);
      case DONE -> {}
      case GZIP_HEADER, DEFLATE_HEADER -> {
        if (!header.add(bytes, offset, length)) {
          give(true);
          return;
        }
        int begin = form == Form.GZIP_HEADER ? gzipHeader() : deflateHeader();
        if (begin < 0) {
          return;
        }
        form = Form.PACKED;
        inflate(header.bytes(), begin, header.length() - begin);
        header.release();
      }
    }
  }

  /// @return where the packed bytes begin; -1 if that is not known yet
  private int gzipHeader() {
    byte[] b = header.bytes();
    int n = header.length();
    if (n < 10) {
      return -1;
    }
    if ((b[0] & 255) != 0x1f || (b[1] & 255) != 0x8b) {
      give(true);
      return 0;
    }
    int flags = b[3];
    int at = 10;
    if ((flags & 4) != 0) {
      if (n < at + 2) {
        return -1;
      }
      at += 2 + Names.le16(b, at);
    }
    for (int field = 8; field <= 16; field *= 2) {
      if ((flags & field) != 0) {
        while (at < n && b[at] != 0) {
          at++;
        }
        at++;
      }
    }
    at += (flags & 2) != 0 ? 2 : 0;
    if (at > n) {
      if (n > MOST_HEADER) {
        give(true);
      }
      return -1;
    }
    inflater = new Inflater(true);
    return at;
  }

  private int deflateHeader() {
    if (header.length() < 2) {
      return -1;
    }
    // RFC 9110 means zlib; some send it without.
    int both = Names.u16(header.bytes(), 0);
    inflater = new Inflater((both >> 8 & 15) != 8 || both % 31 != 0);
    return 0;
  }

  private void inflate(byte[] bytes, int offset, int length) {
    Inflater packed = inflater;
    if (packed == null || form != Form.PACKED) {
      return;
    }
    try {
      packed.setInput(bytes, offset, length);
      while (!packed.finished()) {
        int n = packed.inflate(room);
        if (n == 0) {
          break;
        }
        carver.write(room, 0, n);
      }
      if (packed.needsDictionary() || packed.finished()) {
        give(packed.needsDictionary());
      }
    } catch (DataFormatException e) {
      // No gzip after all, or damaged: what came out before is all there is.
      give(true);
    }
  }

  private void give(boolean faulty) {
    broken |= faulty;
    form = Form.DONE;
    header.release();
    Inflater packed = inflater;
    if (packed != null) {
      packed.end();
      inflater = null;
    }
  }

  void finish(boolean whole) {
    boolean complete = whole && !broken && (form == Form.PLAIN || form == Form.DONE);
    if (form != Form.PLAIN) {
      give(false);
    }
    carver.finish(complete);
  }
}
