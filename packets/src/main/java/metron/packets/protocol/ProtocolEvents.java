package metron.packets.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.flow.FlowEvents;
import metron.packets.flow.FlowListener;
import org.jspecify.annotations.Nullable;

/// Findings as ECS events, of the dataset of their protocol, with the Community ID of their flow: `dns` a message; `http` a request
/// with its response; `tls` and `ssh` a handshake; `smtp` a mail; `ftp` a command with its reply; `smb`, `dhcp`, `ntp`, `icmp`,
/// `kerberos` a message; `file` a carved file. Flows themselves are events when they end.
///
/// What waits for its second half is told when the flow ends; of at most 65,536 flows something waits, the oldest is told first.
/// Passwords are not told.
public final class ProtocolEvents implements FindingListener, FlowListener {
  private static final int MOST_WAITING = 65_536;
  private static final Field JA4 = text("tls.client.ja4", "JA4 fingerprint of the client");
  private static final Field FINGERPRINTS =
      list(
          "tls.server.chain_hashes",
          "SHA-256 of the certificates that the server sent, its own first");
  private static final Field HASSH = text("ssh.hassh", "HASSH of the client's key exchange");
  private static final Field HASSH_SERVER =
      text("ssh.hassh_server", "HASSH of the server's key exchange");
  private static final Field SSH_CLIENT = text("ssh.client", "Banner of the SSH client");
  private static final Field SSH_SERVER = text("ssh.server", "Banner of the SSH server");
  private static final Field SERVER_SOFTWARE =
      text("http.response.server", "Server as the response names it");
  private static final Field FTP_COMMAND = text("ftp.command", "FTP command");
  private static final Field FTP_ARGUMENT = text("ftp.argument", "Argument of the FTP command");
  private static final Field FTP_CODE = number("ftp.reply_code", "Code of the FTP server's reply");
  private static final Field FTP_TEXT = text("ftp.reply", "Text of the FTP server's reply");
  private static final Field SMTP_HELO = text("smtp.helo", "Name that the SMTP client gave itself");
  private static final Field SMTP_CODE = number("smtp.reply_code", "Code of the last SMTP reply");
  private static final Field SMTP_TLS =
      flag("smtp.starttls", "Whether the SMTP client asked for TLS");
  private static final Field SMB_OPERATION =
      text("smb.operation", "What was asked of the SMB server");
  private static final Field DHCP_TYPE = text("dhcp.type", "DHCP message type");
  private static final Field DHCP_REQUESTED = text("dhcp.requested_address", "Address asked for");
  private static final Field DHCP_ASSIGNED = text("dhcp.assigned_address", "Address given");
  private static final Field DHCP_VENDOR = text("dhcp.vendor_class", "Vendor class of the client");
  private static final Field NTP_MODE = number("ntp.mode", "Mode of the NTP message");
  private static final Field NTP_STRATUM =
      number("ntp.stratum", "Distance of the server from its clock");
  private static final Field NTP_REFERENCE =
      text("ntp.reference", "Where the server has its time from");
  private static final Field KERBEROS_TYPE = text("kerberos.type", "Kerberos message type");
  private static final Field KERBEROS_SERVICE =
      text("kerberos.service", "Service that a ticket is for");
  private static final Field KERBEROS_ETYPE =
      list("kerberos.encryption", "Encryption types offered or used");
  private static final Field KERBEROS_ERROR = number("kerberos.error", "Kerberos error code");
  private static final Field INCOMPLETE =
      flag("packets.incomplete", "Whether the capture lacks a part of the message");
  private static final Field FRAME =
      number("packets.frame", "Number of the packet that completed the message, from 1");
  private static final Field ICMP_TYPE = FieldCatalogue.get().field("metron.icmp.type");
  private static final Field ICMP_CODE = FieldCatalogue.get().field("metron.icmp.code");
  private static final Field ANSWER_NAME = FieldCatalogue.get().field("dns.answers.name");

  private static Field text(String name, String description) {
    return FieldCatalogue.get().registerSensorField(name, FieldType.STRING, false, description);
  }

  private static Field list(String name, String description) {
    return FieldCatalogue.get().registerSensorField(name, FieldType.STRING, true, description);
  }

  private static Field number(String name, String description) {
    return FieldCatalogue.get().registerSensorField(name, FieldType.LONG, false, description);
  }

  private static Field flag(String name, String description) {
    return FieldCatalogue.get().registerSensorField(name, FieldType.BOOLEAN, false, description);
  }

  private record Key(int protocol, long number) {}

