package metron.packets.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import metron.event.IpAddress;
import metron.packets.LinkType;
import metron.packets.Packet;

/// The headers of one packet, as offsets and numbers in arrays that are filled anew for each: decoding allocates nothing.
///
/// A *level* is one network header (IPv4, IPv6 or ARP) with what it carries: a plain packet has one, a tunnelled packet one
/// for the tunnel and one for each packet inside, and an ICMP error one more for the packet that it quotes. Level 0 is the
/// outermost. A *tag* is a number of a virtual network (VLAN id, MPLS label, VNI …).
///
/// What is decoded depends on this packet alone: the later fragments of a datagram have addresses and protocol but no ports,
/// so that a block of packets can be searched without those before it. Whole datagrams are put together elsewhere.
///
/// At most [#MAX_LAYERS] headers are followed; deeper ones are left undecoded and [#isCut] says so.
///
/// Not thread-safe.
public final class DecodedPacket {
  public static final int MAX_LAYERS = 40;
  public static final int MAX_LEVELS = 8;
  public static final int MAX_TAGS = 24;

  /// [#network] of a level.
  public static final int ARP = 1;

  public static final int IPV4 = 4;
  public static final int IPV6 = 6;

  public static final int ICMP = 1;
  public static final int IP_IN_IP = 4;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int IPV6_IN_IP = 41;
  public static final int GRE = 47;
  public static final int AH = 51;
  public static final int ICMP_V6 = 58;
  public static final int ETHER_IP = 97;
  public static final int SCTP = 132;
  public static final int MPLS_IN_IP = 137;

  private static final int NOT_FRAGMENT = 0;
  private static final int FIRST_FRAGMENT = 1;
  private static final int LATER_FRAGMENT = 2;

  private static final VarHandle INT_BE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT_BE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  private byte[] b = new byte[0];
  private int begin;

  private final LayerKind[] layerKinds = new LayerKind[MAX_LAYERS];
  private final int[] layerOffsets = new int[MAX_LAYERS];
  private final int[] layerEnds = new int[MAX_LAYERS];
  private int layers;

  private final byte[] networks = new byte[MAX_LEVELS];
  private final long[] sourceHigh = new long[MAX_LEVELS];
  private final long[] sourceLow = new long[MAX_LEVELS];
  private final long[] destinationHigh = new long[MAX_LEVELS];
  private final long[] destinationLow = new long[MAX_LEVELS];
  private final int[] protocols = new int[MAX_LEVELS];
  private final int[] firstNexts = new int[MAX_LEVELS];
  private final int[] ports = new int[MAX_LEVELS];
  private final boolean[] hasPorts = new boolean[MAX_LEVELS];
  private final int[] icmps = new int[MAX_LEVELS];
  private final byte[] fragments = new byte[MAX_LEVELS];
  private final boolean[] quoted = new boolean[MAX_LEVELS];
  private final int[] transportOffsets = new int[MAX_LEVELS];
  private final int[] transportEnds = new int[MAX_LEVELS];
  private final int[] networkOffsets = new int[MAX_LEVELS];
  private final int[] networkEnds = new int[MAX_LEVELS];
  private int levels;

  private final TagKind[] tagKinds = new TagKind[MAX_TAGS];
  private final int[] tagValues = new int[MAX_TAGS];
  private int tags;

  private int outerVlans;
  private int outerMpls;
  private boolean outerOther;
  private int payloadOffset;
  private int payloadEnd;
  private boolean cut;
  private boolean quoting;

  public DecodedPacket decode(Packet packet) {
    return decode(packet.bytes(), packet.offset(), packet.capturedLength(), packet.linkType());
  }

