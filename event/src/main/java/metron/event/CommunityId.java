package metron.event;

import java.util.Locale;
import java.util.Map;

/// Community ID version 1: the same short text for a flow from whichever end and by whichever sensor it is seen, so that an
/// alert of one leads to the packets of another.
///
/// `"1:" + base64(sha1(seed[2] + address[4|16] + address[4|16] + protocol[1] + 0[1] + port[2] + port[2]))`, all in network
/// byte order, the smaller of (address, port) first. ICMP and ICMPv6 have the message type and the type of the answer in
/// place of the ports; a type without an answer has type and code, and is not ordered. Protocols without ports end
/// after the zero byte. Specification: Corelight, "Community ID Flow Hashing", version 1.
public final class CommunityId {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMP_V6 = 58;
  public static final int SCTP = 132;

  private static final Field ICMP_TYPE = FieldCatalogue.get().field("metron.icmp.type");
  private static final Field ICMP_CODE = FieldCatalogue.get().field("metron.icmp.code");

  // IANA protocol numbers under the names that sensors give them.
  private static final Map<String, Integer> PROTOCOLS =
      Map.ofEntries(
          Map.entry("tcp", TCP),
          Map.entry("udp", UDP),
          Map.entry("icmp", ICMP),
          Map.entry("icmp6", ICMP_V6),
          Map.entry("icmpv6", ICMP_V6),
          Map.entry("icmp-v6", ICMP_V6),
          Map.entry("ipv6-icmp", ICMP_V6),
          Map.entry("sctp", SCTP),
          Map.entry("igmp", 2),
          Map.entry("ipip", 4),
          Map.entry("gre", 47),
          Map.entry("esp", 50),
          Map.entry("ah", 51),
          Map.entry("eigrp", 88),
          Map.entry("ospf", 89),
          Map.entry("pim", 103),
          Map.entry("vrrp", 112));

  private static final ThreadLocal<FlowHash> HASH = ThreadLocal.withInitial(FlowHash::new);

  private CommunityId() {}

  /// With seed 0, the default everywhere.
  public static String v1(
      IpAddress source, int sourcePort, IpAddress destination, int destinationPort, int protocol) {
    return v1(source, sourcePort, destination, destinationPort, protocol, 0);
  }

  /// @param sourcePort 0 to 65535; the message type for ICMP and ICMPv6; ignored for protocols without ports
  /// @param destinationPort 0 to 65535; the message code for ICMP and ICMPv6; ignored for protocols without ports
  /// @param protocol IANA number, 0 to 255
  /// @param seed 0 to 65535; sensors that are to agree share it
  public static String v1(
      IpAddress source,
      int sourcePort,
      IpAddress destination,
      int destinationPort,
      int protocol,
      int seed) {
    int port1 = sourcePort;
    int port2 = destinationPort;
    boolean oneWay = false;
    boolean ports = true;
    switch (protocol) {
      case TCP, UDP, SCTP -> {}
      case ICMP, ICMP_V6 -> {
        int answer = protocol == ICMP ? icmpAnswer(sourcePort) : icmpV6Answer(sourcePort);
        oneWay = answer < 0;
        port2 = oneWay ? destinationPort : answer;
      }
      default -> ports = false;
    }
    IpAddress first = source;
    IpAddress second = destination;
    if (!oneWay) {
      int order = source.compareTo(destination);
      if (order > 0 || (order == 0 && ports && port1 > port2)) {
        first = destination;
        second = source;
        int port = port1;
        port1 = port2;
        port2 = port;
      }
    }
    FlowHash hash = HASH.get();
    byte[] m = hash.message;
    int at = put16(m, 0, seed);
    at = put(m, at, first);
    at = put(m, at, second);
    m[at++] = (byte) protocol;
    m[at++] = 0;
    if (ports) {
      at = put16(m, at, port1);
      at = put16(m, at, port2);
    }
    return hash.text(at);
  }