  /// What is half told of one flow.
  private static final class Half {
    private @Nullable Event tls;
    private @Nullable Event ssh;
    private @Nullable Event ftp;
    private @Nullable Event smtp;
    private final List<Event> requests = new ArrayList<>(1);
    private int sshKeys;
    private String heloName = "";
    private boolean startTls;
  }

  private final Consumer<Event> sink;
  private final boolean flows;
  private final LinkedHashMap<Key, Half> halves = new LinkedHashMap<>();

  /// @param sink takes each event
  /// @param flows whether flows are events as well
  public ProtocolEvents(Consumer<Event> sink, boolean flows) {
    this.sink = sink;
    this.flows = flows;
  }

  private Half half(Flow flow) {
    Key key = new Key(flow.protocol(), flow.number());
    Half half = halves.get(key);
    if (half == null) {
      if (halves.size() >= MOST_WAITING) {
        Map.Entry<Key, Half> oldest = halves.pollFirstEntry();
        if (oldest != null) {
          tell(oldest.getValue());
        }
      }
      half = new Half();
      halves.put(key, half);
    }
    return half;
  }

  private void tell(Half half) {
    half.requests.forEach(sink);
    for (Event event : new Event[] {half.tls, half.ssh, half.ftp, half.smtp}) {
      if (event != null) {
        sink.accept(event);
      }
    }
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    Half half = halves.remove(new Key(flow.protocol(), flow.number()));
    if (half != null) {
      tell(half);
    }
    if (flows) {
      sink.accept(FlowEvents.event(flow, why));
    }
  }

  private static Event event(
      Flow flow, int from, long frame, long time, String dataset, String type) {
    Event event = new Event();
    event.setNanos(Ecs.TIMESTAMP, time == Flow.NONE ? 0 : time);
    event.set(Ecs.EVENT_KIND, "event");
    event.set(Ecs.EVENT_CATEGORY, List.of("network"));
    event.set(Ecs.EVENT_TYPE, List.of("protocol", type));
    event.set(Ecs.EVENT_DATASET, dataset);
    event.set(Ecs.NETWORK_PROTOCOL, dataset);
    FlowEvents.ends(flow, from, event);
    event.set(FRAME, frame);
    return event;
  }

  private static void put(Event event, Field field, String value) {
    if (!value.isEmpty()) {
      event.set(field, value);
    }
  }

  @Override
  public void found(Flow flow, int side, long frame, long time, Finding finding) {
    switch (finding) {
      case Finding.Dns dns -> dns(flow, side, frame, time, dns);
      case Finding.HttpRequest request -> {
        Event event = event(flow, 0, frame, time, "http", "connection");
        request(event, flow, request);
        List<Event> waiting = half(flow).requests;
        if (waiting.size() < 256) {
          waiting.add(event);
        } else {
          sink.accept(event);
        }
      }
      case Finding.HttpResponse response -> response(flow, frame, time, response);
      case Finding.TlsClientHello hello -> clientHello(flow, side, frame, time, hello);
      case Finding.TlsServerHello hello -> serverHello(flow, frame, time, hello);
      case Finding.TlsCertificates chain -> certificates(flow, side, frame, time, chain);
      case Finding.SshBanner banner -> {
        Event event = ssh(flow, frame, time);
        event.set(side == 0 ? SSH_CLIENT : SSH_SERVER, banner.text());
      }
      case Finding.SshKeyExchange keys -> {
        Event event = ssh(flow, frame, time);
        event.set(keys.client() ? HASSH : HASSH_SERVER, keys.hassh());
        Half half = half(flow);
        half.sshKeys |= keys.client() ? 1 : 2;
        if (half.sshKeys == 3) {
          half.ssh = null;
          sink.accept(event);
        }
      }
      case Finding.SmtpCommand command -> {
        Half half = half(flow);
        switch (command.command().toUpperCase(Locale.ROOT)) {
          case "EHLO", "HELO" -> half.heloName = command.argument();
          case "STARTTLS" -> half.startTls = true;
          default -> {}
        }
      }
      case Finding.SmtpReply reply -> {
        Event event = half(flow).smtp;
        if (event != null) {
          event.set(SMTP_CODE, (long) reply.code());
          half(flow).smtp = null;
          sink.accept(event);
        }
      }
      case Finding.Mail mail -> mail(flow, frame, time, mail);
      case Finding.FtpCommand command -> {
        Half half = half(flow);
        Event before = half.ftp;
        if (before != null) {
          sink.accept(before);
        }
        Event event = event(flow, 0, frame, time, "ftp", "connection");
        event.set(FTP_COMMAND, command.command());
        boolean secret = command.command().equalsIgnoreCase("PASS");
        put(event, FTP_ARGUMENT, secret ? "" : command.argument());
        if (command.command().equalsIgnoreCase("USER")) {
          put(event, Ecs.USER_NAME, command.argument());
        }
        half.ftp = event;
      }
      case Finding.FtpReply reply -> {
        Event event = half(flow).ftp;
        if (event != null && reply.code() >= 200) {
          event.set(FTP_CODE, (long) reply.code());
          put(event, FTP_TEXT, reply.text());
          event.set(Ecs.EVENT_OUTCOME, reply.code() < 400 ? "success" : "failure");
          half(flow).ftp = null;
          sink.accept(event);
        }
      }
      case Finding.SmbName name -> {
        Event event = event(flow, side, frame, time, "smb", "connection");
        event.set(SMB_OPERATION, name.operation());
        put(event, Ecs.FILE_PATH, name.name());
        put(event, Ecs.FILE_NAME, name.name().substring(name.name().lastIndexOf('\\') + 1));
        sink.accept(event);
      }
      case Finding.Icmp message -> {
        Event event = event(flow, side, frame, time, "icmp", "info");
        event.set(ICMP_TYPE, (long) message.type());
        event.set(ICMP_CODE, (long) message.code());
        sink.accept(event);
      }
      case Finding.Dhcp message -> dhcp(flow, side, frame, time, message);
      case Finding.Ntp message -> {
        Event event = event(flow, side, frame, time, "ntp", "info");
        event.set(NTP_MODE, (long) message.mode());
        event.set(NTP_STRATUM, (long) message.stratum());
        put(event, NTP_REFERENCE, message.reference());
        sink.accept(event);
      }
      case Finding.Kerberos message -> kerberos(flow, side, frame, time, message);
      case Finding.CarvedFile file -> file(flow, side, frame, time, file);
    }
  }

