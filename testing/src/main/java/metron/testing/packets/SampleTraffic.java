package metron.testing.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.file.PcapWriter;

/// Conversations in every protocol that is read, one of each, and mixes of them.
public final class SampleTraffic {
  private static final int CLIENT = 0x0a000001;
  private static final int SERVER = 0xc0000208;

  private SampleTraffic() {}

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(ascii(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// A TLS 1.2 client hello for this name, as a record.
  public static byte[] clientHello(String name) {
    byte[] host = ascii(name);
    byte[] serverName =
        join(
            hex("0000"),
            two(host.length + 5),
            two(host.length + 3),
            hex("00"),
            two(host.length),
            host);
    byte[] extensions =
        join(
            serverName,
            hex("000a 0006 0004 001d 0017 000b 0002 0100"),
            hex(
                "000d 0006 0004 0403 0804 0010 0005 0003 02 6832 002b 0005 04 0304 0303 0017 0000"));
    byte[] body =
        join(
            hex("0303"),
            new byte[32],
            hex("00 0006 1301 c02f 0035 01 00"),
            two(extensions.length),
            extensions);
    byte[] message = join(hex("0100"), two(body.length), body);
    return join(hex("160301"), two(message.length), message);
  }

  private static byte[] serverHello() {
    byte[] body = join(hex("0303"), new byte[32], hex("00 c02f 00 0009 ff01 0001 00 0017 0000"));
    byte[] message = join(hex("0200"), two(body.length), body);
    byte[] certificate =
        hex(
            "30 24 30 18 02 01 01 30 00 30 00 30 06 17 00 17 00 30 00 30 00 30 00 a3 04 30 02 30 00"
                + "30 02 05 00 03 04 00 00 00 00");
    byte[] chain =
        join(
            hex("0b00"),
            two(certificate.length + 6),
            hex("00"),
            two(certificate.length + 3),
            hex("00"),
            two(certificate.length),
            certificate);
    return join(
        hex("160303"),
        two(message.length),
        message,
        hex("160303"),
        two(chain.length),
        chain,
        hex("140303 0001 01 170303 0008 0102030405060708"));
  }

  private static byte[] two(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private static byte[] sshKeys() {
    byte[] lists = new byte[0];
    for (String list :
        new String[] {"curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr"}) {
      lists = join(lists, hex("0000"), two(list.length()), ascii(list));
    }
    for (String list : new String[] {"hmac-sha2-256", "hmac-sha2-256", "none", "none", "", ""}) {
      lists = join(lists, hex("0000"), two(list.length()), ascii(list));
    }
    byte[] body = join(hex("0414"), new byte[16], lists, new byte[9]);
    return join(hex("0000"), two(body.length), body);
  }

  private static byte[] smb(int command, boolean answer, byte[] body) {
    byte[] header = new byte[64];
    System.arraycopy(hex("fe534d42 4000"), 0, header, 0, 6);
    header[12] = (byte) command;
    header[16] = (byte) (answer ? 1 : 0);
    header[24] = (byte) command;
    return join(hex("0000"), two(64 + body.length), header, body);
  }

  private static byte[] dns(boolean answer) {
    byte[] question = hex("03777777 076578616d706c65 03636f6d 00 0001 0001");
    return answer
        ? join(
            hex("0001 8180 0001 0002 0000 0000"),
            question,
            hex("c00c 0005 0001 0000003c 0006 03667470 c010"),
            hex("c02d 0001 0001 0000003c 0004 c0000208"))
        : join(hex("0001 0100 0001 0000 0000 0000"), question);
  }

  /// One conversation in each protocol.
  public static List<List<byte[]>> conversations() {
    List<List<byte[]>> all = new ArrayList<>();
    byte[] packed = gzip("a page ".repeat(100));
    all.add(
        Talk.tcp(CLIENT, SERVER, 4000, 80)
            .client("GET /a HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: t\r\n\r\n")
            .server(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
            .server(Integer.toHexString(packed.length) + "\r\n")
            .say(1, packed)
            .server("\r\n0\r\n\r\n")
            .client("POST /b HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcd")
            .server("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
            .closed());
    all.add(
        Talk.tcp(CLIENT, SERVER, 4001, 443)
            .say(0, clientHello("www.example.com"))
            .say(1, serverHello())
            .closed());
    all.add(
        Talk.tcp(CLIENT, SERVER, 4002, 22)
            .server("SSH-2.0-OpenSSH_9.9\r\n")
            .client("SSH-2.0-OpenSSH_9.8\r\n")
            .say(1, sshKeys())
            .say(0, sshKeys())
            .closed());
    all.add(
        Talk.tcp(CLIENT, SERVER, 4003, 25)
            .server("220 mail\r\n")
            .client("EHLO me\r\n")
            .server("250 ok\r\n")
            .client("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n")
            .server("250 ok\r\n250 ok\r\n354 go\r\n")
            .client(
                "From: a@example.com\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=\"q\""
                    + "\r\n\r\n--q\r\nContent-Disposition: attachment; filename=\"a.exe\"\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAEAAAA\r\n--q\r\n"
                    + "Content-Type: text/plain; name=b\r\nContent-Transfer-Encoding:"
                    + " quoted-printable\r\n\r\n=41=\r\nb\r\n--q--\r\n.\r\n")
            .server("250 queued\r\n")
            .closed());
    all.add(
        Talk.tcp(CLIENT, SERVER, 4004, 21)
            .server("220-ftp\r\n220 x\r\n")
            .client("USER u\r\n")
            .server("331 p\r\n")
            .client("EPSV\r\n")
            .server("229 Entering (|||50001|)\r\n")
            .client("RETR f.bin\r\n")
            .server("150 ok\r\n")
            .frames());
    all.getLast().addAll(Talk.tcp(CLIENT, SERVER, 4005, 50_001).server("contents").closed());
    byte[] name = "f.doc".getBytes(StandardCharsets.UTF_16LE);
    byte[] create = new byte[56];
    create[44] = 120;
    create[46] = (byte) name.length;
    byte[] created = new byte[88];
    created[48] = 6;
    created[64] = 1;
    byte[] read = new byte[48];
    read[16] = 1;
    read[4] = 6;
    byte[] contents = join(hex("1100 5000 06000000 00000000 00000000"), ascii("abcdef"));
    byte[] close = new byte[24];
    close[8] = 1;
    all.add(
        Talk.tcp(CLIENT, SERVER, 4006, 445)
            .say(0, smb(5, false, join(create, name)))
            .say(1, smb(5, true, created))
            .say(0, smb(8, false, read))
            .say(1, smb(8, true, contents))
            .say(0, smb(6, false, close))
            .closed());
    byte[] query = dns(false);
    all.add(
        Talk.tcp(CLIENT, SERVER, 4007, 53)
            .say(0, join(two(query.length), query))
            .say(1, join(two(dns(true).length), dns(true)))
            .closed());
    all.add(Talk.udp(CLIENT, SERVER, 4008, 53).datagram(0, query).datagram(1, dns(true)).frames());
    byte[] dhcp = new byte[260];
    dhcp[0] = 1;
    dhcp[2] = 6;
    byte[] options = hex("63825363 350101 0c04 686f7374 3204 0a000005 ff");
    System.arraycopy(options, 0, dhcp, 236, options.length);
    all.add(Talk.udp(CLIENT, SERVER, 68, 67).datagram(0, dhcp).frames());
    byte[] ntp = new byte[48];
    ntp[0] = 0x24;
    ntp[1] = 2;
    all.add(Talk.udp(CLIENT, SERVER, 123, 123).datagram(0, ntp).frames());
    byte[] kerberos =
        hex(
            "6a 3a 30 38 a1 03 02 01 05 a2 03 02 01 0a a4 2c 30 2a"
                + "a1 12 30 10 a0 03 02 01 01 a1 09 30 07 1b 05 61 6c 69 63 65"
                + "a2 04 1b 02 45 58 a3 04 30 02 30 00 a8 08 30 06 02 01 12 02 01 17");
    all.add(Talk.udp(CLIENT, SERVER, 4009, 88).datagram(0, kerberos).frames());
    byte[] quic = new byte[1200];
    System.arraycopy(
        hex("c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11"), 0, quic, 0, 32);
    all.add(Talk.udp(CLIENT, SERVER, 4010, 443).datagram(0, quic).frames());
    byte[] inner = all.get(7).getFirst();
    byte[] quoted = Arrays.copyOfRange(inner, 14, inner.length);
    all.add(
        List.of(
            Talk.ethernet(
                0x800, Talk.ip(SERVER, CLIENT, 1, 0, join(hex("0303000000000000"), quoted))),
            Talk.ethernet(0x800, Talk.ip(CLIENT, SERVER, 47, 0, join(hex("00000800"), quoted))),
            Talk.ethernet(0x8100, join(hex("0007 0800"), quoted)),
            Talk.ethernet(0x8847, join(hex("00010140"), quoted))));
    byte[] whole = Arrays.copyOfRange(quoted, 20, quoted.length);
    all.add(
        List.of(
            Talk.ethernet(0x800, Talk.ip(CLIENT, SERVER, 17, 0x2000, Arrays.copyOf(whole, 24))),
            Talk.ethernet(
                0x800,
                Talk.ip(CLIENT, SERVER, 17, 3, Arrays.copyOfRange(whole, 24, whole.length)))));
    return all;
  }

  /// A classic capture of these frames, a microsecond apart.
  public static byte[] capture(List<byte[]> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PcapWriter writer = new PcapWriter(out, LinkType.ETHERNET, true);
      Packet packet = new Packet();
      long time = 1_767_225_600_000_000_000L;
      for (byte[] frame : frames) {
        time += 1000;
        writer.write(packet.set(frame, 0, frame.length, frame.length, time, 0, LinkType.ETHERNET));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// An office's mix: of ten conversations six are web pages of 2 to 60 KB, one is TLS with 40 KB of ciphertext, three are names.
  /// Sixty-four conversations run at a time, so that their packets are mixed.
  ///
  /// @param count about so many packets
  public static List<byte[]> mix(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> frames = new ArrayList<>(count + 200);
    List<List<byte[]>> running = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    int number = 0;
    while (frames.size() < count) {
      while (running.size() < 64) {
        running.add(conversation(random, number++));
        positions.add(0);
      }
      int which = random.nextInt(running.size());
      List<byte[]> one = running.get(which);
      int at = positions.get(which);
      int burst = Math.min(one.size(), at + 1 + random.nextInt(4));
      frames.addAll(one.subList(at, burst));
      positions.set(which, burst);
      if (burst == one.size()) {
        running.remove(which);
        positions.remove(which);
      }
    }
    return frames;
  }

  private static List<byte[]> conversation(Random random, int number) {
    int client = 0x0a000000 | random.nextInt(1 << 12);
    int server = 0xc6336400 | random.nextInt(200);
    int port = 10_000 + number % 50_000;
    int kind = number % 10;
    if (kind < 3) {
      return Talk.udp(client, server, port, 53)
          .datagram(0, dns(false))
          .datagram(1, dns(true))
          .frames();
    }
    if (kind == 3) {
      byte[] cipher = new byte[40_000];
      random.nextBytes(cipher);
      byte[] records = new byte[0];
      for (int at = 0; at < cipher.length; at += 8_000) {
        records =
            join(records, hex("170303"), two(8_000), Arrays.copyOfRange(cipher, at, at + 8_000));
      }
      return Talk.tcp(client, server, port, 443)
          .say(0, clientHello("host" + number + ".example.com"))
          .say(1, serverHello())
          .say(1, records)
          .closed();
    }
    byte[] page = new byte[2_000 + random.nextInt(58_000)];
    random.nextBytes(page);
    return Talk.tcp(client, server, port, 80)
        .client(
            "GET /page/"
                + number
                + " HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0"
                + " (X11; Linux x86_64)\r\nAccept: */*\r\n\r\n")
        .server(
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                + page.length
                + "\r\n\r\n")
        .say(1, page)
        .closed();
  }
}
