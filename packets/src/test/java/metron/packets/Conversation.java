package metron.packets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One TCP connection between two hosts, as packets: who says what, in order.
public final class Conversation {
  private static final String[] HOSTS = {"10.0.0.1", "10.0.0.2"};
  private final int[] ports;
  private final int[] next = {1000, 5000};
  private final List<byte[]> packets = new ArrayList<>();

  public Conversation(int clientPort, int serverPort) {
    ports = new int[] {clientPort, serverPort};
    packet(0, 2, new byte[0]);
    next[0]++;
    packet(1, 18, new byte[0]);
    next[1]++;
    packet(0, 16, new byte[0]);
  }

  private void packet(int side, int flags, byte[] data) {
    byte[] segment = WireMaker.tcp(ports[side], ports[1 - side], flags, data);
    for (int i = 0; i < 4; i++) {
      segment[4 + i] = (byte) (next[side] >> (24 - 8 * i));
      segment[8 + i] = (byte) (next[1 - side] >> (24 - 8 * i));
    }
    packets.add(
        WireMaker.ethernet(0x800, WireMaker.ipv4(HOSTS[side], HOSTS[1 - side], 6, segment)));
  }

  public Conversation client(String text) {
    return say(0, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Conversation server(String text) {
    return say(1, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// In segments of up to 1,000 bytes.
  public Conversation say(int side, byte[] data) {
    for (int at = 0; at < data.length; at += 1000) {
      byte[] part = java.util.Arrays.copyOfRange(data, at, Math.min(data.length, at + 1000));
      packet(side, 24, part);
      next[side] += part.length;
    }
    return this;
  }

  /// As if the capture lacked so many bytes.
  public Conversation lose(int side, int bytes) {
    next[side] += bytes;
    return this;
  }

  public List<byte[]> end() {
    packet(0, 17, new byte[0]);
    next[0]++;
    packet(1, 17, new byte[0]);
    next[1]++;
    packet(0, 16, new byte[0]);
    return packets;
  }
}
