package metron.testing.packets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One conversation between two hosts of IPv4, as Ethernet frames in the order in which they were sent.
public final class Talk {
  private static final int SEGMENT = 1448;

  private final int[] hosts;
  private final int[] ports;
  private final int[] next = {1000, 5000};
  private final List<byte[]> frames = new ArrayList<>();

  private Talk(int client, int server, int clientPort, int serverPort) {
    hosts = new int[] {client, server};
    ports = new int[] {clientPort, serverPort};
  }

  /// A TCP connection with its handshake.
  public static Talk tcp(int client, int server, int clientPort, int serverPort) {
    Talk talk = new Talk(client, server, clientPort, serverPort);
    talk.segment(0, 2, new byte[0]);
    talk.next[0]++;
    talk.segment(1, 18, new byte[0]);
    talk.next[1]++;
    talk.segment(0, 16, new byte[0]);
    return talk;
  }

  public static Talk udp(int client, int server, int clientPort, int serverPort) {
    return new Talk(client, server, clientPort, serverPort);
  }

  public Talk client(String text) {
    return say(0, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Talk server(String text) {
    return say(1, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// In segments of 1,448 bytes, every second of them acknowledged.
  public Talk say(int side, byte[] data) {
    int segments = 0;
    for (int at = 0; at < data.length; at += SEGMENT) {
      byte[] part = Arrays.copyOfRange(data, at, Math.min(data.length, at + SEGMENT));
      segment(side, 24, part);
      next[side] += part.length;
      if (++segments % 2 == 0) {
        segment(1 - side, 16, new byte[0]);
      }
    }
    return this;
  }

  public Talk datagram(int side, byte[] data) {
    int length = data.length + 8;
    byte[] udp = new byte[length];
    put16(udp, 0, ports[side]);
    put16(udp, 2, ports[1 - side]);
    put16(udp, 4, length);
    System.arraycopy(data, 0, udp, 8, data.length);
    frames.add(ethernet(0x800, ip(hosts[side], hosts[1 - side], 17, 0, udp)));
    return this;
  }

  private void segment(int side, int flags, byte[] data) {
    byte[] tcp = new byte[20 + data.length];
    put16(tcp, 0, ports[side]);
    put16(tcp, 2, ports[1 - side]);
    put32(tcp, 4, next[side]);
    put32(tcp, 8, next[1 - side]);
    tcp[12] = 0x50;
    tcp[13] = (byte) flags;
    put16(tcp, 14, 64_240);
    System.arraycopy(data, 0, tcp, 20, data.length);
    frames.add(ethernet(0x800, ip(hosts[side], hosts[1 - side], 6, 0, tcp)));
  }

  /// With the FINs of both.
  public List<byte[]> closed() {
    segment(0, 17, new byte[0]);
    next[0]++;
    segment(1, 17, new byte[0]);
    next[1]++;
    segment(0, 16, new byte[0]);
    return frames;
  }

  public List<byte[]> frames() {
    return frames;
  }

  static byte[] ethernet(int type, byte[] payload) {
    byte[] frame = new byte[14 + payload.length];
    frame[0] = 2;
    frame[6] = 2;
    frame[11] = 1;
    put16(frame, 12, type);
    System.arraycopy(payload, 0, frame, 14, payload.length);
    return frame;
  }

  /// @param fragment flags and offset as they stand in the header
  static byte[] ip(int from, int to, int protocol, int fragment, byte[] payload) {
    byte[] ip = new byte[20 + payload.length];
    ip[0] = 0x45;
    put16(ip, 2, ip.length);
    put16(ip, 4, 7);
    put16(ip, 6, fragment);
    ip[8] = 64;
    ip[9] = (byte) protocol;
    put32(ip, 12, from);
    put32(ip, 16, to);
    System.arraycopy(payload, 0, ip, 20, payload.length);
    return ip;
  }

  private static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }

  private static void put32(byte[] b, int at, int value) {
    put16(b, at, value >>> 16);
    put16(b, at + 2, value);
  }
}
