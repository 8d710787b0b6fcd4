package metron.packets.flow;

import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import org.jspecify.annotations.Nullable;

/// Joins packets to flows by their two addresses, ports and protocol, whichever of the two ends sent them. ICMP requests and
/// their answers are one flow, as in the Community ID.
///
/// A hash table of chains over objects that are used again; four queues keep flows in the order of their last packet, one for
/// each time limit, so that expiry looks at four heads a packet and never scans. Time is the packets' own; where it goes back,
/// it stands still here.
///
/// Not thread-safe.
public final class FlowTable {
  private static final int TCP_OPEN = 0;
  private static final int TCP_CLOSED = 1;
  private static final int UDP = 2;
  private static final int OTHER = 3;
  private static final int QUEUES = 4;
  private static final int NOBODY = -1;

  private final FlowListener listener;
  private final int capacity;
  private final long[] limits = new long[QUEUES];
  private Flow[] flows;
  private int made;
  private int free = NOBODY;
  private int open;
  private int[] buckets;
  private final int[] oldest = {NOBODY, NOBODY, NOBODY, NOBODY};
  private final int[] newest = {NOBODY, NOBODY, NOBODY, NOBODY};
  private final long[] numbers = new long[QUEUES];
  private long now = Long.MIN_VALUE;
  private long evicted;
  private int side;
  private boolean begun;

  /// @param listener told of each flow once, when it is over
  public FlowTable(FlowLimits limits, FlowListener listener) {
    this.listener = listener;
    capacity = limits.flows();
    this.limits[TCP_OPEN] = limits.tcpIdle().toNanos();
    this.limits[TCP_CLOSED] = limits.tcpLinger().toNanos();
    this.limits[UDP] = limits.udpIdle().toNanos();
    this.limits[OTHER] = limits.otherIdle().toNanos();
    int start = Math.min(capacity, 1024);
    flows = new Flow[start];
    buckets = new int[Integer.highestOneBit(start) * 2];
    java.util.Arrays.fill(buckets, NOBODY);
  }

  /// Counts a packet in its flow, which is begun if there is none.
  ///
  /// @param level an IP header of the packet
  /// @param frame number of the packet, from 1
  /// @param wireLength see [Packet#wireLength]
  /// @return the flow, valid until the next call; null for a level without an IP header or with a TCP header cut short: this
  ///     is asked for each packet
  public @Nullable Flow add(DecodedPacket d, int level, long frame, long time, int wireLength) {
    if (!d.isIp(level)) {
      return null;
    }
    long at = time == Packet.NO_TIME ? Math.max(now, 0) : time;
    now = Math.max(now, at);
    expire();
    int protocol = d.protocol(level);
    byte[] b = d.bytes();
    int o = d.transportOffset(level);
    boolean tcp = protocol == DecodedPacket.TCP;
    boolean segment = tcp && !d.isLaterFragment(level) && d.transportEnd(level) - o >= 20;
    if (tcp && !segment && !d.isLaterFragment(level)) {
      return null;
    }
    int tcpFlags = segment ? b[o + 13] & 0x3f : 0;
    int sequence = segment ? int32(b, o + 4) : 0;
    int ports = ports(d, level);
    int hash = hash(d, level, ports);
    int bucket = hash & (buckets.length - 1);
    Flow flow = find(bucket, d, level, ports);
    if (flow != null && segment) {
      int sender = flow.sideOf(d, level, ports);
      if (flow.isReusedBy(sender, tcpFlags, sequence)) {
        end(flow, FlowEnd.REUSED);
        flow = null;
      }
    }
    begun = flow == null;
    if (flow == null) {
      boolean turn = (tcpFlags & (Flow.SYN | Flow.ACK)) == (Flow.SYN | Flow.ACK);
      flow = begin(d, level, ports, hash, turn, at, frame);
    }
    side = flow.sideOf(d, level, ports);
    int length = d.transportLength(level);
    int header = segment ? Math.max(20, ((b[o + 12] >> 4) & 15) * 4) : headerOf(protocol);
    int data = d.isLaterFragment(level) ? length : Math.max(0, length - header);
    flow.count(side, wireLength, data, at);
    if (segment) {
      int windowSize = (b[o + 14] & 255) << 8 | (b[o + 15] & 255);
      flow.segment(side, tcpFlags, sequence, int32(b, o + 8), windowSize, data, at);
    }
    toEnd(flow);
    return flow;
  }

