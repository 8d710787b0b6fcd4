package metron.packets.flow;

import java.util.Optional;
import metron.event.CommunityId;
import metron.event.IpAddress;
import metron.packets.decode.DecodedPacket;
import org.jspecify.annotations.Nullable;

/// One flow: two ends, both directions. Side 0 is the originator: who sent the first packet, or for TCP whom the first packet
/// answers if that is a SYN-ACK. Side 1 is the responder.
///
/// Of each TCP segment is said what it does to the sequence, in the words that analysts know from Wireshark: a *retransmission*
/// begins before the highest sequence number seen; it is *fast* if two duplicate acknowledgements asked for it within 20 ms,
/// *out of order* if it comes sooner after the highest one than a round trip (3 ms where that is unknown), and *spurious* if all
/// of it is acknowledged; a *lost segment* is one that begins beyond the next expected number.
///
/// Objects are used again by their [FlowTable]. Not thread-safe.
public final class Flow {
  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int PSH = 8;
  public static final int ACK = 16;

  /// No such time was seen.
  public static final long NONE = Long.MIN_VALUE;

  private static final long FAST_RETRANSMISSION_WITHIN = 20_000_000;
  private static final long OUT_OF_ORDER_WITHIN = 3_000_000;
  // Letters of [#history], in the order of their bits.
  private static final String LETTERS = "sha dfrtwgq";

  long high0;
  long low0;
  long high1;
  long low1;
  int ports;
  int protocol;
  boolean showsPorts;

  private long number;
  private boolean flipped;
  private long firstTime;
  private long lastTime;
  private long firstFrame;
  private final long[] packets = new long[2];
  private final long[] bytes = new long[2];
  private final long[] payload = new long[2];
  private final int[] flags = new int[2];
  private final int[] seen = new int[2];
  private final byte[] history = new byte[26];
  private int historyLength;

  private final boolean[] based = new boolean[2];
  private final int[] base = new int[2];
  private final int[] nextSequence = new int[2];
  private final long[] nextTime = new long[2];
  private final int[] lastAck = new int[2];
  private final boolean[] acked = new boolean[2];
  private final long[] lastAckTime = new long[2];
  private final int[] window = new int[2];
  private final int[] duplicates = new int[2];
  private final boolean[] keptAlive = new boolean[2];
  private final long[] retransmissions = new long[2];
  private final long[] fastRetransmissions = new long[2];
  private final long[] outOfOrder = new long[2];
  private final long[] lostSegments = new long[2];
  private final long[] duplicateAcks = new long[2];
  private final long[] finSequence = new long[2];
  private long synTime;
  private long synAckTime;
  private long handshakeTime;

  private @Nullable Conversation conversation;

  // Of the table.
  int slot;
  int nextInBucket;
  int hash;
  int older;
  int newer;
  int queue;

  Flow(int slot) {
    this.slot = slot;
  }

  void begin(
      long newNumber,
      DecodedPacket d,
      int level,
      int newPorts,
      boolean turn,
      long time,
      long frame) {
    number = newNumber;
    flipped = turn;
    high0 = turn ? d.destinationHigh(level) : d.sourceHigh(level);
    low0 = turn ? d.destinationLow(level) : d.sourceLow(level);
    high1 = turn ? d.sourceHigh(level) : d.destinationHigh(level);
    low1 = turn ? d.sourceLow(level) : d.destinationLow(level);
    ports = turn ? newPorts << 16 | newPorts >>> 16 : newPorts;
    protocol = d.protocol(level);
    showsPorts = d.hasPorts(level);
    firstTime = time;
    lastTime = time;
    firstFrame = frame;
    historyLength = 0;
    synTime = NONE;
    synAckTime = NONE;
    handshakeTime = NONE;
    conversation = null;
    for (int side = 0; side < 2; side++) {
      packets[side] = 0;
      bytes[side] = 0;
      payload[side] = 0;
      flags[side] = 0;
      seen[side] = 0;
      based[side] = false;
      acked[side] = false;
      nextSequence[side] = 0;
      window[side] = 0;
      duplicates[side] = 0;
      keptAlive[side] = false;
      retransmissions[side] = 0;
      fastRetransmissions[side] = 0;
      outOfOrder[side] = 0;
      lostSegments[side] = 0;
      duplicateAcks[side] = 0;
      finSequence[side] = NONE;
    }
    if (turn) {
      history[historyLength++] = '^';
    }
  }

