package metron.packets.stream;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.LayerKind;

/// Puts IP datagrams together from their fragments (RFC 791 section 3.2, RFC 8200 section 4.5), so that the transport header and
/// all that follows can be decoded at once.
///
/// Overlaps: in IPv4 the bytes that came first stay; in IPv6 an overlap that is not an exact repetition makes the datagram void.
/// Bounded by [StreamLimits]: the datagram begun first makes room. Not thread-safe.
public final class Fragments {
  private static final int MOST = 65_535;

  private record Key(
      int network, long sh, long sl, long dh, long dl, int protocol, int identification) {}

  private static final class Datagram {
    private final long begun;
    private byte[] bytes = new byte[2048];
    // One bit for each eight bytes: fragments end on such a border, all but the last.
    private final long[] have = new long[128];
    private int units;
    private int length = -1;
    private int end;
    private int wire;
    private boolean bad;

    Datagram(long begun) {
      this.begun = begun;
    }
  }

  private final Map<Key, Datagram> open = new LinkedHashMap<>();
  private final StreamLimits limits;
  private long held;
  private long abandoned;

  public Fragments(StreamLimits limits) {
    this.limits = limits;
  }

  /// Takes a fragment.
  ///
  /// @param level an IP header of the packet for which [DecodedPacket#isFragment] holds
  /// @return the whole datagram, an IP packet without a fragment header, if this was the last that it lacked; its wire length
  ///     is that of all its fragments
  public Optional<Packet> add(DecodedPacket d, int level, Packet packet) {
    byte[] b = d.bytes();
    int ip = d.networkOffset(level);
    boolean six = d.network(level) == DecodedPacket.IPV6;
    int header = ip;
    int data = d.transportOffset(level);
    int protocol = d.protocol(level);
    int offset;
    boolean more;
    int identification;
    if (six) {
      int at = fragmentHeader(d, ip);
      if (at < 0) {
        return Optional.empty();
      }
      protocol = b[at] & 255;
      data = at + 8;
      int word = (b[at + 2] & 255) << 8 | (b[at + 3] & 255);
      offset = word & 0xfff8;
      more = (word & 1) != 0;
      identification = int32(b, at + 4);
    } else {
      int word = (b[ip + 6] & 255) << 8 | (b[ip + 7] & 255);
      offset = (word & 0x1fff) * 8;
      more = (word & 0x2000) != 0;
      identification = (b[ip + 4] & 255) << 8 | (b[ip + 5] & 255);
      data = ip + (b[ip] & 15) * 4;
    }
    int end = d.transportEnd(level);
    int length = end - data;
    int claimed = d.transportLength(level) + d.transportOffset(level) - data;
    if (length <= 0 || length < claimed || (more && length % 8 != 0) || offset + length > MOST) {
      // Cut by the snap length, or no fragment that any host would take.
      return Optional.empty();
    }
    long time = packet.time();
    expire(time);
    Key key =
        new Key(
            d.network(level),
            d.sourceHigh(level),
            d.sourceLow(level),
            d.destinationHigh(level),
            d.destinationLow(level),
            protocol,
            identification);
    Datagram datagram = open.get(key);
    if (datagram == null) {
      makeRoom(2048);
      datagram = new Datagram(time);
      held += datagram.bytes.length;
      open.put(key, datagram);
    }
    if (offset + length > datagram.bytes.length) {
      int size = Math.min(MOST + 1, Integer.highestOneBit(offset + length) * 2);
      held += size - datagram.bytes.length;
      datagram.bytes = Arrays.copyOf(datagram.bytes, size);
    }
    fill(datagram, b, data, offset, length, six);
    datagram.wire += packet.wireLength();
    datagram.end = Math.max(datagram.end, offset + length);
    if (!more) {
      if (datagram.length >= 0 && datagram.length != offset + length) {
        datagram.bad = true;
      }
      datagram.length = offset + length;
    }
    if (datagram.bad || (datagram.length >= 0 && datagram.end > datagram.length)) {
      drop(key, datagram);
      return Optional.empty();
    }
    if (datagram.length < 0 || datagram.units < (datagram.length + 7) / 8) {
      makeRoom(0);
      return Optional.empty();
    }
    open.remove(key);
    held -= datagram.bytes.length;
    byte[] whole = six ? six(b, header, protocol, datagram) : four(b, header, datagram);
    return Optional.of(
        new Packet()
            .set(
                whole,
                0,
                whole.length,
                datagram.wire,
                packet.time(),
                packet.interfaceNumber(),
                six ? LinkType.IPV6 : LinkType.IPV4));
  }

