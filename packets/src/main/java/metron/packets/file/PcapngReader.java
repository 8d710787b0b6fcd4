package metron.packets.file;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metron.packets.CaptureInterface;
import metron.packets.Packet;

/// pcapng (draft-ietf-opsawg-pcapng): blocks of type[4] length[4] body length[4], in sections that each have their own byte
/// order and interfaces. Packets come from enhanced, simple and the obsolete packet blocks; interface descriptions and
/// statistics are taken; every other block is handed over as it is, in little-endian order as far as its layout is known.
final class PcapngReader extends CaptureReader {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int INTERFACE = 1;
  static final int OBSOLETE_PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int NAMES = 4;
  static final int STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;
  static final int SECRETS = 10;
  static final int BYTE_ORDER = 0x1a2b3c4d;

  /// A file of interface descriptions only would otherwise fill the memory: each needs 20 bytes on disk and 100 here.
  private static final int MAX_INTERFACES = 65_536;

  private boolean bigEndian;
  private boolean inSection;
  private int sectionBase;
  private long[] offsets = new long[4];
  private int[] resolutions = new int[4];
  private long[] drops = new long[4];
  private byte[] swapped = new byte[0];

  PcapngReader(InputStream in, ByteWindow window) {
    super(in, window);
  }

  @Override
  public String format() {
    return "pcapng";
  }

  @Override
  public long dropped() {
    long sum = 0;
    for (long d : drops) {
      sum += d;
    }
    return sum;
  }

  @Override
  boolean read(Packet packet) {
    while (true) {
      long at = window.position();
      if (!window.require(12)) {
        return (window.available() > 0 || window.failure() != null)
            && cut(at, "a block header", 12);
      }
      int type = window.int32(0, bigEndian);
      if (type == SECTION_HEADER) {
        int order = window.int32(8, false);
        if (order != BYTE_ORDER && order != Integer.reverseBytes(BYTE_ORDER)) {
          return faulty(at, "the section header has no byte-order mark 1a2b3c4d");
        }
        bigEndian = order != BYTE_ORDER;
        inSection = true;
        sectionBase = interfaces.size();
      } else if (!inSection) {
        return faulty(at, "block of type " + type + " found, expected a section header");
      }
      int length = window.int32(4, bigEndian);
      if (length < 12 || (length & 3) != 0) {
        return faulty(
            at,
            "a block of type "
                + Integer.toUnsignedString(type)
                + " has the length "
                + Integer.toUnsignedString(length)
                + ", expected a multiple of 4, at least 12");
      }
      if (length > MAX_RECORD + 4096) {
        if (type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET) {
          return faulty(
              at,
              "packet "
                  + (packets() + 1)
                  + " claims a block of "
                  + length
                  + " bytes, expected at most "
                  + MAX_RECORD);
        }
        if (!window.skip(length)) {
          return cut(at, "a block of type " + Integer.toUnsignedString(type), length);
        }
        continue;
      }
      if (!window.require(length)) {
        return cut(at, "a block of type " + Integer.toUnsignedString(type), length);
      }
      int trailer = window.int32(length - 4, bigEndian);
      if (trailer != length) {
        return faulty(
            at,
            "a block of type "
                + Integer.toUnsignedString(type)
                + " begins with the length "
                + length
                + " and ends with "
                + Integer.toUnsignedString(trailer));
      }
      boolean delivered = false;
      switch (type) {
        case INTERFACE -> {
          if (!addInterface(at, length)) {
            return false;
          }
        }
        case ENHANCED_PACKET, OBSOLETE_PACKET -> {
          if (!packet(packet, at, length, type)) {
            return false;
          }
          delivered = true;
        }
        case SIMPLE_PACKET -> {
          if (!simplePacket(packet, at, length)) {
            return false;
          }
          delivered = true;
        }
        case STATISTICS -> statistics(length);
        case SECTION_HEADER -> {}
        default -> sideBlock(type, length);
      }
      window.advance(length);
      if (delivered) {
        return true;
      }
    }
  }

  private boolean addInterface(long at, int length) {
    if (length < 20) {
      return faulty(at, "an interface description has " + length + " bytes, expected at least 20");
    }
    int number = interfaces.size();
    if (number == MAX_INTERFACES) {
      return faulty(at, "more than " + MAX_INTERFACES + " interfaces");
    }
    if (number == offsets.length) {
      offsets = Arrays.copyOf(offsets, number * 2);
      resolutions = Arrays.copyOf(resolutions, number * 2);
      drops = Arrays.copyOf(drops, number * 2);
    }
    String name = "";
    String description = "";
    int resolution = 6;
    long offset = 0;
    int end = length - 4;
    for (int o = 16; o + 4 <= end; ) {
      int code = window.int16(o, bigEndian);
      int size = window.int16(o + 2, bigEndian);
      if (code == 0 || o + 4 + size > end) {
        break;
      }
      int value = o + 4;
      switch (code) {
        case 2 -> name = text(value, size);
        case 3 -> description = text(value, size);
        case 9 -> {
          if (size >= 1) {
            resolution = window.buffer()[window.start() + value] & 255;
          }
        }
        case 14 -> {
          if (size >= 8) {
            offset = int64(value);
          }
        }
        default -> {}
      }
      o = value + Bytes.padded(size);
    }
    offsets[number] = offset;
    resolutions[number] = resolution;
    interfaces.add(
        new CaptureInterface(
            window.int16(8, bigEndian),
            window.int32(12, bigEndian) & 0xffff_ffffL,
            name,
            description,
            resolution));
    return true;
  }