  /// Which side sent the packet that was added last.
  public int side() {
    return side;
  }

  /// Whether the packet that was added last began its flow.
  public boolean isBegun() {
    return begun;
  }

  /// Ends all flows, in the order of their last packets within each kind.
  public void finish() {
    for (int queue = 0; queue < QUEUES; queue++) {
      while (oldest[queue] != NOBODY) {
        Flow flow = flows[oldest[queue]];
        end(flow, flow.isClosed() ? FlowEnd.CLOSED : FlowEnd.CAPTURE_END);
      }
    }
  }

  /// Flows that are open.
  public int open() {
    return open;
  }

  /// Flows that had to make room.
  public long evicted() {
    return evicted;
  }

  private static int headerOf(int protocol) {
    return switch (protocol) {
      case DecodedPacket.UDP, DecodedPacket.ICMP, DecodedPacket.ICMP_V6 -> 8;
      case DecodedPacket.SCTP -> 12;
      default -> 0;
    };
  }

  /// Two ports of 16 bits; for ICMP type and code on the side of the sender and what answers it on the other, so that a
  /// request and its answer are mirror images.
  private static int ports(DecodedPacket d, int level) {
    if (d.hasPorts(level)) {
      return d.sourcePort(level) << 16 | d.destinationPort(level);
    }
    int type = d.icmpType(level);
    if (type < 0) {
      return 0;
    }
    int answer = d.protocol(level) == DecodedPacket.ICMP ? icmpAnswer(type) : icmpV6Answer(type);
    // What has no answer is no mirror image of itself: errors in both directions are two flows.
    int to = answer >= 0 ? answer << 8 | type : 0;
    int from = answer >= 0 ? type << 8 | answer : type << 8 | d.icmpCode(level);
    return from << 16 | to;
  }

  private static int icmpAnswer(int type) {
    return switch (type) {
      case 0 -> 8;
      case 8 -> 0;
      case 9 -> 10;
      case 10 -> 9;
      case 13, 15, 17 -> type + 1;
      case 14, 16, 18 -> type - 1;
      default -> -1;
    };
  }

  private static int icmpV6Answer(int type) {
    return switch (type) {
      case 128, 133, 135, 144 -> type + 1;
      case 129, 134, 136, 145 -> type - 1;
      case 130 -> 131;
      case 131 -> 130;
      case 139 -> 140;
      case 140 -> 139;
      default -> -1;
    };
  }

  private static int hash(DecodedPacket d, int level, int ports) {
    // Of both ends the same from either side; spread by two odd multipliers, since addresses of one
    // network differ in few
    // bits.
    long from =
        (d.sourceHigh(level) * 0x9e3779b97f4a7c15L ^ d.sourceLow(level)) * 0xc2b2ae3d27d4eb4fL
            + (ports >>> 16) * 0x165667b19e3779f9L;
    long to =
        (d.destinationHigh(level) * 0x9e3779b97f4a7c15L ^ d.destinationLow(level))
                * 0xc2b2ae3d27d4eb4fL
            + (ports & 0xffff) * 0x165667b19e3779f9L;
    from ^= from >>> 29;
    to ^= to >>> 29;
    long both = (from + to) * 0x9e3779b97f4a7c15L + (from ^ to) + d.protocol(level);
    both ^= both >>> 32;
    both *= 0xc2b2ae3d27d4eb4fL;
    return (int) (both >>> 32);
  }

  private @Nullable Flow find(int bucket, DecodedPacket d, int level, int ports) {
    for (int i = buckets[bucket]; i != NOBODY; i = flows[i].nextInBucket) {
      if (flows[i].is(d, level, ports)) {
        return flows[i];
      }
    }
    return null;
  }