  /// @param linkType see [LinkType]; an unknown one gives no header, all payload
  public DecodedPacket decode(byte[] bytes, int offset, int length, int linkType) {
    b = bytes;
    begin = offset;
    layers = 0;
    levels = 0;
    tags = 0;
    outerVlans = 0;
    outerMpls = 0;
    outerOther = false;
    cut = false;
    quoting = false;
    int end = offset + length;
    payloadOffset = offset;
    payloadEnd = end;
    switch (linkType) {
      case LinkType.ETHERNET -> ethernet(offset, end);
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD -> ipByVersion(offset, end);
      case LinkType.IPV4 -> ipv4(offset, end);
      case LinkType.IPV6 -> ipv6(offset, end);
      case LinkType.NULL, LinkType.LOOP -> nullLoopback(offset, end);
      case LinkType.LINUX_SLL -> linuxSll(offset, end);
      case LinkType.LINUX_SLL2 -> linuxSll2(offset, end);
      case LinkType.PPP, LinkType.PPP_HDLC -> ppp(offset, end);
      case LinkType.C_HDLC -> cHdlc(offset, end);
      case LinkType.PPP_ETHER -> pppoe(offset, end, true);
      case LinkType.IEEE802_11 -> ieee80211(offset, end);
      case LinkType.IEEE802_11_RADIOTAP -> radiotap(offset, end);
      default -> payload(offset, end);
    }
    return this;
  }

  // ---- link layers ----

  private void ethernet(int o, int end) {
    if (!layer(LayerKind.ETHERNET, o, 14, end)) {
      return;
    }
    int type = u16(o + 12);
    if (type >= 0x600) {
      etherType(type, o + 14, end);
    } else {
      llc(o + 14, Math.min(end, o + 14 + type));
    }
  }

  private void llc(int o, int end) {
    if (!layer(LayerKind.LLC, o, 3, end)) {
      return;
    }
    // SNAP (RFC 1042): the type follows three bytes of organisation; 0000f8 is the bridge-tunnel
    // form of it.
    if ((b[o] & 255) == 0xaa && (b[o + 1] & 255) == 0xaa && b[o + 2] == 3 && end - o >= 8) {
      int organisation = u16(o + 3) << 8 | u8(o + 5);
      if (organisation == 0 || organisation == 0xf8) {
        layerEnds[layers - 1] = o + 8;
        etherType(u16(o + 6), o + 8, end);
        return;
      }
    }
    payload(o + 3, end);
  }

  private void nullLoopback(int o, int end) {
    if (!layer(LayerKind.NULL_LOOPBACK, o, 4, end)) {
      return;
    }
    int family = (int) INT_BE.get(b, o);
    if ((family & 0xffff_0000) != 0) {
      family = Integer.reverseBytes(family);
    }
    switch (family) {
      case 2 -> ipv4(o + 4, end);
      // IPv6 has another number on each of the BSDs, macOS and Linux.
      case 10, 24, 28, 30 -> ipv6(o + 4, end);
      default -> payload(o + 4, end);
    }
  }

  private void linuxSll(int o, int end) {
    if (layer(LayerKind.LINUX_SLL, o, 16, end)) {
      sllType(u16(o + 14), o + 16, end);
    }
  }

  private void linuxSll2(int o, int end) {
    if (layer(LayerKind.LINUX_SLL2, o, 20, end)) {
      sllType(u16(o), o + 20, end);
    }
  }

  private void sllType(int type, int o, int end) {
    if (type == 4) {
      llc(o, end);
    } else {
      etherType(type, o, end);
    }
  }

  private void ppp(int o, int end) {
    int at = o;
    if (end - at >= 2 && u16(at) == 0xff03) {
      at += 2;
    }
    if (end - at < 1) {
      layer(LayerKind.PPP, o, at - o + 1, end);
      return;
    }
    // An odd first byte is a protocol number cut to one byte (RFC 1661 section 6.5).
    int size = (b[at] & 1) == 1 ? 1 : 2;
    if (!layer(LayerKind.PPP, o, at - o + size, end)) {
      return;
    }
    int protocol = size == 1 ? u8(at) : u16(at);
    int next = at + size;
    switch (protocol) {
      case 0x21 -> ipv4(next, end);
      case 0x57 -> ipv6(next, end);
      case 0x281, 0x283 -> mpls(next, end);
      default -> payload(next, end);
    }
  }

  private void cHdlc(int o, int end) {
    if (layer(LayerKind.PPP, o, 4, end)) {
      etherType(u16(o + 2), o + 4, end);
    }
  }

