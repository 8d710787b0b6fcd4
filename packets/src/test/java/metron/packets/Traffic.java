package metron.packets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Packets of a small network, tagged, tunnelled, fragmented and plain, from a seed.
public final class Traffic {
  private static final String[] V4 = {
    "10.0.0.1", "10.0.0.2", "10.0.1.7", "192.0.2.80", "198.51.100.9", "203.0.113.200"
  };
  private static final String[] V6 = {
    "2001:db8::1", "2001:db8::2", "2001:db8:1::7", "fe80::1", "::ffff:10.0.0.1"
  };
  private static final int[] PORTS = {53, 80, 443, 1024, 5353, 40_000, 65_535};

  private Traffic() {}

  /// Frames of Ethernet; every one a packet of its own making.
  public static List<byte[]> frames(long seed, int count) {
    Random random = new Random(seed);
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(frame(random));
    }
    return frames;
  }

  private static <T> T pick(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static int port(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(65_536) : PORTS[random.nextInt(PORTS.length)];
  }

  private static byte[] frame(Random random) {
    byte[] data = new byte[random.nextInt(300)];
    random.nextBytes(data);
    int kind = random.nextInt(12);
    if (kind == 0) {
      return WireMaker.ethernet(
          0x806,
          WireMaker.join(
              WireMaker.hex("0001080006040001 020000000001 0a000001 000000000000 0a000107")));
    }
    if (kind == 1) {
      return WireMaker.ethernet(0x88cc, data);
    }
    boolean six = random.nextInt(4) == 0;
    byte[] packet = ip(random, six, data);
    int type = six ? 0x86dd : 0x800;
    return switch (kind) {
      case 2 -> WireMaker.ethernet(0x8100, WireMaker.vlan(random.nextInt(4), type, packet));
      case 3 -> WireMaker.ethernet(0x8847, WireMaker.mpls(random.nextInt(40), true, packet));
      case 4 ->
          WireMaker.ethernet(
              0x800, WireMaker.ipv4("172.16.0.1", "172.16.0.2", six ? 41 : 4, packet));
      case 5 ->
          WireMaker.ethernet(
              0x800,
              WireMaker.ipv4(
                  "172.16.0.1",
                  "172.16.0.2",
                  17,
                  WireMaker.udp(
                      9,
                      4789,
                      WireMaker.join(
                          WireMaker.hex("0800000000000700"), WireMaker.ethernet(type, packet)))));
      case 6 ->
          six
              ? WireMaker.ethernet(type, packet)
              : WireMaker.ethernet(
                  0x800,
                  WireMaker.ipv4("10.0.0.9", pick(random, V4), 1, WireMaker.icmp(3, 3, packet)));
      default -> WireMaker.ethernet(type, packet);
    };
  }

  private static byte[] ip(Random random, boolean six, byte[] data) {
    int from = port(random);
    int to = port(random);
    int protocol = new int[] {6, 17, 6, 17, 132, six ? 58 : 1, 47}[random.nextInt(7)];
    byte[] transport =
        switch (protocol) {
          case 6 -> WireMaker.tcp(from, to, random.nextInt(64), data);
          case 17 -> WireMaker.udp(from, to, data);
          case 132 -> WireMaker.sctp(from, to, data);
          case 47 -> WireMaker.join(WireMaker.hex("00006559"), data);
          default -> WireMaker.icmp(six ? 128 : 8, 0, data);
        };
    if (six) {
      return WireMaker.ipv6(pick(random, V6), pick(random, V6), protocol, transport);
    }
    int fragment = random.nextInt(8) == 0 ? 0x2000 | random.nextInt(3) : 0;
    return WireMaker.ipv4(pick(random, V4), pick(random, V4), protocol, fragment, transport);
  }

  /// A filter of one to four conditions.
  public static String filter(Random random) {
    StringBuilder text = new StringBuilder();
    int conditions = 1 + random.nextInt(4);
    for (int i = 0; i < conditions; i++) {
      if (i > 0) {
        text.append(random.nextBoolean() ? " and " : " or ");
      }
      if (random.nextInt(5) == 0) {
        text.append("not ");
      }
      if (random.nextInt(8) == 0) {
        text.append("outer ");
      }
      text.append(
          switch (random.nextInt(14)) {
            case 0 -> "host " + pick(random, V4);
            case 1 -> "host " + pick(random, V6);
            case 2 -> "src host " + pick(random, V4);
            case 3 -> "net 10.0.0.0/" + (8 + random.nextInt(25));
            case 4 -> "net 2001:db8::/" + random.nextInt(129);
            case 5 -> "port " + port(random);
            case 6 -> "tcp dst port " + port(random);
            case 7 -> "portrange " + random.nextInt(2000) + "-" + (2000 + random.nextInt(60_000));
            case 8 ->
                pick(random, new String[] {"tcp", "udp", "icmp", "icmp6", "sctp", "arp", "ip6"});
            case 9 -> "vlan " + random.nextInt(4);
            case 10 -> pick(random, new String[] {"vlan", "mpls", "vxlan 7", "mpls 16"});
            case 11 -> "proto " + random.nextInt(140);
            case 12 -> "tcp[tcpflags] & tcp-syn != 0";
            default -> "greater " + random.nextInt(400);
          });
    }
    return text.toString();
  }

  /// Something to tell one packet from all others by.
  public static String name(Packet packet) {
    return packet.time()
        + " "
        + packet.wireLength()
        + " "
        + new String(
            packet.bytes(), packet.offset(), packet.capturedLength(), StandardCharsets.ISO_8859_1);
  }
}