  /// Which side sent this packet of the flow.
  int sideOf(DecodedPacket d, int level, int packetPorts) {
    boolean forth =
        d.sourceHigh(level) == high0
            && d.sourceLow(level) == low0
            && d.destinationHigh(level) == high1
            && d.destinationLow(level) == low1
            && packetPorts == ports;
    return forth ? 0 : 1;
  }

  boolean is(DecodedPacket d, int level, int packetPorts) {
    if (d.protocol(level) != protocol || d.hasPorts(level) != showsPorts) {
      return false;
    }
    long sh = d.sourceHigh(level);
    long sl = d.sourceLow(level);
    long dh = d.destinationHigh(level);
    long dl = d.destinationLow(level);
    return (packetPorts == ports && sh == high0 && sl == low0 && dh == high1 && dl == low1)
        || ((packetPorts << 16 | packetPorts >>> 16) == ports
            && sh == high1
            && sl == low1
            && dh == high0
            && dl == low0);
  }

  void count(int side, int wireLength, int payloadLength, long time) {
    packets[side]++;
    bytes[side] += Integer.toUnsignedLong(wireLength);
    payload[side] += payloadLength;
    lastTime = Math.max(lastTime, time);
  }

  /// Whether a SYN of this side begins another connection between the same ports.
  boolean isReusedBy(int side, int segmentFlags, int sequence) {
    return (segmentFlags & (SYN | ACK | RST)) == SYN && based[side] && sequence != base[side];
  }

  /// @param length of the data, as the IP header says
  void segment(
      int side, int segmentFlags, int sequence, int ack, int newWindow, int length, long time) {
    int other = 1 - side;
    flags[side] |= segmentFlags;
    boolean syn = (segmentFlags & SYN) != 0;
    boolean fin = (segmentFlags & FIN) != 0;
    boolean reset = (segmentFlags & RST) != 0;
    boolean acknowledges = (segmentFlags & ACK) != 0;
    handshake(side, segmentFlags, time);
    boolean first = !based[side];
    if (first) {
      based[side] = true;
      base[side] = syn ? sequence : sequence - 1;
    }
    boolean control = syn || fin || reset;
    boolean again = false;
    boolean keepAlive = false;
    boolean probe =
        length == 1
            && !first
            && sequence == nextSequence[side]
            && acked[other]
            && window[other] == 0;
    if (!probe && !first) {
      int ahead = sequence - nextSequence[side];
      if (ahead > 0 && !reset) {
        lostSegments[side]++;
        note(side, 8);
      }
      keepAlive = length <= 1 && ahead == -1 && !control;
      boolean still = length == 0 && !control && ahead == 0 && acked[side] && ack == lastAck[side];
      if (still && newWindow != 0 && newWindow == window[side] && !keptAlive[other]) {
        duplicates[side]++;
        duplicateAcks[side]++;
      }
    }
    if (acknowledges && acked[side] && ack != lastAck[side]) {
      duplicates[side] = 0;
    }
    if ((length > 0 || syn || fin) && !first && !keepAlive) {
      again = sequenceGoesBack(side, sequence, length, syn || fin ? 1 : 0, time);
    }
    int next = sequence + length + (syn || fin ? 1 : 0);
    if ((first || next - nextSequence[side] > 0) && !probe) {
      nextSequence[side] = next;
      nextTime[side] = time;
    }
    if (fin) {
      finSequence[side] = next & 0xffff_ffffL;
    }
    if (newWindow == 0 && !control) {
      note(side, 9);
    }
    keptAlive[side] = keepAlive;
    window[side] = newWindow;
    if (acknowledges) {
      lastAck[side] = ack;
      lastAckTime[side] = time;
      acked[side] = true;
    }
    history(side, segmentFlags, length, again);
  }