  /// Sets `network.community_id` from `source.ip`, `destination.ip`, the ports, and `network.iana_number` or
  /// `network.transport`. For ICMP the type and code are `metron.icmp.type` and `metron.icmp.code`, or the ports where a
  /// sensor, as Zeek does, puts them there. An id that is there already stays: the sensor knew its own seed.
  ///
  /// @return whether the event has an id now
  public static boolean addTo(Event event) {
    if (event.has(Ecs.NETWORK_COMMUNITY_ID)) {
      return true;
    }
    IpAddress source = event.ip(Ecs.SOURCE_IP);
    IpAddress destination = source == null ? null : event.ip(Ecs.DESTINATION_IP);
    if (source == null || destination == null) {
      return false;
    }
    int protocol = protocol(event);
    if (protocol < 0) {
      return false;
    }
    long from = event.longValue(Ecs.SOURCE_PORT, -1);
    long to = event.longValue(Ecs.DESTINATION_PORT, -1);
    switch (protocol) {
      case TCP, UDP, SCTP -> {}
      case ICMP, ICMP_V6 -> {
        long type = event.longValue(ICMP_TYPE, -1);
        if (type >= 0) {
          from = type;
          to = event.longValue(ICMP_CODE, 0);
        } else if (from >= 0 && to < 0) {
          to = 0;
        }
      }
      default -> {
        from = 0;
        to = 0;
      }
    }
    if (from < 0 || from > 65_535 || to < 0 || to > 65_535) {
      return false;
    }
    event.set(Ecs.NETWORK_COMMUNITY_ID, v1(source, (int) from, destination, (int) to, protocol, 0));
    return true;
  }

  private static int protocol(Event event) {
    String number = event.string(Ecs.NETWORK_IANA_NUMBER);
    if (number != null && !number.isEmpty() && number.length() <= 3) {
      int n = 0;
      for (int i = 0; i < number.length() && n >= 0; i++) {
        int digit = number.charAt(i) - '0';
        n = digit < 0 || digit > 9 ? -1 : n * 10 + digit;
      }
      if (n >= 0 && n <= 255) {
        return n;
      }
    }
    String transport = event.string(Ecs.NETWORK_TRANSPORT);
    return transport == null ? -1 : protocolNumber(transport);
  }

  /// The IANA number of a transport by the name that sensors give it, without case; -1 if unknown.
  public static int protocolNumber(String name) {
    Integer known = PROTOCOLS.get(name);
    if (known == null) {
      known = PROTOCOLS.get(name.toLowerCase(Locale.ROOT));
    }
    return known == null ? -1 : known;
  }

  /// Type of the message that answers, or that is answered; -1 if there is none (RFC 792, 950, 1256).
  private static int icmpAnswer(int type) {
    return switch (type) {
      case 0 -> 8;
      case 8 -> 0;
      case 9 -> 10;
      case 10 -> 9;
      case 13 -> 14;
      case 14 -> 13;
      case 15 -> 16;
      case 16 -> 15;
      case 17 -> 18;
      case 18 -> 17;
      default -> -1;
    };
  }

  /// As above, for ICMPv6 (RFC 2710, 4443, 4861, 4620, 6275).
  private static int icmpV6Answer(int type) {
    return switch (type) {
      case 128 -> 129;
      case 129 -> 128;
      case 130 -> 131;
      case 131 -> 130;
      case 133 -> 134;
      case 134 -> 133;
      case 135 -> 136;
      case 136 -> 135;
      case 139 -> 140;
      case 140 -> 139;
      case 144 -> 145;
      case 145 -> 144;
      default -> -1;
    };
  }

  private static int put(byte[] m, int at, IpAddress ip) {
    int i = at;
    if (!ip.isV4()) {
      for (int shift = 56; shift >= 0; shift -= 8) {
        m[i++] = (byte) (ip.high() >> shift);
      }
      for (int shift = 56; shift >= 32; shift -= 8) {
        m[i++] = (byte) (ip.low() >> shift);
      }
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
      m[i++] = (byte) (ip.low() >> shift);
    }
    return i;
  }

  private static int put16(byte[] m, int at, int value) {
    m[at] = (byte) (value >> 8);
    m[at + 1] = (byte) value;
    return at + 2;
  }
}
