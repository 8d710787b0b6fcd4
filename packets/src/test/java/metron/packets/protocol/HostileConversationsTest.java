package metron.packets.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metron.event.json.EventJson;
import metron.packets.Conversation;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.WireMaker;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.flow.FlowLimits;
import metron.packets.stream.StreamLimits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// Any bytes, in every protocol: never an exception, and all that was held is given back.
class HostileConversationsTest {
  private static final int[] PORTS = {53, 80, 443, 22, 25, 21, 445, 88, 5353, 9999};
  private static final String[] BEGINS = {
    "",
    "GET / HTTP/1.1\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\u0008",
    "\u0016\u0003\u0001\u0000\u0060\u0001\u0000\u0000\\\u0003\u0003",
    "\u0016\u0003\u0003\u0000\u0070\u000b\u0000\u0000\u006c\u0000\u0000\u0069\u0000\u0000\u0066\u0030\u0064",
    "SSH-2.0-x\r\n\u0000\u0000\u0000\u0060\u0004\u0014",
    "220 x\r\n",
    "EHLO x\r\nDATA\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        + "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    "USER x\r\nPORT 10,0,0,1,4,4\r\nRETR x\r\n",
    "\u0000\u0000\u0000\u0078\u00feSMB\u0040\u0000",
    "\u0000\u0000\u0000\u0078\u00ffSMB\u0075",
    "\u0000\u0040\u0000\u0001\u0001\u0000\u0000\u0001",
    "\u0000\u0000\u0000\u0030\u006a\u002e\u0030\u002c"
  };

  private static void listen(List<byte[]> frames) {
    ProtocolEvents told =
        new ProtocolEvents(event -> assertThat(EventJson.write(event)).isNotEmpty(), true);
    ProtocolAnalysis protocols = new ProtocolAnalysis(told, told, FileSink.HASHES);
    TrafficAnalysis traffic =
        new TrafficAnalysis(FlowLimits.DEFAULT, StreamLimits.DEFAULT, protocols);
    long n = 0;
    for (byte[] frame : frames) {
      n++;
      traffic.accept(
          new Packet().set(frame, 0, frame.length, frame.length, n, 0, LinkType.ETHERNET), n);
      assertThat(protocols.held()).isBetween(0L, 64L << 20);
    }
    traffic.finish();
    assertThat(protocols.held()).isZero();
    assertThat(traffic.waiting()).isZero();
  }

  @Property(tries = 3000)
  void anyStream(
      @ForAll long seed,
      @ForAll @Size(max = 400) byte[] client,
      @ForAll @Size(max = 400) byte[] server) {
    Random random = new Random(seed);
    Conversation talk = new Conversation(4000, PORTS[random.nextInt(PORTS.length)]);
    for (int i = 0; i < 3; i++) {
      byte[] begin = BEGINS[random.nextInt(BEGINS.length)].getBytes(StandardCharsets.ISO_8859_1);
      int side = random.nextInt(2);
      talk.say(side, begin);
      talk.say(side, side == 0 ? client : server);
      if (random.nextInt(6) == 0) {
        talk.lose(random.nextInt(2), random.nextInt(50));
      }
    }
    listen(talk.end());
  }

  @Property(tries = 2000)
  void anyDatagram(@ForAll long seed, @ForAll @Size(max = 300) byte[] bytes) {
    Random random = new Random(seed);
    List<byte[]> frames = new ArrayList<>();
    for (int port : new int[] {53, 5353, 67, 123, 88, 443}) {
      byte[] data = bytes.clone();
      if (port == 443 && data.length > 6) {
        data[0] = (byte) 0xc3;
        data[1] = 0;
        data[2] = 0;
        data[3] = 0;
        data[4] = 1;
        data[5] = (byte) random.nextInt(21);
      }
      if (port == 88 && data.length > 3) {
        data[0] = (byte) new int[] {0x6a, 0x6b, 0x6c, 0x6d, 0x7e}[random.nextInt(5)];
        data[1] = (byte) (data.length - 2);
        data[2] = 0x30;
        data[3] = (byte) (data.length - 4);
      }
      frames.add(
          WireMaker.ethernet(
              0x800, WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, WireMaker.udp(4000, port, data))));
    }
    byte[] icmp = WireMaker.icmp(random.nextInt(20), random.nextInt(20), bytes);
    frames.add(WireMaker.ethernet(0x800, WireMaker.ipv4("10.0.0.1", "10.0.0.2", 1, icmp)));
    listen(frames);
  }
}
