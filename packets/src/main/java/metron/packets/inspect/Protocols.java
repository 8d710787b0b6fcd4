package metron.packets.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import metron.packets.carve.FileNames;
import metron.packets.decode.DecodedPacket;
import metron.packets.flow.Flow;
import metron.packets.protocol.Finding;
import metron.packets.protocol.FindingListener;

/// What was said in a capture, protocol by protocol, in the rows that a dissector gives: one for each packet that completes a
/// message; several messages of a packet are one row with lists. Messages that the capture lacks a part of are no rows.
final class Protocols implements FindingListener {
  private static final int MOST_ROWS = 100_000;

  private record Row(long frame, Map<String, List<String>> values) {}

  private record Asked(String name, int type) {}

  private record Carved(Finding.CarvedFile file, long frame) {}

  private final Set<Long> dnsFrames = new HashSet<>();
  private final Set<Long> dnsTcpFrames = new HashSet<>();
  private final Map<Asked, Long> queries =
      new TreeMap<>(Comparator.comparing(Asked::name).thenComparingInt(Asked::type));
  private long dnsResponses;
  private final Map<String, Long> responseCodes = new TreeMap<>();
  private final Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
  private final List<Row> requests = new ArrayList<>();
  private final List<Row> responses = new ArrayList<>();
  private final List<Row> clientHellos = new ArrayList<>();
  private final List<Row> serverHellos = new ArrayList<>();
  private final List<Row> certificates = new ArrayList<>();
  private final Set<String> banners = new TreeSet<>();
  private final Set<String> hassh = new TreeSet<>();
  private final Set<String> hasshServer = new TreeSet<>();
  private final List<Row> smtp = new ArrayList<>();
  private final List<Finding.Mail> mails = new ArrayList<>();
  private final List<Row> ftp = new ArrayList<>();
  private final Map<String, Long> ftpReplies = new TreeMap<>();
  private final Set<String> smbNames = new TreeSet<>();
  private final Map<String, Long> icmp = new TreeMap<>();
  private final Map<String, Long> dhcp = new TreeMap<>();
  private final List<Carved> carved = new ArrayList<>();

  @Override
  public void found(Flow flow, int side, long frame, long time, Finding finding) {
    switch (finding) {
      case Finding.Dns dns -> dns(flow, frame, dns);
      case Finding.HttpRequest request -> {
        if (request.wholeness() != Finding.Wholeness.LOST) {
          Map<String, List<String>> row = row(requests, frame);
          add(row, "method", request.method());
          add(row, "host", request.host());
          add(row, "uri", request.uri());
          add(row, "version", request.version());
          add(row, "user_agent", request.userAgent());
          add(row, "referer", request.referer());
        }
      }
      case Finding.HttpResponse response -> {
        if (response.wholeness() != Finding.Wholeness.LOST) {
          Map<String, List<String>> row = row(responses, frame);
          add(row, "code", response.code());
          add(row, "server", response.server());
          add(row, "content_type", response.contentType());
          add(row, "content_length", response.contentLength());
        }
      }
      case Finding.TlsClientHello hello -> {
        Map<String, List<String>> row = row(clientHellos, frame);
        add(row, "quic", Boolean.toString(hello.quic()));
        add(row, "sni", hello.serverName());
        add(row, "version", "0x%04x".formatted(hello.version()));
        add(row, "ja3", hello.ja3());
        add(row, "ja4", hello.ja4());
        add(row, "ja4_r", hello.ja4Raw());
        add(row, "dtls_ja4", "");
        List<String> protocols = row.computeIfAbsent("alpn", _ -> new ArrayList<>());
        protocols.addAll(hello.alpn());
      }
      case Finding.TlsServerHello hello -> {
        Map<String, List<String>> row = row(serverHellos, frame);
        add(row, "quic", Boolean.toString(hello.quic()));
        add(row, "ja3s", hello.ja3s());
        add(row, "cipher", "0x%04x".formatted(hello.cipher()));
        add(row, "version", "0x%04x".formatted(hello.version()));
      }
      case Finding.TlsCertificates chain -> {
        Map<String, List<String>> row = row(certificates, frame);
        chain.chain().forEach(certificate -> add(row, "der_sha256", certificate.sha256()));
      }
      case Finding.SshBanner banner -> banners.add(banner.text());
      case Finding.SshKeyExchange keys -> (keys.client() ? hassh : hasshServer).add(keys.hassh());
      case Finding.SmtpCommand command -> {
        Map<String, List<String>> row = row(smtp, frame);
        add(row, "command", command.command());
        add(row, "argument", command.argument());
      }
      case Finding.Mail mail -> mails.add(mail);
      case Finding.FtpCommand command -> {
        Map<String, List<String>> row = row(ftp, frame);
        add(row, "command", command.command());
        add(row, "argument", command.argument());
      }
      case Finding.FtpReply reply ->
          ftpReplies.merge(Integer.toString(reply.code()), 1L, Long::sum);
      case Finding.SmbName name -> {
        if (!name.operation().equals("tree_connect")) {
          smbNames.add(name.name());
        }
      }
      case Finding.Icmp message -> {
        if (message.quoted() instanceof Finding.Dns quoted) {
          // A dissector reads on in what an error quotes.
          quotedDns(frame, quoted);
        }
        icmp.merge(
            (flow.protocol() == DecodedPacket.ICMP ? "icmp " : "icmpv6 ")
                + message.type()
                + "/"
                + message.code(),
            1L,
            Long::sum);
      }
      case Finding.Dhcp message -> dhcp.merge(message.type(), 1L, Long::sum);
      case Finding.CarvedFile file -> {
        if (file.protocol().equals("smb")) {
          smbNames.add(file.name());
        }
        boolean again =
            file.protocol().equals("ftp-data")
                && carved.stream()
                    .anyMatch(
                        c ->
                            c.file().sha256().equals(file.sha256())
                                && c.file().name().equals(file.name()));
        // The same file fetched again in another mode of FTP is one file to others.
        if (!again
            && file.whole()
            && !file.protocol().equals("smtp")
            && carved.size() < MOST_ROWS) {
          carved.add(new Carved(file, frame));
        }
      }
      case Finding.SmtpReply _ -> {}
      case Finding.Ntp _ -> {}
      case Finding.Kerberos _ -> {}
    }
  }