  private void pppoe(int o, int end, boolean session) {
    if (!layer(LayerKind.PPPOE, o, 6, end)) {
      return;
    }
    outerOther |= levels == 0;
    tag(TagKind.PPPOE, u16(o + 2));
    int length = u16(o + 4);
    int stop = Math.min(end, o + 6 + length);
    if (session) {
      ppp(o + 6, stop);
    } else {
      payload(o + 6, stop);
    }
  }

  private void radiotap(int o, int end) {
    if (end - o < 8) {
      layer(LayerKind.RADIOTAP, o, 8, end);
      return;
    }
    int length = u8(o + 2) | u8(o + 3) << 8;
    if (length < 8 || !layer(LayerKind.RADIOTAP, o, length, end)) {
      cut = true;
      return;
    }
    int present = Integer.reverseBytes((int) INT_BE.get(b, o + 4));
    int field = o + 8;
    for (int more = present; more < 0 && field + 4 <= o + length; field += 4) {
      more = Integer.reverseBytes((int) INT_BE.get(b, field));
    }
    if ((present & 1) != 0) {
      field = o + ((field - o + 7) & ~7) + 8;
    }
    boolean checkSequence = (present & 2) != 0 && field < o + length && (b[field] & 0x10) != 0;
    ieee80211(o + length, checkSequence ? Math.max(o + length, end - 4) : end);
  }

  private void ieee80211(int o, int end) {
    if (end - o < 2) {
      layer(LayerKind.IEEE802_11, o, 2, end);
      return;
    }
    int control = u8(o);
    int flags = u8(o + 1);
    boolean data = (control & 0x0c) == 0x08;
    boolean quality = data && (control & 0x80) != 0;
    int length = (flags & 3) == 3 ? 30 : 24;
    if (quality) {
      length += 2;
      if ((flags & 0x80) != 0) {
        length += 4;
      }
    }
    if (!data) {
      layer(LayerKind.IEEE802_11, o, Math.min(length, end - o), end);
      payload(Math.min(end, o + length), end);
      return;
    }
    if (!layer(LayerKind.IEEE802_11, o, length, end)) {
      return;
    }
    boolean encrypted = (flags & 0x40) != 0;
    boolean empty = (control & 0x40) != 0;
    if (encrypted || empty) {
      payload(o + length, end);
    } else {
      llc(o + length, end);
    }
  }

  private void etherType(int type, int o, int end) {
    switch (type) {
      case 0x0800 -> ipv4(o, end);
      case 0x86dd -> ipv6(o, end);
      case 0x8100, 0x88a8, 0x9100, 0x9200 -> vlan(o, end);
      case 0x0806, 0x8035 -> arp(o, end);
      case 0x8847, 0x8848 -> mpls(o, end);
      case 0x8864 -> pppoe(o, end, true);
      case 0x8863 -> pppoe(o, end, false);
      case 0x6558 -> ethernet(o, end);
      case 0x8926 -> {
        if (layer(LayerKind.VN_TAG, o, 6, end)) {
          outerOther |= levels == 0;
          etherType(u16(o + 4), o + 6, end);
        }
      }
      case 0x893f -> {
        if (layer(LayerKind.E_TAG, o, 8, end)) {
          outerOther |= levels == 0;
          etherType(u16(o + 6), o + 8, end);
        }
      }
      default -> payload(o, end);
    }
  }

  private void vlan(int o, int end) {
    if (!layer(LayerKind.VLAN, o, 4, end)) {
      return;
    }
    if (levels == 0) {
      outerVlans++;
    }
    tag(TagKind.VLAN, u16(o) & 0xfff);
    int type = u16(o + 2);
    if (type >= 0x600) {
      etherType(type, o + 4, end);
    } else {
      llc(o + 4, Math.min(end, o + 4 + type));
    }
  }