  private Flow begin(
      DecodedPacket d, int level, int ports, int hash, boolean turn, long time, long frame) {
    if (open == capacity) {
      Flow idle = null;
      for (int queue = 0; queue < QUEUES; queue++) {
        int i = oldest[queue];
        if (i != NOBODY && (idle == null || flows[i].lastTime() < idle.lastTime())) {
          idle = flows[i];
        }
      }
      if (idle != null) {
        evicted++;
        end(idle, FlowEnd.EVICTED);
      }
    }
    Flow flow;
    if (free != NOBODY) {
      flow = flows[free];
      free = flow.nextInBucket;
    } else {
      if (made == flows.length) {
        flows = java.util.Arrays.copyOf(flows, Math.min(capacity, made * 2));
      }
      flow = new Flow(made);
      flows[made++] = flow;
    }
    if (++open > buckets.length / 2) {
      grow();
    }
    int queue = queueOf(d.protocol(level));
    flow.begin(numbers[queue]++, d, level, ports, turn, time, frame);
    flow.hash = hash;
    int bucket = hash & (buckets.length - 1);
    flow.nextInBucket = buckets[bucket];
    buckets[bucket] = flow.slot;
    flow.queue = queue;
    link(flow);
    return flow;
  }

  private static int queueOf(int protocol) {
    return switch (protocol) {
      case DecodedPacket.TCP -> TCP_OPEN;
      case DecodedPacket.UDP -> UDP;
      default -> OTHER;
    };
  }

  private void grow() {
    int[] bigger = new int[buckets.length * 2];
    java.util.Arrays.fill(bigger, NOBODY);
    for (int first : buckets) {
      int i = first;
      while (i != NOBODY) {
        Flow flow = flows[i];
        int next = flow.nextInBucket;
        int bucket = flow.hash & (bigger.length - 1);
        flow.nextInBucket = bigger[bucket];
        bigger[bucket] = i;
        i = next;
      }
    }
    buckets = bigger;
  }

  private void expire() {
    for (int queue = 0; queue < QUEUES; queue++) {
      while (oldest[queue] != NOBODY && now - flows[oldest[queue]].lastTime() > limits[queue]) {
        end(flows[oldest[queue]], queue == TCP_CLOSED ? FlowEnd.CLOSED : FlowEnd.IDLE);
      }
    }
  }

  private void end(Flow flow, FlowEnd why) {
    unlink(flow);
    int bucket = flow.hash & (buckets.length - 1);
    if (buckets[bucket] == flow.slot) {
      buckets[bucket] = flow.nextInBucket;
    } else {
      int i = buckets[bucket];
      while (flows[i].nextInBucket != flow.slot) {
        i = flows[i].nextInBucket;
      }
      flows[i].nextInBucket = flow.nextInBucket;
    }
    open--;
    Conversation kept = flow.conversation();
    if (kept != null) {
      kept.flowEnded(flow, why);
    }
    listener.ended(flow, why);
    flow.nextInBucket = free;
    free = flow.slot;
  }

  private void toEnd(Flow flow) {
    int queue = flow.queue == TCP_OPEN && flow.isClosed() ? TCP_CLOSED : flow.queue;
    if (queue == flow.queue && newest[queue] == flow.slot) {
      return;
    }
    unlink(flow);
    flow.queue = queue;
    link(flow);
  }

  private void link(Flow flow) {
    int queue = flow.queue;
    flow.older = newest[queue];
    flow.newer = NOBODY;
    if (newest[queue] == NOBODY) {
      oldest[queue] = flow.slot;
    } else {
      flows[newest[queue]].newer = flow.slot;
    }
    newest[queue] = flow.slot;
  }

  private void unlink(Flow flow) {
    if (flow.older == NOBODY) {
      oldest[flow.queue] = flow.newer;
    } else {
      flows[flow.older].newer = flow.newer;
    }
    if (flow.newer == NOBODY) {
      newest[flow.queue] = flow.older;
    } else {
      flows[flow.newer].older = flow.older;
    }
  }

  private static int int32(byte[] b, int at) {
    return b[at] << 24 | (b[at + 1] & 255) << 16 | (b[at + 2] & 255) << 8 | (b[at + 3] & 255);
  }
}