  private void dns(Flow flow, int side, long frame, long time, Finding.Dns dns) {
    Event event = event(flow, side, frame, time, "dns", dns.isResponse() ? "end" : "start");
    event.set(Ecs.DNS_ID, Integer.toString(dns.id()));
    event.set(Ecs.DNS_TYPE, dns.isResponse() ? "answer" : "query");
    List<String> flags = new ArrayList<>();
    int[] bits = {0x400, 0x200, 0x100, 0x80, 0x20, 0x10};
    String[] names = {"AA", "TC", "RD", "RA", "AD", "CD"};
    for (int i = 0; i < bits.length; i++) {
      if ((dns.flags() & bits[i]) != 0) {
        flags.add(names[i]);
      }
    }
    event.set(Ecs.DNS_HEADER_FLAGS, flags);
    if (!dns.questions().isEmpty()) {
      Finding.Question question = dns.questions().getFirst();
      put(event, Ecs.DNS_QUESTION_NAME, question.name());
      event.set(Ecs.DNS_QUESTION_TYPE, DnsMessages.typeName(question.type()));
      event.set(
          Ecs.DNS_QUESTION_CLASS,
          (question.inClass() & 0x7fff) == 1 ? "IN" : Integer.toString(question.inClass()));
    }
    if (dns.isResponse()) {
      event.set(Ecs.DNS_RESPONSE_CODE, DnsMessages.responseCodeName(dns.responseCode()));
      event.set(Ecs.EVENT_OUTCOME, dns.responseCode() == 0 ? "success" : "failure");
      for (Finding.Resource resource : dns.records()) {
        if (resource.section() != 1) {
          continue;
        }
        event.append(ANSWER_NAME, resource.name());
        event.append(Ecs.DNS_ANSWERS_TYPE, DnsMessages.typeName(resource.type()));
        event.append(Ecs.DNS_ANSWERS_DATA, resource.data());
        event.append(Ecs.DNS_ANSWERS_TTL, resource.ttl());
        if (resource.type() == 1 || resource.type() == 28) {
          IpAddress.parse(resource.data()).ifPresent(ip -> event.add(Ecs.DNS_RESOLVED_IP, ip));
        }
      }
    }
    sink.accept(event);
  }

