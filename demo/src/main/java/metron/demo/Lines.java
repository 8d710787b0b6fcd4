package metron.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Writes one line after the other, in the sensors' own formats: Zeek JSON (`_path` as `json-streaming-logs` puts
/// it), Suricata EVE, Cisco ASA syslog, Squid native, RFC 3164 and 5424 syslog, CEF, Snort CSV.
///
/// One growing buffer of bytes; the text of the second is made once a second. No formatter and no text object on the way: a
/// line costs about as much as copying it.
final class Lines {
  /// Who sends what, as the collector sees it.
  private static final Map<String, String> ZEEK_FROM = Map.of("source.address", "10.10.20.50");

  private static final Map<String, String> SURICATA_FROM = Map.of("source.address", "10.10.20.51");
  private static final Map<String, String> ASA_FROM = Map.of("source.address", "10.10.20.1");
  private static final Map<String, String> SQUID_FROM = Map.of("source.address", "10.10.20.31");
  private static final Map<String, String> SYSLOG_FROM = Map.of("source.address", "10.10.20.60");
  private static final Map<String, String> CEF_FROM = Map.of("source.address", "10.10.20.61");
  private static final Map<String, String> SNORT_FROM = Map.of("source.address", "10.10.30.52");

  private static final byte[] BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final long start;
  private final SplittableRandom random;
  private long number;
  private final long first;
  private byte[] buffer = new byte[4096];
  private int length;
  private long at;
  private String sensor = "";
  private Map<String, String> metadata = Map.of();

  private long second = Long.MIN_VALUE;
  private String iso = "";
  private String bsd = "";
  private String asaTime = "";
  private String snortTime = "";

  /// @param start nanoseconds since the epoch that offsets count from
  /// @param firstNumber number of the first line, or -1 for no numbers
  Lines(long start, SplittableRandom random, long firstNumber) {
    this.start = start;
    this.random = random;
    this.first = firstNumber;
    this.number = firstNumber - 1;
  }

  boolean numbered() {
    return first >= 0;
  }

  // -- Zeek
  // -----------------------------------------------------------------------------------------------------------

  Lines zeek(String path, long offset, String uid, int src, int sport, int dst, int dport) {
    begin("zeek", ZEEK_FROM, offset);
    s("{\"_path\":\"").s(path).s("\",\"ts\":").epochMicros(at);
    s(",\"uid\":\"");
    if (numbered()) {
      s("Cn").padded(number, 16);
    } else {
      s(uid);
    }
    s("\",\"id.orig_h\":\"").ip(src).s("\",\"id.orig_p\":").n(sport);
    return s(",\"id.resp_h\":\"").ip(dst).s("\",\"id.resp_p\":").n(dport);
  }

  DemoRecord conn(
      long offset,
      String uid,
      int src,
      int sport,
      int dst,
      int dport,
      boolean udp,
      String service,
      long micros,
      long out,
      long in,
      String state,
      String history) {
    zeek("conn", offset, uid, src, sport, dst, dport);
    s(",\"proto\":\"").s(udp ? "udp" : "tcp").s("\"");
    if (!service.isEmpty()) {
      s(",\"service\":\"").s(service).s("\"");
    }
    s(",\"duration\":").n(micros / 1_000_000).s(".").padded(micros % 1_000_000, 6);
    s(",\"orig_bytes\":").n(out).s(",\"resp_bytes\":").n(in);
    s(",\"conn_state\":\"").s(state).s("\",\"local_orig\":").s(local(src) ? "true" : "false");
    s(",\"local_resp\":").s(local(dst) ? "true" : "false");
    long outPackets = 2 + out / 1400;
    long inPackets = 2 + in / 1400;
    s(",\"missed_bytes\":0,\"history\":\"").s(history).s("\",\"orig_pkts\":").n(outPackets);
    s(",\"orig_ip_bytes\":").n(out + outPackets * 52).s(",\"resp_pkts\":").n(inPackets);
    return s(",\"resp_ip_bytes\":").n(in + inPackets * 52).s("}").end();
  }