  private static void fill(
      Datagram datagram, byte[] b, int data, int offset, int length, boolean six) {
    for (int done = 0; done < length; done += 8) {
      int unit = (offset + done) / 8;
      int size = Math.min(8, length - done);
      long bit = 1L << (unit & 63);
      if ((datagram.have[unit >> 6] & bit) == 0) {
        datagram.have[unit >> 6] |= bit;
        datagram.units++;
        System.arraycopy(b, data + done, datagram.bytes, offset + done, size);
      } else if (six
          && !Arrays.equals(
              datagram.bytes,
              offset + done,
              offset + done + size,
              b,
              data + done,
              data + done + size)) {
        datagram.bad = true;
      }
    }
  }

  private static int fragmentHeader(DecodedPacket d, int ip) {
    for (int i = 0; i < d.layers(); i++) {
      if (d.layerKind(i) == LayerKind.IPV6_FRAGMENT && d.layerOffset(i) > ip) {
        return d.layerEnd(i) - d.layerOffset(i) == 8 ? d.layerOffset(i) : -1;
      }
    }
    return -1;
  }

  private static byte[] four(byte[] b, int header, Datagram datagram) {
    byte[] whole = new byte[20 + datagram.length];
    System.arraycopy(b, header, whole, 0, 20);
    whole[0] = 0x45;
    int total = whole.length > MOST ? 0 : whole.length;
    whole[2] = (byte) (total >> 8);
    whole[3] = (byte) total;
    whole[6] = 0;
    whole[7] = 0;
    System.arraycopy(datagram.bytes, 0, whole, 20, datagram.length);
    return whole;
  }

  private static byte[] six(byte[] b, int header, int next, Datagram datagram) {
    byte[] whole = new byte[40 + datagram.length];
    System.arraycopy(b, header, whole, 0, 40);
    whole[4] = (byte) (datagram.length >> 8);
    whole[5] = (byte) datagram.length;
    whole[6] = (byte) next;
    System.arraycopy(datagram.bytes, 0, whole, 40, datagram.length);
    return whole;
  }

  private void expire(long time) {
    long timeout = limits.fragmentTimeout().toNanos();
    Iterator<Map.Entry<Key, Datagram>> all = open.entrySet().iterator();
    while (all.hasNext()) {
      Datagram oldest = all.next().getValue();
      if (time == Packet.NO_TIME
          || oldest.begun == Packet.NO_TIME
          || time - oldest.begun <= timeout) {
        return;
      }
      held -= oldest.bytes.length;
      abandoned++;
      all.remove();
    }
  }

  private void makeRoom(int more) {
    Iterator<Map.Entry<Key, Datagram>> all = open.entrySet().iterator();
    while (all.hasNext()
        && ((more > 0 && open.size() >= limits.datagrams())
            || held + more > limits.fragmentBytes())) {
      held -= all.next().getValue().bytes.length;
      abandoned++;
      all.remove();
    }
  }

  private void drop(Key key, Datagram datagram) {
    open.remove(key);
    held -= datagram.bytes.length;
    abandoned++;
  }

  /// Datagrams of which fragments are missing.
  public int open() {
    return open.size();
  }

  /// Bytes held for them.
  public long held() {
    return held;
  }

  /// Datagrams given up: too old, too many, or void.
  public long abandoned() {
    return abandoned;
  }

  private static int int32(byte[] b, int at) {
    return b[at] << 24 | (b[at + 1] & 255) << 16 | (b[at + 2] & 255) << 8 | (b[at + 3] & 255);
  }
}