  private void mpls(int o, int end) {
    int at = o;
    while (true) {
      if (!layer(LayerKind.MPLS, at, 4, end)) {
        return;
      }
      int entry = (int) INT_BE.get(b, at);
      at += 4;
      if (levels == 0) {
        outerMpls++;
      }
      tag(TagKind.MPLS, entry >>> 12);
      if ((entry & 0x100) != 0) {
        break;
      }
    }
    if (at >= end) {
      payload(at, end);
      return;
    }
    // Nothing in the stack says what it carries (RFC 4928 section 3).
    switch (u8(at) >> 4) {
      case 4 -> ipv4(at, end);
      case 6 -> ipv6(at, end);
      case 0 -> {
        if (layer(LayerKind.PSEUDO_WIRE, at, 4, end)) {
          ethernet(at + 4, end);
        }
      }
      default -> payload(at, end);
    }
  }

  // ---- network layers ----

  private void arp(int o, int end) {
    if (!layer(LayerKind.ARP, o, 8, end)) {
      return;
    }
    int hardware = u8(o + 4);
    int network = u8(o + 5);
    int length = 8 + 2 * (hardware + network);
    if (end - o < length) {
      cut = true;
      return;
    }
    layerEnds[layers - 1] = o + length;
    if (u16(o + 2) == 0x0800 && network == 4 && levels < MAX_LEVELS) {
      int l = level(ARP);
      sourceHigh[l] = 0;
      sourceLow[l] = MAPPED | u32(o + 8 + hardware);
      destinationHigh[l] = 0;
      destinationLow[l] = MAPPED | u32(o + 8 + 2 * hardware + 4);
    }
    payload(o + length, end);
  }

  private void ipByVersion(int o, int end) {
    if (end <= o) {
      payload(o, end);
      return;
    }
    switch (u8(o) >> 4) {
      case 4 -> ipv4(o, end);
      case 6 -> ipv6(o, end);
      default -> payload(o, end);
    }
  }

  private void ipv4(int o, int end) {
    if (end - o < 20) {
      layer(LayerKind.IPV4, o, 20, end);
      return;
    }
    int first = u8(o);
    int header = (first & 15) * 4;
    if (first >> 4 != 4 || header < 20) {
      cut = true;
      payload(o, end);
      return;
    }
    if (levels == MAX_LEVELS) {
      cut = true;
      return;
    }
    int l = level(IPV4);
    int at = o;
    sourceHigh[l] = 0;
    sourceLow[l] = MAPPED | u32(at + 12);
    destinationHigh[l] = 0;
    destinationLow[l] = MAPPED | u32(at + 16);
    int protocol = u8(o + 9);
    protocols[l] = protocol;
    firstNexts[l] = protocol;
    int fragment = u16(o + 6);
    boolean later = (fragment & 0x1fff) != 0;
    fragments[l] =
        (byte) (later ? LATER_FRAGMENT : (fragment & 0x2000) != 0 ? FIRST_FRAGMENT : NOT_FRAGMENT);
    if (!layer(LayerKind.IPV4, o, header, end)) {
      return;
    }
    int total = u16(o + 2);
    networkOffsets[l] = o;
    networkEnds[l] = total < header ? end : o + total;
    // 0 where the network card was to cut the segment (TSO): then all of it counts.
    int stop = total < header ? end : Math.min(end, o + total);
    transport(l, protocol, o + header, Math.max(stop, o + header), later);
  }