  private void handshake(int side, int segmentFlags, long time) {
    switch (segmentFlags & (SYN | ACK | RST)) {
      case SYN -> {
        if (synTime == NONE && side == 0) {
          synTime = time;
        }
      }
      case SYN | ACK -> {
        if (synAckTime == NONE && side == 1) {
          synAckTime = time;
        }
      }
      case ACK -> {
        if (handshakeTime == NONE && synTime != NONE) {
          handshakeTime = time;
        }
      }
      default -> {}
    }
  }

  /// @return whether the segment was sent before
  private boolean sequenceGoesBack(int side, int sequence, int length, int control, long time) {
    int other = 1 - side;
    if (length > 0 && acked[other] && sequence + length - lastAck[other] <= 0) {
      retransmissions[side]++;
      return true;
    }
    boolean back = sequence - nextSequence[side] < 0;
    if (!back || (length > 1 && nextSequence[side] - 1 == sequence)) {
      return false;
    }
    if (duplicates[other] >= 2
        && lastAck[other] == sequence
        && time - lastAckTime[other] < FAST_RETRANSMISSION_WITHIN) {
      retransmissions[side]++;
      fastRetransmissions[side]++;
      return true;
    }
    long within = handshakeTime == NONE ? OUT_OF_ORDER_WITHIN : handshakeTime - synTime;
    if (time - nextTime[side] < within && nextSequence[side] != sequence + length + control) {
      outOfOrder[side]++;
      return false;
    }
    retransmissions[side]++;
    return true;
  }

  private void history(int side, int segmentFlags, int length, boolean again) {
    if ((segmentFlags & SYN) != 0) {
      if ((segmentFlags & (FIN | RST)) != 0) {
        note(side, 10);
      } else {
        note(side, (segmentFlags & ACK) != 0 ? 1 : 0);
      }
    } else if (length == 0 && (segmentFlags & (FIN | RST | ACK)) == ACK) {
      note(side, 2);
    }
    if (again) {
      note(side, 7);
    }
    if (length > 0) {
      note(side, 4);
    }
    if ((segmentFlags & FIN) != 0) {
      note(side, 5);
    }
    if ((segmentFlags & RST) != 0) {
      note(side, 6);
    }
  }

  private void note(int side, int letter) {
    if ((seen[side] & 1 << letter) == 0 && historyLength < history.length) {
      seen[side] |= 1 << letter;
      char c = LETTERS.charAt(letter);
      history[historyLength++] = (byte) (side == 0 ? Character.toUpperCase(c) : c);
    }
  }

  /// Whether both ends closed it or one reset it.
  boolean isClosed() {
    return ((flags[0] | flags[1]) & RST) != 0 || (flags[0] & flags[1] & FIN) != 0;
  }

  // ---- what it is ----

  /// From 0, in the order of first packets, counted for TCP, UDP and the rest apart.
  public long number() {
    return number;
  }

  public IpAddress address(int side) {
    return side == 0 ? new IpAddress(high0, low0) : new IpAddress(high1, low1);
  }

  /// Meaningful only where [#hasPorts].
  public int port(int side) {
    return side == 0 ? ports >>> 16 : ports & 0xffff;
  }

  public boolean hasPorts() {
    return showsPorts;
  }

  /// IANA number.
  public int protocol() {
    return protocol;
  }

  public boolean isIpv4() {
    return high0 == 0 && low0 >>> 32 == 0xffff;
  }

  /// Whether the first packet came from the responder: a SYN-ACK whose SYN is not in the capture.
  public boolean isFlipped() {
    return flipped;
  }

  public Optional<String> communityId() {
    boolean icmp = protocol == DecodedPacket.ICMP || protocol == DecodedPacket.ICMP_V6;
    boolean withPorts = protocol == DecodedPacket.TCP || protocol == DecodedPacket.UDP;
    if ((withPorts || protocol == DecodedPacket.SCTP) && !showsPorts) {
      return Optional.empty();
    }
    if (icmp && ports == 0) {
      // Its type is not in the capture: every type there is makes this another number.
      return Optional.empty();
    }
    int second = icmp ? (ports >>> 16) & 0xff : port(1);
    return Optional.of(
        CommunityId.v1(address(0), icmp ? ports >>> 24 : port(0), address(1), second, protocol));
  }