  private void dns(Flow flow, long frame, Finding.Dns dns) {
    if (flow.port(0) != 53 && flow.port(1) != 53) {
      // Multicast DNS and LLMNR are protocols of their own to others.
      return;
    }
    if (dns.tcp()) {
      dnsTcpFrames.add(frame);
    }
    quotedDns(frame, dns);
  }

  private void quotedDns(long frame, Finding.Dns dns) {
    dnsFrames.add(frame);
    if (!dns.isResponse()) {
      for (Finding.Question question : dns.questions()) {
        queries.merge(new Asked(question.name(), question.type()), 1L, Long::sum);
      }
      return;
    }
    dnsResponses++;
    responseCodes.merge(Integer.toString(dns.responseCode()), 1L, Long::sum);
    for (Finding.Resource resource : dns.records()) {
      String type =
          switch (resource.type()) {
            case 1 -> "A";
            case 2 -> "NS";
            case 5 -> "CNAME";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 28 -> "AAAA";
            default -> "";
          };
      if (!type.isEmpty()) {
        String data = resource.data();
        String shown = type.equals("MX") ? data.substring(data.indexOf(' ') + 1) : data;
        answers.computeIfAbsent(type, _ -> new TreeMap<>()).merge(shown, 1L, Long::sum);
      }
    }
  }

  private static Map<String, List<String>> row(List<Row> rows, long frame) {
    if (!rows.isEmpty() && rows.getLast().frame() == frame) {
      return rows.getLast().values();
    }
    Row row = new Row(frame, new LinkedHashMap<>());
    if (rows.size() < MOST_ROWS) {
      rows.add(row);
    }
    return row.values();
  }

  private static void add(Map<String, List<String>> row, String key, String value) {
    List<String> values = row.computeIfAbsent(key, _ -> new ArrayList<>());
    if (!value.isEmpty()) {
      values.add(value);
    }
  }