  private void ipv6(int o, int end) {
    if (end - o < 40) {
      layer(LayerKind.IPV6, o, 40, end);
      return;
    }
    if (u8(o) >> 4 != 6) {
      cut = true;
      payload(o, end);
      return;
    }
    if (levels == MAX_LEVELS || !layer(LayerKind.IPV6, o, 40, end)) {
      cut = true;
      return;
    }
    int l = level(IPV6);
    sourceHigh[l] = (long) LONG_BE.get(b, o + 8);
    sourceLow[l] = (long) LONG_BE.get(b, o + 16);
    destinationHigh[l] = (long) LONG_BE.get(b, o + 24);
    destinationLow[l] = (long) LONG_BE.get(b, o + 32);
    int length = u16(o + 4);
    int stop = length == 0 ? end : Math.min(end, o + 40 + length);
    networkOffsets[l] = o;
    networkEnds[l] = length == 0 ? end : o + 40 + length;
    int next = u8(o + 6);
    firstNexts[l] = next;
    protocols[l] = next;
    boolean later = false;
    int at = o + 40;
    while (true) {
      int size;
      LayerKind kind = LayerKind.IPV6_EXTENSION;
      switch (next) {
        case 0, 43, 60, 135, 139, 140 -> size = stop - at < 2 ? 8 : 8 * (u8(at + 1) + 1);
        case 44 -> {
          size = 8;
          kind = LayerKind.IPV6_FRAGMENT;
        }
        default -> {
          transport(l, next, at, stop, later);
          return;
        }
      }
      if (stop - at >= 1) {
        protocols[l] = u8(at);
      }
      if (!layer(kind, at, size, stop)) {
        return;
      }
      if (kind == LayerKind.IPV6_FRAGMENT) {
        int fragment = u16(at + 2);
        later = (fragment & 0xfff8) != 0;
        fragments[l] =
            (byte) (later ? LATER_FRAGMENT : (fragment & 1) != 0 ? FIRST_FRAGMENT : NOT_FRAGMENT);
        if (later) {
          next = u8(at);
          protocols[l] = next;
          transport(l, next, at + 8, stop, true);
          return;
        }
      }
      next = u8(at);
      at += size;
    }
  }

  private void transport(int l, int protocol, int o, int end, boolean later) {
    protocols[l] = protocol;
    transportOffsets[l] = o;
    transportEnds[l] = end;
    if (later) {
      payload(o, end);
      return;
    }
    switch (protocol) {
      case TCP -> tcp(l, o, end);
      case UDP -> udp(l, o, end);
      case SCTP -> {
        ports(l, o, end);
        if (layer(LayerKind.SCTP, o, 12, end)) {
          payload(o + 12, end);
        }
      }
      case ICMP -> {
        if (networks[l] == IPV4) {
          icmp(l, LayerKind.ICMP, o, end);
        } else {
          payload(o, end);
        }
      }
      case ICMP_V6 -> icmp(l, LayerKind.ICMP_V6, o, end);
      case IP_IN_IP -> ipv4(o, end);
      case IPV6_IN_IP -> ipv6(o, end);
      case GRE -> gre(o, end);
      case MPLS_IN_IP -> mpls(o, end);
      case ETHER_IP -> {
        if (layer(LayerKind.ETHER_IP, o, 2, end)) {
          ethernet(o + 2, end);
        }
      }
      case AH -> {
        if (end - o < 12) {
          layer(LayerKind.AUTHENTICATION_HEADER, o, 12, end);
          return;
        }
        int size = 4 * (u8(o + 1) + 2);
        if (layer(LayerKind.AUTHENTICATION_HEADER, o, Math.max(12, size), end)) {
          int next = u8(o);
          int at = o + Math.max(12, size);
          // The flow of a packet with this header is one of protocol 51; only a packet inside makes
          // a new level.
          if (next == IP_IN_IP) {
            ipv4(at, end);
          } else if (next == IPV6_IN_IP) {
            ipv6(at, end);
          } else {
            payload(at, end);
          }
        }
      }
      default -> payload(o, end);
    }
  }

  private void ports(int l, int o, int end) {
    if (end - o >= 4) {
      ports[l] = (int) INT_BE.get(b, o);
      hasPorts[l] = true;
    }
  }

  private void tcp(int l, int o, int end) {
    ports(l, o, end);
    if (!layer(LayerKind.TCP, o, 20, end)) {
      return;
    }
    int header = (u8(o + 12) >> 4) * 4;
    if (header < 20 || end - o < header) {
      cut = true;
      return;
    }
    layerEnds[layers - 1] = o + header;
    payload(o + header, end);
  }