  /// Nanoseconds since the epoch.
  public long firstTime() {
    return firstTime;
  }

  public long lastTime() {
    return lastTime;
  }

  /// Number of the first packet, from 1.
  public long firstFrame() {
    return firstFrame;
  }

  public long packets(int side) {
    return packets[side];
  }

  /// On the wire, headers and all.
  public long bytes(int side) {
    return bytes[side];
  }

  /// Of the transport's data.
  public long payloadBytes(int side) {
    return payload[side];
  }

  /// All TCP flags that the side ever set.
  public int tcpFlags(int side) {
    return flags[side];
  }

  public long retransmissions(int side) {
    return retransmissions[side];
  }

  /// These are among [#retransmissions].
  public long fastRetransmissions(int side) {
    return fastRetransmissions[side];
  }

  public long outOfOrder(int side) {
    return outOfOrder[side];
  }

  /// Segments of the side before which others are missing.
  public long lostSegments(int side) {
    return lostSegments[side];
  }

  public long duplicateAcks(int side) {
    return duplicateAcks[side];
  }

  /// From SYN to the acknowledgement of its answer, in nanoseconds; [#NONE] if the capture lacks one of them.
  public long roundTrip() {
    return synTime == NONE || handshakeTime == NONE ? NONE : handshakeTime - synTime;
  }

  /// From SYN to SYN-ACK: the way between where the capture was made and the responder, there and back.
  public long responderRoundTrip() {
    return synTime == NONE || synAckTime == NONE ? NONE : synAckTime - synTime;
  }

  /// What happened, each once a side and in order, upper case for the originator: `s` SYN, `h` SYN-ACK, `a` acknowledgement
  /// alone, `d` data, `f` FIN, `r` RST, `t` retransmission, `w` window of zero, `g` something before it is missing, `q` SYN with
  /// FIN or RST; `^` first: the capture began with the responder. The letters are Zeek's.
  public String history() {
    return new String(history, 0, historyLength, java.nio.charset.StandardCharsets.US_ASCII);
  }

  /// How a TCP connection began and ended, in Zeek's words: `S0` tried, no answer; `REJ` refused; `S1` open; `SF` closed by
  /// both; `S2`, `S3` closed by the originator, the responder alone; `RSTO`, `RSTR` reset by the originator, the responder;
  /// `RSTOS0`, `SH` the originator reset or closed before an answer; `RSTRH`, `SHR` the responder did, and no SYN was seen;
  /// `OTH` its begin was not seen. Empty for other protocols.
  public String tcpState() {
    if (protocol != DecodedPacket.TCP) {
      return "";
    }
    boolean syn = (seen[0] & 1) != 0;
    boolean synAck = (seen[1] & 2) != 0;
    boolean fin0 = (flags[0] & FIN) != 0;
    boolean fin1 = (flags[1] & FIN) != 0;
    boolean reset0 = (flags[0] & RST) != 0;
    boolean reset1 = (flags[1] & RST) != 0;
    if (syn && synAck) {
      if (reset0 || reset1) {
        return reset0 ? "RSTO" : "RSTR";
      }
      return fin0 ? fin1 ? "SF" : "S2" : fin1 ? "S3" : "S1";
    }
    if (syn) {
      if (reset1) {
        return "REJ";
      }
      return reset0 ? "RSTOS0" : fin0 ? "SH" : packets[1] == 0 ? "S0" : "OTH";
    }
    if (synAck) {
      return reset1 ? "RSTRH" : fin1 ? "SHR" : "OTH";
    }
    return "OTH";
  }

  public @Nullable Conversation conversation() {
    return conversation;
  }

  public void attach(Conversation kept) {
    conversation = kept;
  }
}