  private static void request(Event event, Flow flow, Finding.HttpRequest request) {
    put(event, Ecs.HTTP_REQUEST_METHOD, request.method());
    put(event, Ecs.URL_ORIGINAL, request.uri());
    put(event, Ecs.USER_AGENT_ORIGINAL, request.userAgent());
    put(event, Ecs.HTTP_REQUEST_REFERRER, request.referer());
    put(event, Ecs.HTTP_VERSION, request.version().replace("HTTP/", ""));
    if (request.bodyBytes() > 0) {
      event.set(Ecs.HTTP_REQUEST_BODY_BYTES, request.bodyBytes());
    }
    String host = request.host();
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
    put(event, Ecs.URL_DOMAIN, colon < 0 ? host : host.substring(0, colon));
    event.set(Ecs.URL_PORT, (long) flow.port(1));
    event.set(Ecs.URL_SCHEME, "http");
    String uri = request.uri();
    if (uri.startsWith("/")) {
      int question = uri.indexOf('?');
      put(event, Ecs.URL_PATH, question < 0 ? uri : uri.substring(0, question));
      put(event, Ecs.URL_QUERY, question < 0 ? "" : uri.substring(question + 1));
      if (!host.isEmpty()) {
        event.set(Ecs.URL_FULL, "http://" + host + uri);
      }
    } else {
      put(event, Ecs.URL_FULL, uri);
    }
    if (request.wholeness() == Finding.Wholeness.LOST) {
      event.set(INCOMPLETE, true);
    }
  }

  private void response(Flow flow, long frame, long time, Finding.HttpResponse response) {
    List<Event> waiting = half(flow).requests;
    Event event;
    if (response.request() != null && !waiting.isEmpty()) {
      // 100 Continue is not yet the answer.
      event = response.code().startsWith("1") ? waiting.getFirst() : waiting.removeFirst();
    } else {
      event = event(flow, 0, frame, time, "http", "connection");
    }
    put(event, Ecs.HTTP_VERSION, response.version().replace("HTTP/", ""));
    int code = 0;
    for (int i = 0; i < response.code().length() && i < 3; i++) {
      int digit = Character.digit(response.code().charAt(i), 10);
      code = digit < 0 ? code : code * 10 + digit;
    }
    event.set(Ecs.HTTP_RESPONSE_STATUS_CODE, (long) code);
    event.set(Ecs.EVENT_OUTCOME, code < 400 ? "success" : "failure");
    int semicolon = response.contentType().indexOf(';');
    put(
        event,
        Ecs.HTTP_RESPONSE_MIME_TYPE,
        semicolon < 0
            ? response.contentType()
            : response.contentType().substring(0, semicolon).strip());
    put(event, SERVER_SOFTWARE, response.server());
    event.set(Ecs.HTTP_RESPONSE_BODY_BYTES, response.bodyBytes());
    if (response.wholeness() == Finding.Wholeness.LOST) {
      event.set(INCOMPLETE, true);
    }
    if (!response.code().startsWith("1") || response.request() == null) {
      sink.accept(event);
    }
  }

  private Event tls(Flow flow, long frame, long time) {
    Half half = half(flow);
    Event event = half.tls;
    if (event == null) {
      event = event(flow, 0, frame, time, "tls", "connection");
      half.tls = event;
    }
    return event;
  }

  private void clientHello(
      Flow flow, int side, long frame, long time, Finding.TlsClientHello hello) {
    if (hello.quic()) {
      Event event = event(flow, side, frame, time, "quic", "connection");
      client(event, hello);
      sink.accept(event);
      return;
    }
    client(tls(flow, frame, time), hello);
  }

  private static void client(Event event, Finding.TlsClientHello hello) {
    put(event, Ecs.TLS_CLIENT_SERVER_NAME, hello.serverName());
    put(event, Ecs.DESTINATION_DOMAIN, hello.serverName());
    event.set(Ecs.TLS_CLIENT_JA3, hello.ja3());
    event.set(JA4, hello.ja4());
    if (!hello.alpn().isEmpty()) {
      event.set(Ecs.TLS_NEXT_PROTOCOL, hello.alpn().getFirst());
    }
  }

  private void serverHello(Flow flow, long frame, long time, Finding.TlsServerHello hello) {
    Event event = tls(flow, frame, time);
    event.set(Ecs.TLS_SERVER_JA3S, hello.ja3s());
    event.set(Ecs.TLS_CIPHER, "0x%04x".formatted(hello.cipher()));
    event.set(
        Ecs.TLS_VERSION,
        switch (hello.negotiated()) {
          case 0x0304 -> "1.3";
          case 0x0303 -> "1.2";
          case 0x0302 -> "1.1";
          case 0x0301 -> "1.0";
          case 0x0300 -> "3.0";
          default -> "0x%04x".formatted(hello.negotiated());
        });
    put(event, Ecs.TLS_NEXT_PROTOCOL, hello.alpn());
    if (hello.negotiated() >= 0x0304) {
      // What follows is encrypted, the certificates too.
      half(flow).tls = null;
      sink.accept(event);
    }
  }