  private void udp(int l, int o, int end) {
    ports(l, o, end);
    if (!layer(LayerKind.UDP, o, 8, end)) {
      return;
    }
    int length = u16(o + 4);
    int stop = length < 8 ? end : Math.min(end, o + length);
    int at = o + 8;
    if (quoting) {
      payload(at, stop);
      return;
    }
    int source = u16(o);
    int destination = u16(o + 2);
    switch (destination) {
      case 4789, 8472 -> {
        // The flag says that the network identifier is valid; without it this is something else on
        // the port.
        if (stop - at >= 8 && (b[at] & 0x08) != 0) {
          layer(LayerKind.VXLAN, at, 8, stop);
          tag(TagKind.VXLAN, (int) INT_BE.get(b, at + 4) >>> 8);
          ethernet(at + 8, stop);
          return;
        }
      }
      case 4790 -> {
        if (stop - at >= 8 && (b[at] & 0x0c) == 0x0c) {
          layer(LayerKind.VXLAN, at, 8, stop);
          tag(TagKind.VXLAN, (int) INT_BE.get(b, at + 4) >>> 8);
          switch (u8(at + 3)) {
            case 1 -> ipv4(at + 8, stop);
            case 2 -> ipv6(at + 8, stop);
            case 3 -> ethernet(at + 8, stop);
            default -> payload(at + 8, stop);
          }
          return;
        }
      }
      case 6081 -> {
        if (stop - at >= 8 && (b[at] & 0xc0) == 0) {
          int size = 8 + (b[at] & 0x3f) * 4;
          tag(TagKind.GENEVE, (int) INT_BE.get(b, at + 4) >>> 8);
          if (layer(LayerKind.GENEVE, at, size, stop)) {
            etherType(u16(at + 2), at + size, stop);
          }
          return;
        }
      }
      case 6635 -> {
        mpls(at, stop);
        return;
      }
      default -> {}
    }
    if (source == 2152 || destination == 2152) {
      if (gtp(at, stop)) {
        return;
      }
    }
    if (source == 3544 || destination == 3544) {
      if (teredo(at, stop)) {
        return;
      }
    }
    payload(at, stop);
  }

  private boolean gtp(int o, int end) {
    // Version 1, protocol type GTP, a G-PDU: the only message that carries a user's packet.
    if (end - o < 8 || (b[o] & 0xf0) != 0x30 || u8(o + 1) != 255) {
      return false;
    }
    int at = o + 8;
    if ((b[o] & 7) != 0) {
      at += 4;
      if (at > end) {
        return false;
      }
      int next = (b[o] & 4) != 0 ? u8(at - 1) : 0;
      while (next != 0) {
        if (at >= end) {
          return false;
        }
        int size = u8(at) * 4;
        if (size == 0 || at + size > end) {
          return false;
        }
        next = u8(at + size - 1);
        at += size;
      }
    }
    if (!layer(LayerKind.GTP_U, o, at - o, end)) {
      return true;
    }
    tag(TagKind.GTP, (int) INT_BE.get(b, o + 4));
    ipByVersion(at, Math.min(end, o + 8 + Math.max(u16(o + 2), at - o - 8)));
    return true;
  }

  private boolean teredo(int o, int end) {
    int at = o;
    if (end - at >= 4 && u16(at) == 1) {
      at += 4 + u8(at + 2) + u8(at + 3) + 9;
    }
    if (end - at >= 8 && u16(at) == 0) {
      at += 8;
    }
    if (end - at < 40 || u8(at) >> 4 != 6) {
      return false;
    }
    if (layer(LayerKind.TEREDO, o, at - o, end)) {
      ipv6(at, end);
    }
    return true;
  }

