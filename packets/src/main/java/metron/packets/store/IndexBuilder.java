package metron.packets.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;

/// Builds the index of one segment while it is written: sorted keys, each with the set of blocks that hold it. No packet has
/// an entry of its own, so the index may only say "perhaps in these blocks", never "not in this one" where there is one.
///
/// # File
/// Little-endian; `v` is an unsigned LEB128 number; a *signed* one is zigzag coded.
///
/// ```
/// magic[8] "MTRNIDX1"
/// v segmentLength, v packets, v headerLength, header: a pcapng section header, all interfaces and side blocks of the segment
/// v blocks, then for each: v offset less the end of the block before, v stored length, v raw length, v packets,
///   signed first time less that of the block before, v last time less first (nanoseconds)
/// seven kinds of keys, in the order of KeyKind:
///   v shift (lowest bits dropped from each key), v keys, v pages, v bytes
///   for each page of at most 256 keys: v first key less that of the page before, v bytes of the page before
///   the pages: for each key but a page's first: v key less the one before; then its blocks, as runs:
///     v (gap to the end of the run before) * 4 + (2 if the run is longer than one) + (1 if it is the last)
///     v run length less 2, if it is longer than one
/// crc[4]: CRC-32C of all before
/// ```
///
/// # Size
/// At most 1.2 bytes a packet in a segment of some 50,000 packets or more: where the keys are so many that they need more
/// (a scan, a flood), the kind that needs most drops lowest bits, again and again, until it fits. Hashes (flows, IPv6 hosts)
/// drop bits at once until 1 of about 128 look-ups of an absent key meets a present one: more bits would cost space and save
/// nearly nothing.
///
/// Not thread-safe.
final class IndexBuilder {
  static final byte[] MAGIC = {'M', 'T', 'R', 'N', 'I', 'D', 'X', '1'};
  static final int PAGE = 256;

  /// Block ids have 16 bits.
  static final int MAX_BLOCKS = 65_000;

  /// Key and block pairs in memory, 8 bytes each; the segment ends when they are reached.
  static final int MAX_PAIRS = 6_000_000;

  private static final double BYTES_A_PACKET = 1.2;
  private static final int FLOOR = 4096;
  private static final int KINDS = KeyKind.values().length;

  private final long[][] pairs = new long[KINDS][1024];
  private final int[] counts = new int[KINDS];
  private final LongTable flows = new LongTable(5);
  private final LongTable[] seen = new LongTable[KINDS];

  private long[] blocks = new long[6 * 64];
  private int blockCount;
  private int blockPackets;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long packets;
  private long pairCount;

  IndexBuilder() {
    for (int k = 0; k < KINDS; k++) {
      seen[k] = new LongTable(1);
    }
  }

  long packets() {
    return packets;
  }

  boolean isFull() {
    return pairCount >= MAX_PAIRS || blockCount >= MAX_BLOCKS;
  }

  /// Adds a packet to the block that is being filled.
  void add(DecodedPacket d, long time) {
    packets++;
    blockPackets++;
    first = Math.min(first, time);
    last = Math.max(last, time);
    for (int l = 0; l < d.levels(); l++) {
      int network = d.network(l);
      int protocol = d.protocol(l);
      boolean ports = d.hasPorts(l);
      long portPair = ports ? (long) d.sourcePort(l) << 16 | d.destinationPort(l) : 0;
      long icmp = d.icmpType(l) < 0 ? 0 : (d.icmpType(l) << 8 | d.icmpCode(l)) + 1L;
      long rest =
          portPair
              | (protocol + 1L) << 32
              | (ports ? 1L << 43 : 0)
              | (long) network << 44
              | icmp << 47;
      long sourceHigh = d.sourceHigh(l);
      long sourceLow = d.sourceLow(l);
      long destinationHigh = d.destinationHigh(l);
      long destinationLow = d.destinationLow(l);
      if (d.firstNext(l) != protocol) {
        key(KeyKind.PROTOCOL, d.firstNext(l));
      }
      // Whole flows repeat: all that follows is there already.
      if (!flows.add(sourceHigh, sourceLow, destinationHigh, destinationLow, rest)) {
        continue;
      }
      address(network, sourceHigh, sourceLow);
      address(network, destinationHigh, destinationLow);
      if (network == DecodedPacket.ARP) {
        continue;
      }
      key(KeyKind.PROTOCOL, protocol);
      if (ports) {
        key(KeyKind.PORT, d.sourcePort(l));
        key(KeyKind.PORT, d.destinationPort(l));
      }
      Optional<String> id = FlowIds.communityId(d, l);
      if (id.isPresent()) {
        key(KeyKind.FLOW, KeyKind.flow(id.get()));
      }
    }
    for (int i = 0; i < d.tags(); i++) {
      key(KeyKind.TAG, KeyKind.tag(d.tagKind(i), Integer.toUnsignedLong(d.tagValue(i))));
    }
  }

  private void address(int network, long high, long low) {
    // An IPv6 header may hold a mapped address, which is the same value as the IPv4 one.
    if (network != DecodedPacket.IPV6 || (high == 0 && low >>> 32 == 0xffff)) {
      key(KeyKind.V4, low & 0xffff_ffffL);
    }
    if (network == DecodedPacket.IPV6) {
      key(KeyKind.V6_HOST, KeyKind.v6Host(high, low));
      key(KeyKind.V6_NET, high >>> 16);
    }
  }

  private void key(KeyKind kind, long key) {
    int k = number(kind);
    if (!seen[k].add(key)) {
      return;
    }
    if (counts[k] == pairs[k].length) {
      pairs[k] = Arrays.copyOf(pairs[k], counts[k] * 2);
    }
    pairs[k][counts[k]++] = key << 16 | blockCount;
    pairCount++;
  }