  private void certificates(
      Flow flow, int side, long frame, long time, Finding.TlsCertificates chain) {
    if (side != 1) {
      return;
    }
    Event event = tls(flow, frame, time);
    Finding.Certificate own = chain.chain().getFirst();
    event.set(Ecs.TLS_SERVER_HASH_SHA256, own.sha256());
    event.set(Ecs.TLS_SERVER_HASH_SHA1, own.sha1());
    put(event, Ecs.TLS_SERVER_SUBJECT, own.subject());
    put(event, Ecs.TLS_SERVER_ISSUER, own.issuer());
    if (own.notBefore() != Long.MIN_VALUE) {
      event.setNanos(Ecs.TLS_SERVER_NOT_BEFORE, own.notBefore());
    }
    if (own.notAfter() != Long.MIN_VALUE) {
      event.setNanos(Ecs.TLS_SERVER_NOT_AFTER, own.notAfter());
    }
    event.set(FINGERPRINTS, chain.chain().stream().map(Finding.Certificate::sha256).toList());
    half(flow).tls = null;
    sink.accept(event);
  }

  private Event ssh(Flow flow, long frame, long time) {
    Half half = half(flow);
    Event event = half.ssh;
    if (event == null) {
      event = event(flow, 0, frame, time, "ssh", "connection");
      half.ssh = event;
    }
    return event;
  }

  private void mail(Flow flow, long frame, long time, Finding.Mail mail) {
    Half half = half(flow);
    Event before = half.smtp;
    if (before != null) {
      sink.accept(before);
    }
    Event event = event(flow, 0, frame, time, "smtp", "connection");
    event.set(Ecs.EVENT_CATEGORY, List.of("email", "network"));
    if (!mail.from().isEmpty()) {
      event.set(Ecs.EMAIL_FROM_ADDRESS, List.of(mail.from()));
    }
    if (!mail.to().isEmpty()) {
      event.set(Ecs.EMAIL_TO_ADDRESS, List.of(mail.to()));
    }
    put(event, Ecs.EMAIL_SUBJECT, mail.subject());
    put(event, Ecs.EMAIL_MESSAGE_ID, mail.messageId());
    put(event, SMTP_HELO, half.heloName);
    event.set(SMTP_TLS, half.startTls);
    half.smtp = event;
  }

  private void dhcp(Flow flow, int side, long frame, long time, Finding.Dhcp message) {
    Event event = event(flow, side, frame, time, "dhcp", "info");
    event.set(DHCP_TYPE, message.type());
    put(event, DHCP_REQUESTED, message.requestedAddress());
    put(event, DHCP_ASSIGNED, message.yourAddress());
    put(event, DHCP_VENDOR, message.vendorClass());
    put(event, Ecs.HOST_HOSTNAME, message.hostName());
    boolean fromClient = flow.port(side) == 68;
    put(event, fromClient ? Ecs.SOURCE_MAC : Ecs.DESTINATION_MAC, message.clientAddress());
    sink.accept(event);
  }

  private void kerberos(Flow flow, int side, long frame, long time, Finding.Kerberos message) {
    Event event = event(flow, side, frame, time, "kerberos", "info");
    event.set(Ecs.EVENT_CATEGORY, List.of("authentication", "network"));
    event.set(KERBEROS_TYPE, message.type());
    put(event, Ecs.USER_NAME, message.client());
    put(event, Ecs.USER_DOMAIN, message.realm());
    put(event, KERBEROS_SERVICE, message.service());
    if (!message.encryption().isEmpty()) {
      event.set(KERBEROS_ETYPE, message.encryption().stream().map(String::valueOf).toList());
    }
    if (message.error() >= 0) {
      event.set(KERBEROS_ERROR, (long) message.error());
      event.set(Ecs.EVENT_OUTCOME, "failure");
    }
    sink.accept(event);
  }

  private void file(Flow flow, int side, long frame, long time, Finding.CarvedFile file) {
    Event event = event(flow, side, frame, time, "file", "info");
    event.set(Ecs.EVENT_CATEGORY, List.of("file", "network"));
    event.set(Ecs.NETWORK_PROTOCOL, file.protocol());
    put(event, Ecs.FILE_NAME, file.name());
    put(event, Ecs.FILE_MIME_TYPE, file.mediaType());
    event.set(Ecs.FILE_SIZE, file.size());
    if (file.whole()) {
      event.set(Ecs.FILE_HASH_MD5, file.md5());
      event.set(Ecs.FILE_HASH_SHA1, file.sha1());
      event.set(Ecs.FILE_HASH_SHA256, file.sha256());
      event.set(Ecs.RELATED_HASH, List.of(file.md5(), file.sha1(), file.sha256()));
    } else {
      // A hash of a part matches nothing.
      event.set(INCOMPLETE, true);
    }
    sink.accept(event);
  }
}