  private void gre(int o, int end) {
    if (end - o < 4) {
      layer(LayerKind.GRE, o, 4, end);
      return;
    }
    int flags = u16(o);
    int protocol = u16(o + 2);
    int version = flags & 7;
    int size = 4;
    int key = -1;
    boolean sequence = (flags & 0x1000) != 0;
    if (version == 0 && (flags & 0xc000) != 0) {
      size += 4;
    }
    if ((flags & 0x2000) != 0) {
      key = size;
      size += 4;
    }
    if (sequence) {
      size += 4;
    }
    if (version == 1 && (flags & 0x80) != 0) {
      size += 4;
    }
    if (!layer(LayerKind.GRE, o, size, end)) {
      return;
    }
    tag(TagKind.GRE_PROTOCOL, protocol);
    if (key >= 0 && version == 0) {
      tag(TagKind.GRE_KEY, (int) INT_BE.get(b, o + key));
    }
    int at = o + size;
    if (version > 1 || (version == 0 && (flags & 0x4000) != 0)) {
      payload(at, end);
      return;
    }
    if (version == 1) {
      if (at < end && protocol == 0x880b) {
        ppp(at, end);
      } else {
        payload(at, end);
      }
      return;
    }
    switch (protocol) {
      case 0x88be -> {
        if (!sequence) {
          ethernet(at, end);
        } else if (layer(LayerKind.ERSPAN, at, 8, end)) {
          tag(TagKind.ERSPAN, u16(at + 2) & 0x3ff);
          ethernet(at + 8, end);
        }
      }
      case 0x22eb -> {
        if (end - at < 12) {
          layer(LayerKind.ERSPAN, at, 12, end);
          return;
        }
        boolean platform = (u8(at + 11) & 1) != 0;
        tag(TagKind.ERSPAN, u16(at + 2) & 0x3ff);
        if (layer(LayerKind.ERSPAN, at, platform ? 20 : 12, end)) {
          ethernet(at + (platform ? 20 : 12), end);
        }
      }
      case 0x883e -> {
        // WCCP version 2 puts four bytes before the packet, version 1 none.
        int skip = at < end && u8(at) >> 4 == 4 ? 0 : 4;
        ipv4(Math.min(end, at + skip), end);
      }
      case 0x880b -> ppp(at, end);
      default -> etherType(protocol, at, end);
    }
  }

  private void icmp(int l, LayerKind kind, int o, int end) {
    if (!layer(kind, o, 4, end)) {
      return;
    }
    int type = u8(o);
    icmps[l] = type << 8 | u8(o + 1);
    int at = Math.min(end, o + 8);
    layerEnds[layers - 1] = at;
    boolean error =
        kind == LayerKind.ICMP
            ? type == 3 || type == 4 || type == 5 || type == 11 || type == 12
            : type >= 1 && type <= 4;
    if (!error || quoting || end - at < 20) {
      payload(at, end);
      return;
    }
    quoting = true;
    if (kind == LayerKind.ICMP) {
      ipv4(at, end);
    } else {
      ipv6(at, end);
    }
    quoting = false;
  }

  private void payload(int o, int end) {
    payloadOffset = Math.min(o, end);
    payloadEnd = end;
  }

  /// Notes a header; false (and the packet is cut) if it does not lie within `end` or too many came before.
  private boolean layer(LayerKind kind, int o, int length, int end) {
    if (layers == MAX_LAYERS) {
      cut = true;
      return false;
    }
    boolean whole = end - o >= length;
    layerKinds[layers] = kind;
    layerOffsets[layers] = o;
    layerEnds[layers] = whole ? o + length : Math.max(o, end);
    layers++;
    payloadOffset = layerEnds[layers - 1];
    payloadEnd = Math.max(payloadOffset, end);
    cut |= !whole;
    return whole;
  }

  private int level(int network) {
    int l = levels++;
    networks[l] = (byte) network;
    protocols[l] = -1;
    firstNexts[l] = -1;
    hasPorts[l] = false;
    icmps[l] = -1;
    fragments[l] = NOT_FRAGMENT;
    quoted[l] = quoting;
    transportOffsets[l] = 0;
    transportEnds[l] = 0;
    networkOffsets[l] = 0;
    networkEnds[l] = 0;
    return l;
  }

  private void tag(TagKind kind, int value) {
    if (tags < MAX_TAGS) {
      tagKinds[tags] = kind;
      tagValues[tags] = value;
      tags++;
    } else {
      cut = true;
    }
  }

  private int u8(int at) {
    return b[at] & 255;
  }

  private int u16(int at) {
    return (short) SHORT_BE.get(b, at) & 0xffff;
  }

  private long u32(int at) {
    return (int) INT_BE.get(b, at) & 0xffff_ffffL;
  }

  // ---- what was found ----

  /// The array that holds the packet; offsets below count in it.
  public byte[] bytes() {
    return b;
  }

  /// Where in [#bytes] the packet begins.
  public int offset() {
    return begin;
  }

