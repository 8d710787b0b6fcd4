package metron.packets.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import metron.event.Cidr;
import metron.packets.filter.Condition;

/// An index as [IndexBuilder] has written it, read: which blocks may hold what a filter wants.
///
/// Not thread-safe.
final class SegmentIndex {
  /// A broken index; the segment is scanned instead.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  private final byte[] b;
  private int at;
  private final int end;
  private final long segmentLength;
  private final long packets;
  private final int headerStart;
  private final int headerLength;
  private final long[] blocks;
  private final int blockCount;
  private final int[] shifts = new int[KeyKind.values().length];
  private final long[][] pageKeys = new long[shifts.length][];
  private final int[][] pageOffsets = new int[shifts.length][];
  private final int[] pageEnds = new int[shifts.length];
  private final int[] keyCounts = new int[shifts.length];

  private SegmentIndex(byte[] bytes) throws Broken {
    b = bytes;
    end = bytes.length - 4;
    if (end < IndexBuilder.MAGIC.length || !Arrays.equals(b, 0, 8, IndexBuilder.MAGIC, 0, 8)) {
      throw new Broken("no index");
    }
    CRC32C crc = new CRC32C();
    crc.update(b, 0, end);
    int stored = 0;
    for (int i = 0; i < 4; i++) {
      stored |= (b[end + i] & 255) << (8 * i);
    }
    if (stored != (int) crc.getValue()) {
      throw new Broken("checksum");
    }
    at = 8;
    segmentLength = number();
    packets = number();
    headerLength = count(end);
    headerStart = at;
    at += headerLength;
    blockCount = count(IndexBuilder.MAX_BLOCKS + 1);
    blocks = new long[blockCount * 6];
    long offset = 0;
    long first = 0;
    for (int i = 0; i < blocks.length; i += 6) {
      blocks[i] = offset + number();
      blocks[i + 1] = number();
      blocks[i + 2] = number();
      blocks[i + 3] = number();
      long zigzag = number();
      first += zigzag >>> 1 ^ -(zigzag & 1);
      blocks[i + 4] = first;
      blocks[i + 5] = first + number();
      offset = blocks[i] + blocks[i + 1];
    }
    for (int k = 0; k < shifts.length; k++) {
      shifts[k] = count(64);
      keyCounts[k] = count(Integer.MAX_VALUE);
      int pages = count(end);
      int bytesOfPages = count(end);
      pageKeys[k] = new long[pages];
      pageOffsets[k] = new int[pages];
      long key = 0;
      int page = 0;
      for (int p = 0; p < pages; p++) {
        key += number();
        page += count(end);
        pageKeys[k][p] = key;
        pageOffsets[k][p] = page;
      }
      for (int p = 0; p < pages; p++) {
        pageOffsets[k][p] += at;
      }
      at += bytesOfPages;
      pageEnds[k] = at;
    }
    if (at != end) {
      throw new Broken("length");
    }
  }

  /// Empty if the bytes are no whole and sound index.
  static Optional<SegmentIndex> read(byte[] bytes) {
    try {
      return Optional.of(new SegmentIndex(bytes));
    } catch (Broken e) {
      return Optional.empty();
    } catch (ArrayIndexOutOfBoundsException | NegativeArraySizeException e) {
      // The checksum holds against chance, not against who writes indexes by hand.
      return Optional.empty();
    }
  }

  private long number() {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = b[at++];
      v |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return v;
  }

  private int count(int most) throws Broken {
    long n = number();
    if (n < 0 || n > most) {
      throw new Broken("count");
    }
    return (int) n;
  }

  long segmentLength() {
    return segmentLength;
  }

  long packets() {
    return packets;
  }

  int size() {
    return b.length;
  }

  byte[] header() {
    return Arrays.copyOfRange(b, headerStart, headerStart + headerLength);
  }

  int blocks() {
    return blockCount;
  }

  long offset(int block) {
    return blocks[block * 6];
  }

  int storedLength(int block) {
    return (int) blocks[block * 6 + 1];
  }

  int rawLength(int block) {
    return (int) blocks[block * 6 + 2];
  }

  long first(int block) {
    return blocks[block * 6 + 4];
  }

  long last(int block) {
    return blocks[block * 6 + 5];
  }

  /// Blocks that may hold a packet in the time range for which the condition holds.
  BlockSet candidates(Condition condition, long from, long to) {
    BlockSet set = candidates(condition);
    for (int i = 0; i < blockCount; i++) {
      if (blocks[i * 6 + 3] == 0 || last(i) < from || first(i) > to) {
        set.remove(i);
      }
    }
    return set;
  }