  static int number(KeyKind kind) {
    return switch (kind) {
      case V4 -> 0;
      case V6_HOST -> 1;
      case V6_NET -> 2;
      case PORT -> 3;
      case PROTOCOL -> 4;
      case TAG -> 5;
      case FLOW -> 6;
    };
  }

  /// The packets since the last call are one block at this place of the segment.
  void endBlock(long offset, int stored, int raw) {
    int at = blockCount * 6;
    if (at == blocks.length) {
      blocks = Arrays.copyOf(blocks, at * 2);
    }
    blocks[at] = offset;
    blocks[at + 1] = stored;
    blocks[at + 2] = raw;
    blocks[at + 3] = blockPackets;
    blocks[at + 4] = blockPackets == 0 ? 0 : first;
    blocks[at + 5] = blockPackets == 0 ? 0 : last;
    blockCount++;
    blockPackets = 0;
    first = Long.MAX_VALUE;
    last = Long.MIN_VALUE;
    flows.clear();
    for (LongTable table : seen) {
      table.clear();
    }
  }

  /// The whole index file.
  ///
  /// @param header see the class
  byte[] encode(long segmentLength, byte[] header, int headerLength) {
    IndexBytes out = new IndexBytes();
    out.put(MAGIC, MAGIC.length);
    out.number(segmentLength);
    out.number(packets);
    out.number(headerLength);
    out.put(header, headerLength);
    out.number(blockCount);
    long end = 0;
    long before = 0;
    for (int i = 0; i < blockCount; i++) {
      int at = i * 6;
      out.number(blocks[at] - end);
      out.number(blocks[at + 1]);
      out.number(blocks[at + 2]);
      out.number(blocks[at + 3]);
      out.signed(blocks[at + 4] - before);
      out.number(blocks[at + 5] - blocks[at + 4]);
      end = blocks[at] + blocks[at + 1];
      before = blocks[at + 4];
    }
    long budget = Math.max(FLOOR, (long) (packets * BYTES_A_PACKET) - out.length() - 4);
    KeyKind[] kinds = KeyKind.values();
    int[] shifts = new int[KINDS];
    IndexBytes[] encoded = new IndexBytes[KINDS];
    for (int k = 0; k < KINDS; k++) {
      int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, counts[k]));
      shifts[k] = kinds[k].isHash() ? Math.max(0, kinds[k].bits - bits - 7) : 0;
      encoded[k] = encode(kinds[k], shifts[k]);
    }
    while (true) {
      long total = 0;
      int largest = 0;
      for (int k = 0; k < KINDS; k++) {
        total += encoded[k].length();
        if (encoded[k].length() > encoded[largest].length()) {
          largest = k;
        }
      }
      if (total <= budget || shifts[largest] >= kinds[largest].bits) {
        break;
      }
      shifts[largest] = Math.min(kinds[largest].bits, shifts[largest] + 2);
      encoded[largest] = encode(kinds[largest], shifts[largest]);
    }
    for (IndexBytes kind : encoded) {
      out.put(kind.bytes(), kind.length());
    }
    CRC32C crc = new CRC32C();
    crc.update(out.bytes(), 0, out.length());
    out.int32((int) crc.getValue());
    return Arrays.copyOf(out.bytes(), out.length());
  }

  private IndexBytes encode(KeyKind kind, int shift) {
    int k = number(kind);
    int n = counts[k];
    long[] sorted = new long[n];
    for (int i = 0; i < n; i++) {
      long pair = pairs[k][i];
      sorted[i] = kind.fold(pair >>> 16, shift) << 16 | (pair & 0xffff);
    }
    // Keys of 48 bits fill the sign bit too.
    for (int i = 0; i < n; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(sorted);
    IndexBytes pages = new IndexBytes();
    IndexBytes directory = new IndexBytes();
    int keys = 0;
    int pageCount = 0;
    long pageKey = 0;
    int pageStart = 0;
    long key = 0;
    for (int i = 0; i < n; ) {
      long next = (sorted[i] ^ Long.MIN_VALUE) >>> 16;
      if (keys % PAGE == 0) {
        directory.number(next - pageKey);
        directory.number(pages.length() - pageStart);
        pageKey = next;
        pageStart = pages.length();
        pageCount++;
      } else {
        pages.number(next - key);
      }
      key = next;
      keys++;
      i = runs(pages, sorted, i, n, key);
    }
    IndexBytes all = new IndexBytes();
    all.number(shift);
    all.number(keys);
    all.number(pageCount);
    all.number(pages.length());
    all.put(directory.bytes(), directory.length());
    all.put(pages.bytes(), pages.length());
    return all;
  }

  /// Writes the blocks of the key that begins at `from`.
  ///
  /// @return where the next key begins
  private static int runs(IndexBytes out, long[] sorted, int from, int n, long key) {
    int i = from;
    int end = 0;
    while (true) {
      int start = (int) sorted[i] & 0xffff;
      int stop = start + 1;
      i++;
      boolean more = false;
      while (i < n && (sorted[i] ^ Long.MIN_VALUE) >>> 16 == key) {
        int block = (int) sorted[i] & 0xffff;
        if (block > stop) {
          more = true;
          break;
        }
        stop = Math.max(stop, block + 1);
        i++;
      }
      out.number((start - end) * 4L + (stop - start > 1 ? 2 : 0) + (more ? 0 : 1));
      if (stop - start > 1) {
        out.number(stop - start - 2);
      }
      end = stop;
      if (!more) {
        return i;
      }
    }
  }
}