  void write(JsonText json) {
    json.key("protocols").object();
    if (!dnsFrames.isEmpty()) {
      json.key("dns").object().put("frames", dnsFrames.size());
      json.put("over_tcp", dnsTcpFrames.size()).key("queries").array();
      queries.forEach(
          (asked, count) ->
              json.object()
                  .put("name", asked.name())
                  .put("type", asked.type())
                  .put("count", count)
                  .endObject());
      json.endArray().put("responses", dnsResponses);
      counts(json, "rcodes", responseCodes);
      json.key("answers").object();
      answers.forEach((type, values) -> counts(json, type, values));
      json.endObject().endObject();
    }
    if (!requests.isEmpty() || !responses.isEmpty()) {
      json.key("http").object();
      rows(json, "requests", requests);
      json.put("requests_total", requests.size());
      rows(json, "responses", responses);
      json.put("responses_total", responses.size()).endObject();
    }
    lists(json, "tls_client_hellos", clientHellos);
    lists(json, "tls_server_hellos", serverHellos);
    lists(json, "tls_certificates", certificates);
    if (!banners.isEmpty()) {
      json.key("ssh").object();
      texts(json, "banners", banners);
      texts(json, "hassh", hassh);
      texts(json, "hassh_server", hasshServer);
      json.endObject();
    }
    if (!smtp.isEmpty()) {
      json.key("smtp").object();
      commands(json, smtp);
      json.endObject();
    }
    if (!mails.isEmpty()) {
      json.key("email").array();
      for (Finding.Mail mail : mails) {
        json.object().put("from", mail.from()).put("to", mail.to());
        json.put("subject", mail.subject()).put("message_id", mail.messageId()).endObject();
      }
      json.endArray();
    }
    if (!ftp.isEmpty() || !ftpReplies.isEmpty()) {
      json.key("ftp").object();
      commands(json, ftp);
      counts(json, "replies", ftpReplies);
      json.endObject();
    }
    if (!dhcp.isEmpty()) {
      counts(json, "dhcp", dhcp);
    }
    if (!smbNames.isEmpty()) {
      json.key("smb").object().key("filenames").array();
      // Other tools write a backslash twice.
      smbNames.forEach(name -> json.value(name.replace("\\", "\\\\")));
      json.endArray().endObject();
    }
    if (!icmp.isEmpty()) {
      counts(json, "icmp", icmp);
    }
    json.endObject();
  }

  void writeFiles(JsonText json) {
    Map<String, List<Carved>> named = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    for (Carved one : carved) {
      String protocol = one.file().protocol();
      String name = "";
      for (int count = 0; count < 1000; count++) {
        name = FileNames.safe(one.file().name(), count);
        if (taken.add(protocol + "/" + name)) {
          break;
        }
      }
      named.computeIfAbsent(protocol + "/" + name, _ -> new ArrayList<>()).add(one);
    }
    json.key("extracted_files").array();
    for (String protocol : List.of("http", "smb", "tftp", "imf", "ftp-data")) {
      named.forEach(
          (name, files) -> {
            if (name.startsWith(protocol + "/")) {
              Finding.CarvedFile file = files.getFirst().file();
              json.object().put("protocol", protocol);
              json.put("name", name.substring(protocol.length() + 1));
              json.put("bytes", file.size()).put("sha256", file.sha256()).endObject();
            }
          });
    }
    json.endArray();
  }

  private static void counts(JsonText json, String key, Map<String, Long> values) {
    json.key(key).object();
    values.forEach(json::put);
    json.endObject();
  }

  private static void texts(JsonText json, String key, Iterable<String> values) {
    json.key(key).array();
    values.forEach(json::value);
    json.endArray();
  }

  /// One text each, or a list where a packet had several.
  private static void rows(JsonText json, String key, List<Row> rows) {
    json.key(key).array();
    for (Row row : rows) {
      json.object();
      row.values()
          .forEach(
              (name, values) -> {
                if (values.size() > 1) {
                  texts(json, name, values);
                } else {
                  json.put(name, values.isEmpty() ? "" : values.getFirst());
                }
              });
      json.endObject();
    }
    json.endArray();
  }

  private static void lists(JsonText json, String key, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    json.key(key).array();
    for (Row row : rows) {
      json.object().put("frame", row.frame());
      row.values()
          .forEach(
              (name, values) -> {
                if (name.equals("quic")) {
                  json.put(name, values.getFirst().equals("true"));
                } else {
                  texts(json, name, values);
                }
              });
      json.endObject();
    }
    json.endArray();
  }

  private static void commands(JsonText json, List<Row> rows) {
    json.key("commands").array();
    for (Row row : rows) {
      json.array();
      json.value(String.join("\u001f", row.values().getOrDefault("command", List.of())));
      json.value(String.join("\u001f", row.values().getOrDefault("argument", List.of())));
      json.endArray();
    }
    json.endArray();
  }
}