  public int layers() {
    return layers;
  }

  public LayerKind layerKind(int layer) {
    return layerKinds[layer];
  }

  public int layerOffset(int layer) {
    return layerOffsets[layer];
  }

  public int layerEnd(int layer) {
    return layerEnds[layer];
  }

  /// Network headers, outermost first.
  public int levels() {
    return levels;
  }

  /// [#IPV4], [#IPV6] or [#ARP].
  public int network(int level) {
    return networks[level];
  }

  public boolean isIp(int level) {
    return networks[level] != ARP;
  }

  public long sourceHigh(int level) {
    return sourceHigh[level];
  }

  public long sourceLow(int level) {
    return sourceLow[level];
  }

  public long destinationHigh(int level) {
    return destinationHigh[level];
  }

  public long destinationLow(int level) {
    return destinationLow[level];
  }

  public IpAddress source(int level) {
    return new IpAddress(sourceHigh[level], sourceLow[level]);
  }

  public IpAddress destination(int level) {
    return new IpAddress(destinationHigh[level], destinationLow[level]);
  }

  /// IANA number of what the level carries, after IPv6 extension headers; -1 for ARP.
  public int protocol(int level) {
    return protocols[level];
  }

  /// The IP header's own number: for IPv6 that of the first extension header, if there is one.
  public int firstNext(int level) {
    return firstNexts[level];
  }

  /// Whether this packet shows ports: TCP, UDP or SCTP, and not a later fragment.
  public boolean hasPorts(int level) {
    return hasPorts[level];
  }

  /// Meaningful only where [#hasPorts].
  public int sourcePort(int level) {
    return ports[level] >>> 16;
  }

  /// Meaningful only where [#hasPorts].
  public int destinationPort(int level) {
    return ports[level] & 0xffff;
  }

  /// ICMP or ICMPv6 type; -1 if it is none or not in this packet.
  public int icmpType(int level) {
    return icmps[level] < 0 ? -1 : icmps[level] >> 8;
  }

  public int icmpCode(int level) {
    return icmps[level] < 0 ? -1 : icmps[level] & 255;
  }

  public boolean isFragment(int level) {
    return fragments[level] != NOT_FRAGMENT;
  }

  public boolean isLaterFragment(int level) {
    return fragments[level] == LATER_FRAGMENT;
  }

  /// Whether the level is the packet that an ICMP error quotes.
  public boolean isQuoted(int level) {
    return quoted[level];
  }

  /// The innermost level that is really sent, not only quoted by an ICMP error; -1 if there is no network header.
  public int innermost() {
    int l = levels - 1;
    while (l >= 0 && quoted[l]) {
      l--;
    }
    return l;
  }

  /// Where the transport header of the level begins in [#bytes]; the fragment's data for a later fragment.
  public int transportOffset(int level) {
    return transportOffsets[level];
  }

  public int transportEnd(int level) {
    return transportEnds[level];
  }

  /// Where the IP header of the level begins in [#bytes]; 0 for ARP and where the header is cut.
  public int networkOffset(int level) {
    return networkOffsets[level];
  }

  /// How many bytes from [#transportOffset] on the IP header says were sent, captured or not; never negative.
  public int transportLength(int level) {
    return Math.max(0, networkEnds[level] - transportOffsets[level]);
  }

  public int tags() {
    return tags;
  }

  public TagKind tagKind(int tag) {
    return tagKinds[tag];
  }

  public int tagValue(int tag) {
    return tagValues[tag];
  }

  /// VLAN tags before the first network header.
  public int outerVlans() {
    return outerVlans;
  }

  /// MPLS labels before the first network header.
  public int outerMpls() {
    return outerMpls;
  }

  /// Whether something else than VLAN tags and MPLS labels stands between the link and the first network header.
  public boolean isOuterWrapped() {
    return outerOther;
  }

  /// What follows the innermost decoded header.
  public int payloadOffset() {
    return payloadOffset;
  }

  public int payloadEnd() {
    return payloadEnd;
  }

  /// Whether a header is cut short, malformed or nested too deep.
  public boolean isCut() {
    return cut;
  }
}