  DemoRecord dns(long offset, String uid, int src, int sport, int dst, String name, int answer) {
    zeek("dns", offset, uid, src, sport, dst, 53);
    s(",\"proto\":\"udp\",\"trans_id\":").n(random.nextInt(65536));
    s(",\"rtt\":0.0").padded(random.nextInt(60_000), 5).s(",\"query\":\"").s(name);
    s("\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":1,\"qtype_name\":\"A\"");
    if (answer == 0) {
      s(
          ",\"rcode\":3,\"rcode_name\":\"NXDOMAIN\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"Z\":0");
    } else {
      s(
          ",\"rcode\":0,\"rcode_name\":\"NOERROR\",\"AA\":false,\"TC\":false,\"RD\":true,\"RA\":true,\"Z\":0");
      s(",\"answers\":[\"").ip(answer).s("\"],\"TTLs\":[").n(60 + random.nextInt(3540)).s(".0]");
    }
    return s(",\"rejected\":false}").end();
  }

  DemoRecord http(
      long offset,
      String uid,
      int src,
      int sport,
      int dst,
      String method,
      String host,
      String uri,
      String agent,
      int status,
      long in,
      String mime,
      String fuid) {
    zeek("http", offset, uid, src, sport, dst, 80);
    s(",\"trans_depth\":1,\"method\":\"").s(method).s("\",\"host\":\"").s(host);
    s("\",\"uri\":\"").s(uri).s("\",\"version\":\"1.1\",\"user_agent\":\"").s(agent);
    s("\",\"request_body_len\":0,\"response_body_len\":").n(in).s(",\"status_code\":").n(status);
    s(",\"status_msg\":\"")
        .s(status == 200 ? "OK" : status == 404 ? "Not Found" : "Found")
        .s("\",\"tags\":[]");
    if (!fuid.isEmpty()) {
      s(",\"resp_fuids\":[\"").s(fuid).s("\"]");
    }
    return s(",\"resp_mime_types\":[\"").s(mime).s("\"]}").end();
  }

  DemoRecord ssl(
      long offset,
      String uid,
      int src,
      int sport,
      int dst,
      int dport,
      String name,
      String issuer,
      String ja3) {
    zeek("ssl", offset, uid, src, sport, dst, dport);
    s(
        ",\"version\":\"TLSv12\",\"cipher\":\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\",\"curve\":\"x25519\"");
    s(",\"server_name\":\"")
        .s(name)
        .s("\",\"resumed\":false,\"next_protocol\":\"h2\",\"established\":true");
    s(",\"ssl_history\":\"CsxknGIi\",\"subject\":\"CN=").s(name).s("\",\"issuer\":\"").s(issuer);
    return s("\",\"ja3\":\"").s(ja3).s("\",\"validation_status\":\"ok\"}").end();
  }

  DemoRecord file(
      long offset,
      String uid,
      String fuid,
      int src,
      int sport,
      int dst,
      String mime,
      String name,
      long bytes,
      String md5,
      String sha1,
      String sha256) {
    zeek("files", offset, uid, src, sport, dst, 80);
    s(",\"fuid\":\"")
        .s(fuid)
        .s("\",\"source\":\"HTTP\",\"depth\":0,\"analyzers\":[\"MD5\",\"SHA1\",\"SHA256\"]");
    s(",\"mime_type\":\"").s(mime).s("\"");
    if (!name.isEmpty()) {
      s(",\"filename\":\"").s(name).s("\"");
    }
    s(",\"duration\":0.0")
        .padded(random.nextInt(90_000), 5)
        .s(",\"local_orig\":false,\"is_orig\":false");
    s(",\"seen_bytes\":").n(bytes).s(",\"total_bytes\":").n(bytes);
    s(",\"missing_bytes\":0,\"overflow_bytes\":0,\"timedout\":false,\"md5\":\"").s(md5);
    return s("\",\"sha1\":\"")
        .s(sha1)
        .s("\",\"sha256\":\"")
        .s(sha256)
        .s("\",\"extracted_cutoff\":false}")
        .end();
  }

  DemoRecord notice(
      long offset, String uid, int src, int sport, int dst, int dport, String note, String text) {
    zeek("notice", offset, uid, src, sport, dst, dport);
    s(",\"proto\":\"tcp\",\"note\":\"").s(note).s("\",\"msg\":\"").s(text);
    s("\",\"src\":\"").ip(src).s("\",\"dst\":\"").ip(dst).s("\",\"p\":").n(dport);
    return s(",\"actions\":[\"Notice::ACTION_LOG\"],\"suppress_for\":3600.0}").end();
  }