  private String text(int at, int size) {
    return new String(window.buffer(), window.start() + at, size, StandardCharsets.UTF_8);
  }

  private long int64(int at) {
    long a = window.int32(at, bigEndian) & 0xffff_ffffL;
    long b = window.int32(at + 4, bigEndian) & 0xffff_ffffL;
    return bigEndian ? a << 32 | b : b << 32 | a;
  }

  private boolean packet(Packet packet, long at, int length, int type) {
    if (length < 32) {
      return faulty(at, "a packet block has " + length + " bytes, expected at least 32");
    }
    int inSectionNumber =
        type == ENHANCED_PACKET ? window.int32(8, bigEndian) : window.int16(8, bigEndian);
    if (inSectionNumber < 0 || inSectionNumber >= interfaces.size() - sectionBase) {
      return faulty(
          at,
          "packet "
              + (packets() + 1)
              + " names interface "
              + Integer.toUnsignedString(inSectionNumber)
              + ", the section has described "
              + (interfaces.size() - sectionBase));
    }
    int number = sectionBase + inSectionNumber;
    int captured = window.int32(20, bigEndian);
    if (captured < 0 || captured > length - 32) {
      return faulty(
          at,
          "packet "
              + (packets() + 1)
              + " claims "
              + Integer.toUnsignedString(captured)
              + " captured bytes in a block of "
              + length);
    }
    long high = window.int32(12, bigEndian) & 0xffff_ffffL;
    long low = window.int32(16, bigEndian) & 0xffff_ffffL;
    packet.set(
        window.buffer(),
        window.start() + 28,
        captured,
        window.int32(24, bigEndian),
        nanoseconds(high << 32 | low, resolutions[number], offsets[number]),
        number,
        interfaces.get(number).linkType());
    int options = 28 + Bytes.padded(captured);
    if (options + 8 <= length) {
      options(packet, options, length - 4);
    }
    return true;
  }

  private boolean simplePacket(Packet packet, long at, int length) {
    if (length < 16) {
      return faulty(at, "a simple packet block has " + length + " bytes, expected at least 16");
    }
    if (interfaces.size() == sectionBase) {
      return faulty(at, "a simple packet comes before the description of its interface");
    }
    CaptureInterface on = interfaces.get(sectionBase);
    int wire = window.int32(8, bigEndian);
    long captured = Math.min(wire & 0xffff_ffffL, length - 16L);
    if (on.snapLength() > 0) {
      captured = Math.min(captured, on.snapLength());
    }
    packet.set(
        window.buffer(),
        window.start() + 12,
        (int) captured,
        wire,
        Packet.NO_TIME,
        sectionBase,
        on.linkType());
    return true;
  }

  /// Ticks since the epoch of `1/10^r` seconds, or `1/2^(r-128)` if the highest bit of `r` is set.
  static long nanoseconds(long ticks, int resolution, long offsetSeconds) {
    long nanos;
    if (resolution == 9) {
      nanos = ticks;
      if (ticks < 0) {
        return Packet.NO_TIME;
      }
    } else if (resolution < 9) {
      long factor = power10(9 - resolution);
      if (Math.unsignedMultiplyHigh(ticks, factor) != 0 || ticks * factor < 0) {
        return Packet.NO_TIME;
      }
      nanos = ticks * factor;
    } else if (resolution < 128) {
      nanos = resolution > 28 ? 0 : Long.divideUnsigned(ticks, power10(resolution - 9));
    } else {
      int shift = resolution & 127;
      if (shift > 63) {
        nanos = 0;
      } else {
        long seconds = shift == 0 ? ticks : ticks >>> shift;
        long part = shift == 0 ? 0 : ticks & ((1L << shift) - 1);
        long high = Math.unsignedMultiplyHigh(part, 1_000_000_000L);
        long low = part * 1_000_000_000L;
        long fraction = shift == 0 ? 0 : low >>> shift | (high << 1) << (63 - shift);
        if (seconds < 0 || seconds > 9_223_372_035L) {
          return Packet.NO_TIME;
        }
        nanos = seconds * 1_000_000_000L + fraction;
      }
    }
    if (offsetSeconds == 0) {
      return nanos;
    }
    if (Math.abs(offsetSeconds) > 9_223_372_035L || offsetSeconds == Long.MIN_VALUE) {
      return Packet.NO_TIME;
    }
    long shifted = nanos + offsetSeconds * 1_000_000_000L;
    boolean overflow = ((nanos ^ shifted) & (offsetSeconds * 1_000_000_000L ^ shifted)) < 0;
    return overflow ? Packet.NO_TIME : shifted;
  }