  private BlockSet candidates(Condition condition) {
    return switch (condition) {
      case Condition.And(var left, var right) -> {
        BlockSet set = candidates(left);
        if (!set.isEmpty()) {
          set.retain(candidates(right));
        }
        yield set;
      }
      case Condition.Or(var left, var right) -> {
        BlockSet set = candidates(left);
        set.add(candidates(right));
        yield set;
      }
      case Condition.Address(_, var cidr, _, _) -> addresses(cidr);
      case Condition.Port(_, var from, var to, var protocol, _, _) -> {
        BlockSet set = lookUp(KeyKind.PORT, from, to);
        if (protocol >= 0) {
          set.retain(lookUp(KeyKind.PROTOCOL, protocol, protocol));
        }
        yield set;
      }
      case Condition.Protocol(var protocol, _, _) -> lookUp(KeyKind.PROTOCOL, protocol, protocol);
      case Condition.Tag(var kind, var value, _) ->
          value >= 0
              ? lookUp(KeyKind.TAG, KeyKind.tag(kind, value), KeyKind.tag(kind, value))
              : lookUp(KeyKind.TAG, KeyKind.tag(kind, 0), KeyKind.tag(kind, 0xffff_ffffL));
      case Condition.TcpFlags _ -> lookUp(KeyKind.PROTOCOL, 6, 6);
      case Condition.CommunityId(var id) -> {
        long key = KeyKind.flow(id);
        yield lookUp(KeyKind.FLOW, key, key);
      }
      case Condition.Flow flow -> {
        BlockSet set = addresses(new Cidr(flow.source(), 128));
        set.retain(addresses(new Cidr(flow.destination(), 128)));
        set.retain(lookUp(KeyKind.PROTOCOL, flow.protocol(), flow.protocol()));
        if (flow.sourcePort() >= 0) {
          set.retain(lookUp(KeyKind.PORT, flow.sourcePort(), flow.sourcePort()));
          set.retain(lookUp(KeyKind.PORT, flow.destinationPort(), flow.destinationPort()));
          if (flow.protocol() == 6 || flow.protocol() == 17 || flow.protocol() == 132) {
            long key =
                KeyKind.flow(
                    metron.event.CommunityId.v1(
                        flow.source(),
                        flow.sourcePort(),
                        flow.destination(),
                        flow.destinationPort(),
                        flow.protocol()));
            set.retain(lookUp(KeyKind.FLOW, key, key));
          }
        }
        yield set;
      }
      // What is over-included cannot be taken away.
      case Condition.Not _, Condition.All _, Condition.Length _, Condition.Network _ ->
          BlockSet.all(blockCount);
    };
  }

  private BlockSet addresses(Cidr cidr) {
    BlockSet set = new BlockSet(blockCount);
    long v4From = Math.max(0, mapped(cidr.address().high(), cidr.address().low(), true));
    long v4To = mapped(cidr.last().high(), cidr.last().low(), false);
    if (v4From <= v4To && v4To >= 0) {
      set.add(lookUp(KeyKind.V4, v4From, v4To));
    }
    if (cidr.prefix() == 128) {
      long key = KeyKind.v6Host(cidr.address().high(), cidr.address().low());
      set.add(lookUp(KeyKind.V6_HOST, key, key));
    } else {
      set.add(lookUp(KeyKind.V6_NET, KeyKind.v6Net(cidr.address()), KeyKind.v6Net(cidr.last())));
    }
    return set;
  }

  /// An end of a range of addresses as an end of the range of IPv4 addresses in it: the IPv4 bits if it lies in
  /// `::ffff:0:0/96`, else the nearest bound or what makes the range empty.
  private static long mapped(long high, long low, boolean lower) {
    if (high == 0 && low >>> 32 == 0xffff) {
      return low & 0xffff_ffffL;
    }
    boolean below = high == 0 && Long.compareUnsigned(low, 0x0000_ffff_0000_0000L) < 0;
    if (lower) {
      return below ? 0 : Long.MAX_VALUE;
    }
    return below ? -1 : 0xffff_ffffL;
  }

  private BlockSet lookUp(KeyKind kind, long from, long to) {
    BlockSet set = new BlockSet(blockCount);
    int k = IndexBuilder.number(kind);
    long low = kind.fold(from, shifts[k]);
    long high = kind.fold(to, shifts[k]);
    long[] pages = pageKeys[k];
    // The last page that begins at or before `low`.
    int page = Arrays.binarySearch(pages, low);
    if (page < 0) {
      page = Math.max(0, -page - 2);
    }
    for (; page < pages.length && pages[page] <= high; page++) {
      at = pageOffsets[k][page];
      int stop = page + 1 < pages.length ? pageOffsets[k][page + 1] : pageEnds[k];
      long key = pages[page];
      boolean firstKey = true;
      while (at < stop) {
        if (!firstKey) {
          key += number();
        }
        firstKey = false;
        if (key > high) {
          return set;
        }
        runs(key >= low ? set : null);
      }
    }
    return set;
  }

  private void runs(@org.jspecify.annotations.Nullable BlockSet into) {
    int block = 0;
    while (true) {
      long head = number();
      block += (int) (head >>> 2);
      int length = (head & 2) != 0 ? (int) number() + 2 : 1;
      if (into != null) {
        into.add(block, block + length);
      }
      block += length;
      if ((head & 1) != 0) {
        return;
      }
    }
  }
}