  // -- Suricata
  // -------------------------------------------------------------------------------------------------------

  Lines eve(
      String type, long offset, long flow, int src, int sport, int dst, int dport, boolean udp) {
    begin("suricata", SURICATA_FROM, offset);
    s("{\"timestamp\":\"").isoSecond().s(".").padded(micros(), 6);
    s("+0000\",\"flow_id\":").n(numbered() ? number : flow);
    s(",\"in_iface\":\"eth1\",\"event_type\":\"").s(type).s("\",\"src_ip\":\"").ip(src);
    s("\",\"src_port\":").n(sport).s(",\"dest_ip\":\"").ip(dst).s("\",\"dest_port\":").n(dport);
    return s(",\"proto\":\"").s(udp ? "UDP" : "TCP").s("\"");
  }

  DemoRecord eveAlert(
      long offset,
      long flow,
      int src,
      int sport,
      int dst,
      int dport,
      int sid,
      String signature,
      String category,
      int severity,
      String application) {
    eve("alert", offset, flow, src, sport, dst, dport, false);
    s(",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":")
        .n(sid)
        .s(",\"rev\":3,\"signature\":\"");
    s(signature).s("\",\"category\":\"").s(category).s("\",\"severity\":").n(severity);
    s("},\"app_proto\":\"")
        .s(application)
        .s("\",\"flow\":{\"pkts_toserver\":")
        .n(3 + random.nextInt(9));
    s(",\"pkts_toclient\":")
        .n(2 + random.nextInt(9))
        .s(",\"bytes_toserver\":")
        .n(300 + random.nextInt(2000));
    s(",\"bytes_toclient\":")
        .n(400 + random.nextInt(9000))
        .s(",\"start\":\"")
        .isoSecond()
        .s(".")
        .padded(micros(), 6);
    return s("+0000\"}}").end();
  }

  DemoRecord eveDns(long offset, long flow, int src, int sport, int dst, String name, int answer) {
    eve("dns", offset, flow, src, sport, dst, 53, true);
    s(",\"dns\":{\"version\":2,\"type\":\"answer\",\"id\":").n(random.nextInt(65536));
    s(",\"flags\":\"8180\",\"qr\":true,\"rd\":true,\"ra\":true,\"rrname\":\"").s(name);
    s("\",\"rrtype\":\"A\",\"rcode\":\"NOERROR\",\"answers\":[{\"rrname\":\"").s(name);
    s("\",\"rrtype\":\"A\",\"ttl\":").n(60 + random.nextInt(3540)).s(",\"rdata\":\"").ip(answer);
    return s("\"}],\"grouped\":{\"A\":[\"").ip(answer).s("\"]}}}").end();
  }

  DemoRecord eveHttp(
      long offset,
      long flow,
      int src,
      int sport,
      int dst,
      String method,
      String host,
      String uri,
      String agent,
      int status,
      long in,
      String mime) {
    eve("http", offset, flow, src, sport, dst, 80, false);
    s(",\"tx_id\":0,\"http\":{\"hostname\":\"").s(host).s("\",\"url\":\"").s(uri);
    s("\",\"http_user_agent\":\"").s(agent).s("\",\"http_content_type\":\"").s(mime);
    s("\",\"http_method\":\"").s(method).s("\",\"protocol\":\"HTTP/1.1\",\"status\":").n(status);
    return s(",\"length\":").n(in).s("}}").end();
  }

  DemoRecord eveTls(
      long offset, long flow, int src, int sport, int dst, int dport, String name, String ja3) {
    eve("tls", offset, flow, src, sport, dst, dport, false);
    s(",\"tls\":{\"subject\":\"CN=")
        .s(name)
        .s("\",\"issuerdn\":\"C=US, O=Example Trust, CN=Example Trust R3\"");
    s(",\"serial\":\"0").hex(15).s("\",\"fingerprint\":\"");
    for (int i = 0; i < 20; i++) {
      s(i == 0 ? "" : ":").hex(2);
    }
    s("\",\"sni\":\"")
        .s(name)
        .s("\",\"version\":\"TLS 1.2\",\"notbefore\":\"2026-01-01T00:00:00\"");
    return s(",\"notafter\":\"2027-01-01T00:00:00\",\"ja3\":{\"hash\":\"").s(ja3).s("\"}}}").end();
  }

  DemoRecord eveFile(
      long offset,
      long flow,
      int src,
      int sport,
      int dst,
      int dport,
      String host,
      String uri,
      String name,
      String mime,
      long bytes,
      String md5,
      String sha256) {
    eve("fileinfo", offset, flow, src, sport, dst, dport, false);
    s(",\"http\":{\"hostname\":\"").s(host).s("\",\"url\":\"").s(uri);
    s("\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":").n(bytes);
    s("},\"app_proto\":\"http\",\"fileinfo\":{\"filename\":\"")
        .s(name)
        .s("\",\"magic\":\"")
        .s(mime);
    s("\",\"gaps\":false,\"state\":\"CLOSED\",\"md5\":\"").s(md5).s("\",\"sha256\":\"").s(sha256);
    return s("\",\"stored\":false,\"size\":").n(bytes).s(",\"tx_id\":0}}").end();
  }

  DemoRecord eveFlow(
      long offset,
      long flow,
      int src,
      int sport,
      int dst,
      int dport,
      boolean udp,
      String application,
      long seconds,
      long out,
      long in) {
    eve("flow", offset, flow, src, sport, dst, dport, udp);
    s(",\"app_proto\":\"").s(application).s("\",\"flow\":{\"pkts_toserver\":").n(2 + out / 1400);
    s(",\"pkts_toclient\":")
        .n(2 + in / 1400)
        .s(",\"bytes_toserver\":")
        .n(out)
        .s(",\"bytes_toclient\":")
        .n(in);
    s(",\"start\":\"")
        .isoSecond()
        .s(".000000+0000\",\"end\":\"")
        .isoSecond()
        .s(".")
        .padded(micros(), 6);
    s("+0000\",\"age\":")
        .n(seconds)
        .s(",\"state\":\"closed\",\"reason\":\"timeout\",\"alerted\":false}");
    if (!udp) {
      s(
          ",\"tcp\":{\"tcp_flags\":\"1b\",\"tcp_flags_ts\":\"1b\",\"tcp_flags_tc\":\"1b\",\"syn\":true,\"fin\":true");
      s(",\"psh\":true,\"ack\":true,\"state\":\"closed\"}");
    }
    return s("}").end();
  }

  // -- Cisco ASA
  // ------------------------------------------------------------------------------------------------------

  private Lines asa(long offset, int severity, int id) {
    begin("asa", ASA_FROM, offset);
    s("<")
        .n(20 * 8 + severity)
        .s(">")
        .asaSecond()
        .s(" asa-edge : %ASA-")
        .n(severity)
        .s("-")
        .n(id)
        .s(": ");
    return this;
  }

  /// `Built outbound`: an inside host opens a connection, translated to the public address.
  DemoRecord asaBuilt(
      long offset,
      long connection,
      boolean inbound,
      int outside,
      int outsidePort,
      int inside,
      int insidePort,
      int translated,
      int translatedPort) {
    asa(offset, 6, 302013);
    s("Built ").s(inbound ? "inbound" : "outbound").s(" TCP connection ");
    n(numbered() ? number : connection).s(" for outside:").ip(outside).s("/").n(outsidePort);
    s(" (").ip(outside).s("/").n(outsidePort).s(") to inside:").ip(inside).s("/").n(insidePort);
    return s(" (").ip(translated).s("/").n(translatedPort).s(")").end();
  }

  DemoRecord asaTeardown(
      long offset,
      long connection,
      int outside,
      int outsidePort,
      int inside,
      int insidePort,
      long seconds,
      long bytes) {
    asa(offset, 6, 302014);
    s("Teardown TCP connection ")
        .n(numbered() ? number : connection)
        .s(" for outside:")
        .ip(outside);
    s("/").n(outsidePort).s(" to inside:").ip(inside).s("/").n(insidePort).s(" duration ");
    n(seconds / 3600).s(":").padded(seconds / 60 % 60, 2).s(":").padded(seconds % 60, 2);
    return s(" bytes ").n(bytes).s(" TCP FINs").end();
  }

  DemoRecord asaDenied(long offset, int src, int sport, int dst, int dport) {
    asa(offset, 4, 106023);
    s("Deny tcp src outside:").ip(src).s("/").n(sport).s(" dst inside:").ip(dst).s("/").n(dport);
    return s(" by access-group \"OUTSIDE_IN\" [0x0, 0x0]").end();
  }

  // -- Squid
  // ----------------------------------------------------------------------------------------------------------

  DemoRecord squid(
      long offset,
      int client,
      String result,
      int status,
      long millis,
      long bytes,
      String method,
      String url,
      String user,
      String hierarchy,
      int peer,
      String mime) {
    begin("squid", SQUID_FROM, offset);
    long total = at / 1_000_000;
    n(total / 1000).s(".").padded(total % 1000, 3).s(" ");
    for (int width = digits(millis); width < 6; width++) {
      s(" ");
    }
    n(millis)
        .s(" ")
        .ip(client)
        .s(" ")
        .s(result)
        .s("/")
        .n(status)
        .s(" ")
        .n(bytes)
        .s(" ")
        .s(method)
        .s(" ")
        .s(url);
    if (numbered()) {
      s(url.indexOf('?') < 0 ? "?seq=" : "&seq=").n(number);
    }
    s(" ").s(user).s(" ").s(hierarchy).s("/");
    if (peer == 0) {
      s("-");
    } else {
      ip(peer);
    }
    return s(" ").s(mime).end();
  }

  // -- Syslog
  // ---------------------------------------------------------------------------------------------------------

  /// A BSD line (RFC 3164), or with numbers an RFC 5424 one that has `sequenceId`. End it with [#end].
  Lines syslog(long offset, int priority, String host, String program, int pid) {
    if (numbered()) {
      return syslog5424(offset, priority, host, program, pid, "-");
    }
    begin("syslog", SYSLOG_FROM, offset);
    return s("<")
        .n(priority)
        .s(">")
        .bsdSecond()
        .s(" ")
        .s(host)
        .s(" ")
        .s(program)
        .s("[")
        .n(pid)
        .s("]: ");
  }

  Lines syslog5424(
      long offset, int priority, String host, String program, int pid, String messageId) {
    begin("syslog", SYSLOG_FROM, offset);
    s("<")
        .n(priority)
        .s(">1 ")
        .isoSecond()
        .s(".")
        .padded(micros(), 6)
        .s("Z ")
        .s(host)
        .s(".")
        .s(Company.DOMAIN);
    s(" ").s(program).s(" ").n(pid).s(" ").s(messageId).s(" ");
    if (numbered()) {
      s("[meta sequenceId=\"").n(number).s("\"]");
    } else {
      s("-");
    }
    return s(" ");
  }

  // -- CEF
  // ------------------------------------------------------------------------------------------------------------

  DemoRecord cef(
      long offset,
      String id,
      String name,
      int severity,
      Company.Host host,
      int dst,
      int dport,
      String action,
      String message) {
    begin("cef", CEF_FROM, offset);
    s("CEF:0|Sentrybit|Endpoint Guard|7.2|")
        .s(id)
        .s("|")
        .s(name)
        .s("|")
        .n(severity)
        .s("|rt=")
        .n(at / 1_000_000);
    s(" dvchost=eg-console shost=")
        .s(host.name())
        .s(" src=")
        .ip(host.ip())
        .s(" suser=")
        .s(host.user());
    if (dst != 0) {
      s(" dst=").ip(dst).s(" dpt=").n(dport).s(" proto=TCP");
    }
    s(" act=").s(action);
    if (numbered()) {
      s(" externalId=").n(number);
    }
    return s(" msg=").s(message).end();
  }

  // -- Snort
  // ----------------------------------------------------------------------------------------------------------

  DemoRecord snort(long offset, int sid, String text, int src, int sport, int dst, int dport) {
    begin("snort", SNORT_FROM, offset);
    s(snortSecond()).s(".").padded(micros(), 6).s(" ,1,").n(sid).s(",4,\"").s(text).s("\",TCP,");
    ip(src).s(",").n(sport).s(",").ip(dst).s(",").n(dport);
    s(",02:42:AC:11:00:02,02:42:AC:11:00:01,0x4A,******S*,0x").hexUpper(8).s(",0x").hexUpper(8);
    return s(",,0xFFFF,64,0,").n(random.nextInt(65536)).s(",60,61440,,,,").end();
  }

  // -- Pieces
  // ---------------------------------------------------------------------------------------------------------

  String uid() {
    byte[] b = new byte[18];
    b[0] = 'C';
    long bits = random.nextLong();
    for (int i = 1; i < 18; i++) {
      if (i == 10) {
        bits = random.nextLong();
      }
      b[i] = BASE62[(int) Long.remainderUnsigned(bits, 62)];
      bits = Long.divideUnsigned(bits, 62);
    }
    return new String(b, StandardCharsets.ISO_8859_1);
  }

  private void begin(String sensor, Map<String, String> metadata, long offset) {
    this.sensor = sensor;
    this.metadata = metadata;
    this.at = start + offset;
    this.length = 0;
    this.number++;
    long s = Math.floorDiv(at, 1_000_000_000L);
    if (s != second) {
      second = s;
      LocalDateTime t = LocalDateTime.ofEpochSecond(s, 0, ZoneOffset.UTC);
      String month = t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      iso = String.format(Locale.ROOT, "%tFT%<tT", t);
      bsd = String.format(Locale.ROOT, "%s %2d %tT", month, t.getDayOfMonth(), t);
      asaTime =
          String.format(Locale.ROOT, "%s %02d %d %tT", month, t.getDayOfMonth(), t.getYear(), t);
      snortTime = String.format(Locale.ROOT, "%tm/%<td/%<ty-%<tT", t);
    }
  }

  Lines s(String text) {
    int n = text.length();
    room(n);
    byte[] b = buffer;
    int to = length;
    for (int i = 0; i < n; i++) {
      b[to + i] = (byte) text.charAt(i);
    }
    length = to + n;
    return this;
  }

  Lines n(long value) {
    if (value < 0) {
      return s("-").n(-value);
    }
    return padded(value, digits(value));
  }

  /// Decimal with leading zeros.
  Lines padded(long value, int digits) {
    room(digits);
    long v = value;
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + v % 10);
      v /= 10;
    }
    length += digits;
    return this;
  }