  private static long power10(int exponent) {
    long value = 1;
    for (int i = 0; i < exponent; i++) {
      value *= 10;
    }
    return value;
  }

  /// The options up to their end mark or the first that does not fit.
  private void options(Packet packet, int from, int end) {
    int o = from;
    while (o + 4 <= end) {
      int code = window.int16(o, bigEndian);
      int next = o + 4 + Bytes.padded(window.int16(o + 2, bigEndian));
      if (code == 0 || next > end) {
        break;
      }
      o = next;
    }
    if (o == from) {
      return;
    }
    if (!bigEndian) {
      packet.setOptions(window.buffer(), window.start() + from, o - from);
      return;
    }
    int length = o - from;
    if (swapped.length < length) {
      swapped = new byte[length];
    }
    System.arraycopy(window.buffer(), window.start() + from, swapped, 0, length);
    swapOptions(swapped, 0, length, true);
    packet.setOptions(swapped, 0, length);
  }

  /// Big-endian options to little-endian ones, in place.
  ///
  /// @param packetOptions whether numbers among the values are known (flags, drop count, packet id, queue)
  private static void swapOptions(byte[] b, int from, int end, boolean packetOptions) {
    for (int o = from; o + 4 <= end; ) {
      int code = (b[o] & 255) << 8 | (b[o + 1] & 255);
      int size = (b[o + 2] & 255) << 8 | (b[o + 3] & 255);
      Bytes.SHORT_LE.set(b, o, (short) code);
      Bytes.SHORT_LE.set(b, o + 2, (short) size);
      int value = o + 4;
      int numbers =
          !packetOptions ? 0 : code == 2 || code == 6 ? 4 : code == 4 || code == 5 ? 8 : 0;
      if (numbers == size && value + size <= end) {
        for (int i = 0; i < size / 2; i++) {
          byte swap = b[value + i];
          b[value + i] = b[value + size - 1 - i];
          b[value + size - 1 - i] = swap;
        }
      }
      if (code == 0) {
        return;
      }
      o = value + Bytes.padded(size);
    }
  }

  private void statistics(int length) {
    if (length < 24) {
      return;
    }
    int number = window.int32(8, bigEndian);
    if (number < 0 || number >= interfaces.size() - sectionBase) {
      return;
    }
    int end = length - 4;
    for (int o = 20; o + 4 <= end; ) {
      int code = window.int16(o, bigEndian);
      int size = window.int16(o + 2, bigEndian);
      if (code == 0 || o + 4 + size > end) {
        return;
      }
      if (code == 5 && size == 8) {
        // A later block holds the sum since the start, not what came on top.
        drops[sectionBase + number] = Math.max(0, int64(o + 4));
      }
      o += 4 + Bytes.padded(size);
    }
  }

  private void sideBlock(int type, int length) {
    byte[] body = new byte[length - 12];
    System.arraycopy(window.buffer(), window.start() + 8, body, 0, body.length);
    if (bigEndian) {
      switch (type) {
        case NAMES -> swapNames(body);
        case SECRETS -> {
          if (body.length >= 8) {
            int size = swap32(body, 4);
            swap32(body, 0);
            if (size >= 0 && 8 + (long) size <= body.length) {
              swapOptions(body, 8 + Bytes.padded(size), body.length, false);
            }
          }
        }
        default -> {
          // The first word of a custom block is the number of the enterprise; what follows is its
          // own business.
          if ((type == 0xbad || type == 0x40000bad) && body.length >= 4) {
            swap32(body, 0);
          }
        }
      }
    }
    sideBlocks.accept(new SideBlock(type, body));
  }

  private static void swapNames(byte[] body) {
    for (int o = 0; o + 4 <= body.length; ) {
      int kind = (body[o] & 255) << 8 | (body[o + 1] & 255);
      int size = (body[o + 2] & 255) << 8 | (body[o + 3] & 255);
      Bytes.SHORT_LE.set(body, o, (short) kind);
      Bytes.SHORT_LE.set(body, o + 2, (short) size);
      o += 4 + Bytes.padded(size);
      if (kind == 0) {
        swapOptions(body, o, body.length, false);
        return;
      }
    }
  }

  /// Reverses four bytes; the number they then hold in little-endian order.
  private static int swap32(byte[] b, int at) {
    int v = Integer.reverseBytes((int) Bytes.INT_LE.get(b, at));
    Bytes.INT_LE.set(b, at, v);
    return v;
  }
}
