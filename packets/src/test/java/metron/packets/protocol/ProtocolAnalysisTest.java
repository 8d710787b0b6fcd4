package metron.packets.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import metron.event.json.EventJson;
import metron.packets.Conversation;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.WireMaker;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.flow.FlowLimits;
import metron.packets.stream.StreamLimits;
import org.junit.jupiter.api.Test;

class ProtocolAnalysisTest {
  private static String text(Overheard heard, String file) {
    byte[] bytes = heard.files.get(file);
    assertThat(bytes).as(file + " among " + heard.files.keySet()).isNotNull();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.toByteArray();
  }

  private static byte[] udp(int from, int to, byte[] data) {
    return WireMaker.ethernet(
        0x800, WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, WireMaker.udp(from, to, data)));
  }

  @Test
  void httpResponsesFindTheirRequests() {
    Overheard heard =
        Overheard.of(
            new Conversation(4000, 8123)
                .client("GET /a/one.txt HTTP/1.1\r\nHost: x\r\n\r\n")
                .client("HEAD /two HTTP/1.1\r\nHost: x\r\nUser-Agent: t\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\n")
                .server("hel")
                .server("loHTTP/1.1 404 No\r\nContent-Length: 99\r\n\r\n")
                .end());
    List<Finding.HttpResponse> answers = heard.all(Finding.HttpResponse.class);
    assertThat(answers).extracting(Finding.HttpResponse::code).containsExactly("200", "404");
    assertThat(answers.get(0).request().uri()).isEqualTo("/a/one.txt");
    assertThat(answers.get(1).request().method()).isEqualTo("HEAD");
    assertThat(answers.get(1).wholeness()).isEqualTo(Finding.Wholeness.WHOLE);
    assertThat(text(heard, "http one.txt")).isEqualTo("hello");
  }

  @Test
  void httpBodiesAreUnpackedAndUnchunked() throws IOException {
    byte[] packed = gzip("a text that is packed");
    Conversation talk =
        new Conversation(4000, 80)
            .client("GET /p HTTP/1.1\r\n\r\n")
            .server(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
            .server("3;x=y\r\n")
            .say(1, Arrays.copyOf(packed, 3))
            .server("\r\n" + Integer.toHexString(packed.length - 3) + "\r\n")
            .say(1, Arrays.copyOfRange(packed, 3, packed.length))
            .server("\r\n0\r\n\r\n");
    Overheard heard = Overheard.of(talk.end());
    assertThat(text(heard, "http p")).isEqualTo("a text that is packed");
    assertThat(heard.one(Finding.HttpResponse.class).bodyBytes()).isEqualTo(packed.length);
  }

  @Test
  void httpBodiesWithoutLengthEndWithTheConnection() {
    Overheard heard =
        Overheard.of(
            new Conversation(4000, 80)
                .client("POST /up HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc")
                .server("HTTP/1.0 200 OK\r\n\r\nall of it")
                .end());
    assertThat(heard.all(Finding.CarvedFile.class)).hasSize(2);
    assertThat(text(heard, "http up")).isEqualTo("all of it");
    assertThat(heard.one(Finding.HttpResponse.class).wholeness())
        .isEqualTo(Finding.Wholeness.CLOSED);
    assertThat(heard.one(Finding.HttpRequest.class).bodyBytes()).isEqualTo(3);
  }

  @Test
  void whatTheCaptureLacksIsNamedAndReadingGoesOn() {
    Conversation talk =
        new Conversation(4000, 80)
            .client("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            .lose(1, 4)
            .server("hij")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    Overheard heard = Overheard.of(talk.end());
    assertThat(heard.all(Finding.HttpResponse.class))
        .extracting(Finding.HttpResponse::wholeness)
        .containsExactly(Finding.Wholeness.LOST, Finding.Wholeness.WHOLE);
    assertThat(heard.files.keySet()).containsExactly("http a partial", "http b");
  }

  @Test
  void mailsAndTheirAttachmentsAreRead() {
    String attachment =
        Base64.getMimeEncoder().encodeToString("MZ something".getBytes(StandardCharsets.US_ASCII));
    Overheard heard =
        Overheard.of(
            new Conversation(4000, 25)
                .server("220 mail\r\n")
                .client("EHLO me\r\n")
                .server("250-mail\r\n250 SIZE\r\n")
                .client("MAIL FROM:<a@b>\r\n")
                .server("250 ok\r\n")
                .client("RCPT TO:<c@d>\r\n")
                .server("250 ok\r\n")
                .client("DATA\r\n")
                .server("354 go\r\n")
                .client(
                    "From: A <a@b>\r\nTo: c@d\r\nSubject: two\r\n words\r\nMessage-ID: <1@b>\r\n"
                        + "Content-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\n\r\nhi\r\n"
                        + "--q\r\nContent-Disposition: attachment; filename=\"run.exe\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n"
                        + attachment
                        + "\r\n--q--\r\n..end\r\n.\r\n")
                .server("250 queued\r\n")
                .client("QUIT\r\n")
                .end());
    Finding.Mail mail = heard.one(Finding.Mail.class);
    assertThat(mail.from()).isEqualTo("A <a@b>");
    assertThat(mail.subject()).isEqualTo("two words");
    assertThat(text(heard, "smtp run.exe")).isEqualTo("MZ something");
    assertThat(text(heard, "imf two words.eml")).endsWith("--q--\r\n.end\r\n");
    assertThat(heard.all(Finding.SmtpCommand.class))
        .extracting(Finding.SmtpCommand::command)
        .containsExactly("EHLO", "MAIL", "RCPT", "DATA", "QUIT");
  }

  @Test
  void ftpFilesAreFoundOnTheirDataConnection() {
    Conversation control =
        new Conversation(4000, 21)
            .server("220 ftp\r\n")
            .client("USER u\r\n")
            .server("331 password\r\n")
            .client("PASV\r\n")
            .server("227 Entering (10,0,0,2,200,10)\r\n")
            .client("RETR /dir/report.pdf\r\n")
            .server("150 coming\r\n");
    List<byte[]> controlPackets = control.end();
    List<byte[]> data = new Conversation(4001, 200 * 256 + 10).server("the file's bytes").end();
    List<byte[]> all = new ArrayList<>(controlPackets.subList(0, 10));
    all.addAll(data);
    Overheard heard = Overheard.of(all);
    assertThat(text(heard, "ftp-data report.pdf")).isEqualTo("the file's bytes");
    assertThat(heard.all(Finding.FtpReply.class))
        .extracting(Finding.FtpReply::code)
        .containsExactly(220, 331, 227, 150);
  }

  @Test
  void sshKeyExchangesHaveTheirHassh() {
    byte[] kex = new byte[0];
    String[] lists = {"k1,k2", "rsa", "c1", "c2", "m1", "m2", "none", "zlib", "", ""};
    for (String list : lists) {
      kex =
          WireMaker.join(
              kex,
              new byte[] {0, 0, 0, (byte) list.length()},
              list.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] body = WireMaker.join(new byte[] {20}, new byte[16], kex, new byte[5], new byte[4]);
    byte[] packet = WireMaker.join(new byte[] {0, 0, 0, (byte) (body.length + 1), 4}, body);
    Overheard heard =
        Overheard.of(
            new Conversation(4000, 2222)
                .server("hello\r\nSSH-2.0-server\r\n")
                .client("SSH-2.0-client\r\n")
                .say(1, packet)
                .say(0, packet)
                .end());
    assertThat(heard.all(Finding.SshBanner.class))
        .extracting(Finding.SshBanner::text)
        .contains("SSH-2.0-client");
    assertThat(heard.all(Finding.SshKeyExchange.class))
        .extracting(Finding.SshKeyExchange::algorithms)
        .contains("k1,k2;c1;m1;none");
  }

  @Test
  void dnsNamesThatPointAtThemselvesEnd() {
    byte[] loop = WireMaker.hex("0001 0100 0001 0000 0000 0000 c00c 0001 0001");
    assertThat(Overheard.of(List.of(udp(4000, 53, loop))).all(Finding.Dns.class)).isEmpty();
    byte[] good =
        WireMaker.hex(
            "0001 8180 0001 0001 0000 0000 03777777 0265 78 00 0001 0001"
                + "c00c 0001 0001 0000003c 0004 c0000201");
    Finding.Dns dns = Overheard.of(List.of(udp(53, 4000, good))).one(Finding.Dns.class);
    assertThat(dns.questions().getFirst().name()).isEqualTo("www.ex");
    assertThat(dns.records().getFirst().name()).isEqualTo("www.ex");
    assertThat(dns.records().getFirst().data()).isEqualTo("192.0.2.1");
  }

  @Test
  void dhcpNtpAndIcmpAreRead() {
    byte[] dhcp = new byte[260];
    dhcp[0] = 1;
    dhcp[1] = 1;
    dhcp[2] = 6;
    System.arraycopy(WireMaker.hex("020000000001"), 0, dhcp, 28, 6);
    System.arraycopy(WireMaker.hex("63825363 350101 0c02 6869 ff"), 0, dhcp, 236, 12);
    byte[] ntp = new byte[48];
    ntp[0] = 0x23;
    Overheard heard =
        Overheard.of(
            List.of(
                udp(68, 67, dhcp),
                udp(123, 123, ntp),
                WireMaker.ethernet(
                    0x800,
                    WireMaker.ipv4("10.0.0.1", "10.0.0.2", 1, WireMaker.icmp(8, 0, new byte[8])))));
    assertThat(heard.one(Finding.Dhcp.class).hostName()).isEqualTo("hi");
    assertThat(heard.one(Finding.Dhcp.class).clientAddress()).isEqualTo("02-00-00-00-00-01");
    assertThat(heard.one(Finding.Ntp.class).version()).isEqualTo(4);
    assertThat(heard.one(Finding.Icmp.class).type()).isEqualTo(8);
  }

  @Test
  void kerberosRequestsNameClientAndService() {
    // AS-REQ for alice@EX, service krbtgt/EX, encryption types 18 and 23.
    byte[] names =
        WireMaker.hex(
            "a1 12 30 10 a0 03 02 01 01 a1 09 30 07 1b 05 61 6c 69 63 65"
                + "a2 04 1b 02 45 58"
                + "a3 17 30 15 a0 03 02 01 02 a1 0e 30 0c 1b 06 6b 72 62 74 67 74 1b 02 45 58"
                + "a8 08 30 06 02 01 12 02 01 17");
    byte[] message =
        WireMaker.join(
            new byte[] {0x6a, (byte) (names.length + 16), 0x30, (byte) (names.length + 14)},
            WireMaker.hex("a1 03 02 01 05 a2 03 02 01 0a"),
            new byte[] {(byte) 0xa4, (byte) (names.length + 2), 0x30, (byte) names.length},
            names);
    Finding.Kerberos found =
        Overheard.of(List.of(udp(4000, 88, message))).one(Finding.Kerberos.class);
    assertThat(found.type()).isEqualTo("AS-REQ");
    assertThat(found.client()).isEqualTo("alice");
    assertThat(found.realm()).isEqualTo("EX");
    assertThat(found.service()).isEqualTo("krbtgt/EX");
    assertThat(found.encryption()).containsExactly(18, 23);
  }

  @Test
  void eventsJoinRequestAndResponseAndKeepPasswords() {
    List<String> lines = new ArrayList<>();
    ProtocolEvents told = new ProtocolEvents(event -> lines.add(EventJson.write(event)), true);
    TrafficAnalysis analysis =
        new TrafficAnalysis(
            FlowLimits.DEFAULT,
            StreamLimits.DEFAULT,
            new ProtocolAnalysis(told, told, FileSink.HASHES));
    List<byte[]> frames = new ArrayList<>();
    frames.addAll(
        new Conversation(4000, 80)
            .client("GET /x?q=1 HTTP/1.1\r\nHost: shop.example:80\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .end());
    frames.addAll(
        new Conversation(4001, 21)
            .server("220 ftp\r\n")
            .client("PASS hunter2\r\n")
            .server("530 no\r\n")
            .end());
    long n = 0;
    for (byte[] frame : frames) {
      n++;
      analysis.accept(
          new Packet().set(frame, 0, frame.length, frame.length, n, 0, LinkType.ETHERNET), n);
    }
    analysis.finish();
    assertThat(lines)
        .anyMatch(
            l ->
                l.contains("\"url.domain\":\"shop.example\"")
                    && l.contains("\"http.response.status_code\":200")
                    && l.contains("\"network.community_id\":\"1:"));
    assertThat(lines).anyMatch(l -> l.contains("\"ftp.command\":\"PASS\"") && l.contains(":530"));
    assertThat(lines).noneMatch(l -> l.contains("hunter2"));
    assertThat(lines).filteredOn(l -> l.contains("\"event.dataset\":\"flow\"")).hasSize(2);
  }
}