  Lines ip(int v) {
    return octet(v >>> 24)
        .s(".")
        .octet(v >>> 16 & 255)
        .s(".")
        .octet(v >>> 8 & 255)
        .s(".")
        .octet(v & 255);
  }

  private Lines octet(int v) {
    return padded(v, v > 99 ? 3 : v > 9 ? 2 : 1);
  }

  private Lines epochMicros(long nanos) {
    long micros = nanos / 1000;
    return n(micros / 1_000_000).s(".").padded(micros % 1_000_000, 6);
  }

  private Lines hex(int digits) {
    room(digits);
    long bits = random.nextLong();
    for (int i = 0; i < digits; i++) {
      buffer[length++] = HEX[(int) bits & 15];
      bits >>>= 4;
    }
    return this;
  }

  private Lines hexUpper(int digits) {
    int from = length;
    hex(digits);
    for (int i = from; i < length; i++) {
      if (buffer[i] >= 'a') {
        buffer[i] = (byte) (buffer[i] - 32);
      }
    }
    return this;
  }

  private Lines isoSecond() {
    return s(iso);
  }

  private Lines bsdSecond() {
    return s(bsd);
  }

  private Lines asaSecond() {
    return s(asaTime);
  }

  private String snortSecond() {
    return snortTime;
  }

  private long micros() {
    return Math.floorMod(at, 1_000_000_000L) / 1000;
  }

  private static int digits(long value) {
    int n = 1;
    long v = value;
    while (v > 9) {
      v /= 10;
      n++;
    }
    return n;
  }

  private static boolean local(int ip) {
    return ip >>> 24 == 10;
  }

  private void room(int n) {
    if (length + n > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + n));
    }
  }

  DemoRecord end() {
    return new DemoRecord(
        Instant.ofEpochSecond(second, Math.floorMod(at, 1_000_000_000L)),
        sensor,
        Arrays.copyOf(buffer, length),
        metadata);
  }
}
