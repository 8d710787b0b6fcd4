package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import metron.config.ConfigException;
import metron.event.CommunityId;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// How much of the documents that other tools make of real lines do our sensors make too? Reads the folder of samples that the
/// system property `metron.data` names, every source in it; not part of the normal build, whose class names end in `Test`.
///
/// Counted are the ECS fields of `expected.jsonl` and the classic names of `expected-metron.jsonl`. Left out is what another
/// step makes (geography, autonomous systems, the parts of a user agent), what the shipper adds (agent, tags, `input`), and
/// what the pipeline sets (`event.id`, `event.original`). A field that is meant to differ is in [#DEVIATIONS] with its reason;
/// it counts as wrong all the same.
///
/// Run: `mvn -pl parsers -am test -Pconformance -Dmetron.data=…`; `-Dmetron.source=haproxy` runs one source and names each
/// field that differs.
@Tag("conformance")
class IngestConformance {
  private static final JsonFactory JSON = new JsonFactory();

  /// Least share of right fields of a source and of all together, in percent.
  private static final double SOURCE_FLOOR = 95;

  private static final double TOTAL_FLOOR = 98;

  /// What reads a source.
  ///
  /// @param zone of stamps that carry none, where the documents were made; empty: the sensor's own
  /// @param lines least share of lines that are taken, in percent
  private record Reading(String sensor, String zone, double lines) {
    Reading(String sensor) {
      this(sensor, "", 100);
    }
  }

  private static final Map<String, Reading> READINGS = new TreeMap<>();

  static {
    for (String log :
        List.of(
            "conn",
            "dns",
            "http",
            "ssl",
            "dhcp",
            "files",
            "ftp",
            "intel",
            "kerberos",
            "notice",
            "rdp",
            "smtp",
            "software",
            "ssh",
            "weird",
            "x509")) {
      READINGS.put("zeek_" + log, new Reading("zeek"));
    }
    READINGS.put("metron_bro", new Reading("zeek"));
    READINGS.put("suricata_eve", new Reading("suricata"));
    READINGS.put("suricata_fast", new Reading("snort"));
    READINGS.put("metron_snort", new Reading("snort"));
    READINGS.put("metron_squid", new Reading("squid"));
    READINGS.put("metron_asa", new Reading("asa"));
    READINGS.put("metron_syslog5424", new Reading("syslog"));
    READINGS.put("metron_syslog3164", new Reading("syslog"));
    for (String own :
        List.of(
            "apache_access",
            "apache_error",
            "haproxy",
            "nginx_access",
            "nginx_error",
            "nginx_ingress",
            "osquery",
            "santa",
            "traefik")) {
      READINGS.put(own, new Reading(own, "-02:00", 100));
    }
    READINGS.put("iis_access", new Reading("iis_access", "", 95));
    READINGS.put("iis_error", new Reading("iis_error"));
    READINGS.put("linux_auditd", new Reading("auditd"));
    READINGS.put("auditd_crowdsec", new Reading("auditd"));
    READINGS.put("linux_auth", new Reading("linux", "-02:00", 100));
    READINGS.put("linux_syslog", new Reading("linux", "-02:00", 100));
    READINGS.put("sshd", new Reading("linux"));
    READINGS.put("mysql_slowlog", new Reading("mysql_slowlog"));
    READINGS.put("postgresql", new Reading("postgresql"));
    READINGS.put("aws_cloudtrail", new Reading("aws_cloudtrail"));
    READINGS.put("osquery_json", new Reading("osquery"));
    READINGS.put("metron_leef", new Reading("leef"));
    READINGS.put("metron_yaf", new Reading("yaf"));
    READINGS.put("metron_websphere", new Reading("websphere"));
    READINGS.put("metron_paloalto", new Reading("paloalto"));
    READINGS.put("metron_lancope", new Reading("lancope"));
    READINGS.put("metron_fireeye_cef", new Reading("fireeye"));
    READINGS.put("metron_sourcefire", new Reading("sourcefire"));
    READINGS.put("iptables", new Reading("iptables", "", 80));
    READINGS.put("pfsense_opnsense", new Reading("filterlog"));
    // Nine of the ten lines are of web servers that were asked for a FortiGate's pages.
    READINGS.put("fortigate_syslog", new Reading("fortigate", "", 10));
    READINGS.put("aws_guardduty", new Reading("aws_guardduty"));
    READINGS.put("aws_vpcflow_json", new Reading("aws_vpcflow"));
    READINGS.put("azure_activity", new Reading("azure_activity"));
    READINGS.put("azure_audit_signin", new Reading("entra"));
    READINGS.put("gcp_audit", new Reading("gcp_audit"));
    READINGS.put("gworkspace", new Reading("google_workspace"));
    // Some of these records were made up or made anonymous: "redacted" is no time.
    READINGS.put("okta", new Reading("okta", "", 90));
    READINGS.put("o365", new Reading("o365"));
    READINGS.put("github_audit", new Reading("github_audit", "", 90));
    READINGS.put("k8s_audit", new Reading("kubernetes_audit"));
    READINGS.put("k8s_audit_file", new Reading("kubernetes_audit"));
    READINGS.put("windows_crowdsec", new Reading("windows", "", 80));
    READINGS.put("bind9", new Reading("bind"));
    READINGS.put("mikrotik", new Reading("mikrotik"));
    READINGS.put("postfix_dovecot", new Reading("postfix"));
    READINGS.put("duo", new Reading("duo"));
    // The file holds lines of a controller that are not CEF.
    READINGS.put("cef_unifi", new Reading("cef", "", 40));
  }

  private static final String INITIATOR = "ours is the initiator, Metron's the address named first";

  private static final String FILE = "who sent a file is server.ip and who took it client.ip";

  /// Fields that are meant to differ: source and field, and why.
  private static final Map<String, String> DEVIATIONS = new LinkedHashMap<>();

  /// Expectations that are wrong or no part of the record: source and field, and why. Listed, not counted.
  private static final Map<String, String> NOT_COUNTED = new LinkedHashMap<>();

  static {
    NOT_COUNTED.put("metron_leef timestamp", "the line has none: Metron took its clock");
    NOT_COUNTED.put(
        "metron_snort timestamp", "Metron read the microseconds as milliseconds, in its own zone");
    NOT_COUNTED.put("metron_bro protocol", "Metron put the name of the log there");
    for (String source : List.of("nginx_access", "nginx_ingress")) {
      NOT_COUNTED.put(
          source + " event.timezone", "a setting of the shipper; the stamp has a zone of its own");
    }
    DEVIATIONS.put("postgresql @timestamp", "EST is five hours behind, in summer too");
    DEVIATIONS.put("postgresql event.type", "a line of level ERROR or FATAL is an error");
    DEVIATIONS.put("postgresql event.category", "a password that fails is authentication too");
    DEVIATIONS.put(
        "postgresql event.duration", "the line's milliseconds, not their floating point");
    DEVIATIONS.put("mysql_slowlog event.duration", "the line's seconds, not their floating point");
    DEVIATIONS.put("postgresql user.name", "[unknown] is no user");
    DEVIATIONS.put("postgresql related.user", "[unknown] is no user");
    DEVIATIONS.put("postgresql message", "the whole text, with its word statement");
    DEVIATIONS.put("linux_auditd event.type", "ECS has end, not stop");
    DEVIATIONS.put("linux_auditd event.outcome", "ECS has success and failure, not 1");
    DEVIATIONS.put("linux_syslog process.name", "the process is launchd, with its number");
    DEVIATIONS.put("santa process.args", "the arguments as the line has them");
    DEVIATIONS.put("iis_access source.ip", "the line is no log line: its addresses are links");
    DEVIATIONS.put("iis_access destination.ip", "the line is no log line: its addresses are links");
    for (String source : List.of("apache_access", "nginx_access", "nginx_ingress", "iis_access")) {
      DEVIATIONS.put(source + " url.path", "as it was asked for, percent signs and all");
      DEVIATIONS.put(source + " url.query", "as it was asked for, percent signs and all");
    }
    DEVIATIONS.put(
        "nginx_access source.ip", "the first of the forwarded addresses, private or not");
    DEVIATIONS.put("nginx_access source.address", "as source.ip");
    DEVIATIONS.put("metron_bro source.ip (ip_src_addr)", FILE);
    DEVIATIONS.put("metron_bro destination.ip (ip_dst_addr)", FILE);
    DEVIATIONS.put("metron_asa source.ip (ip_src_addr)", INITIATOR);
    DEVIATIONS.put("metron_asa destination.ip (ip_dst_addr)", INITIATOR);
    DEVIATIONS.put("metron_asa source.port (ip_src_port)", INITIATOR);
    DEVIATIONS.put("metron_asa destination.port (ip_dst_port)", INITIATOR);
  }

  private static final String WHOLE = "message";
  private static final String DASH = "a dash for a value";

  private static final Set<String> LEFT_OUT =
      Set.of("event.id", "event.original", "event.created", "event.ingested", "tags");

  private static final List<String> LEFT_OUT_BELOW =
      List.of("agent.", "fileset.", "service.type", "input.", "log.offset", "log.flags");

  private static final class Tally {
    int lines;
    int taken;
    int right;
    int fields;
    int ownRight;
    int ownFields;
    final Map<String, Integer> excluded = new TreeMap<>();
    final Map<String, Integer> wrong = new TreeMap<>();
    final Map<String, String> example = new LinkedHashMap<>();

    double share() {
      return fields == 0 ? 100 : 100.0 * right / fields;
    }

    double lineShare() {
      return lines == 0 ? 0 : 100.0 * taken / lines;
    }

    void wrong(String field, String what) {
      wrong.merge(field, 1, Integer::sum);
      example.putIfAbsent(field, what);
    }
  }

  @Test
  void documentsAreAsExpected() throws Exception {
    String data = System.getProperty("metron.data");
    assertThat(data).as("system property metron.data, the folder of samples").isNotNull();
    List<String> below = run(Path.of(data), System.getProperty("metron.source", ""));
    assertThat(below).isEmpty();
  }

  /// @param only one source, or empty for all
  /// @return what is below its floor
  static List<String> run(Path data, String only) throws IOException, ConfigException {
    Set<String> ecs = new HashSet<>();
    for (String line : Files.readAllLines(data.resolve("ecs/fields.csv"))) {
      String[] columns = line.split(",", 5);
      if (columns.length > 3) {
        ecs.add(columns[3]);
      }
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(data.resolve("ingest"))) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(folders).isNotEmpty();
    List<String> below = new ArrayList<>();
    List<String> without = new ArrayList<>();
    int right = 0;
    int fields = 0;
    System.out.printf(
        "%-20s %-16s %13s %15s %7s %15s%n",
        "source", "sensor", "lines taken", "ECS fields", "share", "vendor fields");
    for (Path folder : folders) {
      String source = folder.getFileName().toString();
      if (!only.isEmpty() && !source.equals(only)) {
        continue;
      }
      Reading reading = READINGS.get(source);
      List<byte[]> records = records(folder);
      if (reading == null || records.isEmpty()) {
        without.add(source);
        continue;
      }
      Tally t = source(reading, folder, ecs);
      right += t.right;
      fields += t.fields;
      System.out.printf(
          "%-20s %-16s %5d of %4d %6d of %5d %6.1f%% %6d of %5d%n",
          source,
          reading.sensor(),
          t.taken,
          t.lines,
          t.right,
          t.fields,
          t.share(),
          t.ownRight,
          t.ownFields);
      t.excluded.forEach(
          (field, n) ->
              System.out.println(
                  "    not counted: "
                      + field
                      + " "
                      + n
                      + "  "
                      + NOT_COUNTED.getOrDefault(
                          source + " " + field,
                          field.equals(WHOLE)
                              ? "the whole record, which event.original keeps"
                              : "it says that there is none")));
      t.wrong.forEach(
          (field, n) -> {
            String reason = DEVIATIONS.get(source + " " + field);
            if (reason != null || !field.startsWith("(vendor)") || !only.isEmpty()) {
              System.out.printf(
                  "    %s %d  %s%s%n",
                  field,
                  n,
                  reason == null ? "" : "BY INTENT: " + reason + "  ",
                  t.example.get(field));
            }
          });
      if (t.share() < SOURCE_FLOOR) {
        below.add("%s: %.1f %% of fields".formatted(source, t.share()));
      }
      if (t.lineShare() < reading.lines()) {
        below.add("%s: %.1f %% of lines".formatted(source, t.lineShare()));
      }
    }
    double share = fields == 0 ? 100 : 100.0 * right / fields;
    System.out.printf("all: %d of %d ECS fields, %.2f %%%n", right, fields, share);
    without.forEach(
        source ->
            System.out.println(
                "no sensor reads "
                    + source
                    + (Files.exists(
                            data.resolve("ingest").resolve(source).resolve("expected.jsonl"))
                        ? ", which has expected documents"
                        : "")));
    if (share < TOTAL_FLOOR) {
      below.add("all: %.2f %% of fields".formatted(share));
    }
    return below;
  }

  private static Tally source(Reading reading, Path folder, Set<String> ecs)
      throws IOException, ConfigException {
    Sensor sensor = Sensors.shipped().sensor(reading.sensor()).orElseThrow();
    if (!reading.zone().isEmpty()) {
      String zoned =
          sensor.definition().replaceAll("(?m)^zone:.*\n", "")
              + "\nzone: \""
              + reading.zone()
              + "\"";
      sensor =
          Sensors.load(Map.of("sensors/" + sensor.name() + "/sensor.yaml", zoned))
              .sensor(sensor.name())
              .orElseThrow();
    }
    List<String> documents = lines(folder.resolve("expected.jsonl"));
    List<String> metron = lines(folder.resolve("expected-metron.jsonl"));
    Parser parser = sensor.newParser();
    Tally t = new Tally();
    String file = folder.getFileName().toString();
    if (Files.exists(folder.resolve("raw.json"))) {
      List<byte[]> records = records(folder);
      for (int i = 0; i < records.size(); i++) {
        record(t, reading, parser, records.get(i), Map.of(), i, documents, metron, ecs, file);
      }
      return t;
    }
    RecordReader reader =
        sensor
            .framing()
            .open(
                new ByteArrayInputStream(Files.readAllBytes(folder.resolve("raw.log"))), Map.of());
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      int at = (int) r.line() - 1;
      record(t, reading, parser, r.bytes(), r.metadata(), at, documents, metron, ecs, file);
    }
    return t;
  }

  private static void record(
      Tally t,
      Reading reading,
      Parser parser,
      byte[] bytes,
      Map<String, String> metadata,
      int at,
      List<String> documents,
      List<String> metron,
      Set<String> ecs,
      String file) {
    t.lines++;
    Event event = new Event();
    switch (parser.parse(Samples.raw(reading.sensor(), bytes, metadata))) {
      case ParseResult.Parsed(List<Event> events) -> {
        t.taken++;
        event = events.getFirst();
      }
      case ParseResult.Skipped _ -> t.taken++;
      case ParseResult.Rejected(String reason, int _) ->
          t.wrong("rejected", (at + 1) + ": " + reason);
    }
    CommunityId.addTo(event);
    String whole = new String(bytes, StandardCharsets.UTF_8);
    if (at < documents.size() && !documents.get(at).strip().equals("null")) {
      for (Map.Entry<String, List<String>> e : flat(documents.get(at)).entrySet()) {
        if (NOT_COUNTED.containsKey(file + " " + e.getKey())) {
          t.excluded.merge(e.getKey(), 1, Integer::sum);
        } else {
          compare(t, e.getKey(), e.getValue(), event, at, ecs, whole);
        }
      }
    }
    if (at < metron.size() && !metron.get(at).strip().equals("null")) {
      classic(t, flat(metron.get(at)), event, at, file);
    }
  }

  private static void compare(
      Tally t,
      String name,
      List<String> given,
      Event event,
      int at,
      Set<String> ecs,
      String whole) {
    // Two values of old that ECS does not have.
    List<String> expected =
        given.stream()
            .filter(v -> !v.equals("authentication_failure") && !v.equals("authentication_success"))
            .toList();
    if (LEFT_OUT.contains(name)
        || LEFT_OUT_BELOW.stream().anyMatch(name::startsWith)
        || name.contains(".geo.")
        || name.contains(".as.")
        || (name.startsWith("user_agent.") && !name.equals("user_agent.original"))) {
      return;
    }
    List<String> found = texts(event, name);
    if (name.equals("message") && expected.equals(List.of(whole))) {
      t.excluded.merge(WHOLE, 1, Integer::sum);
      return;
    }
    if (found.isEmpty() && expected.stream().allMatch(v -> v.equals("-") || v.equals("?"))) {
      t.excluded.merge(DASH, 1, Integer::sum);
      return;
    }
    boolean right = same(name, expected, found);
    if (!ecs.contains(name)) {
      t.ownFields++;
      t.ownRight += right ? 1 : 0;
      if (!right) {
        t.wrong("(vendor) " + name, (at + 1) + ": expected " + expected + ", found " + found);
      }
      return;
    }
    t.fields++;
    if (right) {
      t.right++;
    } else {
      t.wrong(name, (at + 1) + ": expected " + expected + ", found " + found);
    }
  }

  /// The classic names, through the aliases that search and Stellar have for them too.
  private static void classic(
      Tally t, Map<String, List<String>> expected, Event event, int at, String file) {
    for (String classic :
        List.of(
            "ip_src_addr", "ip_dst_addr", "ip_src_port", "ip_dst_port", "protocol", "timestamp")) {
      List<String> values = expected.get(classic);
      String name = FieldCatalogue.aliases().get(classic);
      if (values == null || name == null || values.getFirst().isEmpty()) {
        continue;
      }
      if (NOT_COUNTED.containsKey(file + " " + classic)) {
        t.excluded.merge(classic, 1, Integer::sum);
        continue;
      }
      List<String> found = texts(event, name);
      String want = values.getFirst().toLowerCase(Locale.ROOT);
      boolean right;
      if (classic.equals("timestamp")) {
        right = !found.isEmpty() && sameDayAndTime(Long.parseLong(want), found.getFirst());
      } else {
        right = !found.isEmpty() && found.getFirst().toLowerCase(Locale.ROOT).equals(want);
      }
      t.fields++;
      if (right) {
        t.right++;
      } else {
        t.wrong(
            name + " (" + classic + ")", (at + 1) + ": expected " + values + ", found " + found);
      }
    }
  }

  /// Metron took the year of its clock for stamps that carry none, so years are not compared.
  private static boolean sameDayAndTime(long expected, String found) {
    return Instant.ofEpochMilli(expected)
        .toString()
        .substring(4, 19)
        .equals(found.substring(4, 19));
  }

  private static boolean same(String field, List<String> expected, List<String> found) {
    if (found.isEmpty()) {
      return expected.stream().allMatch(String::isEmpty);
    }
    Field f = FieldCatalogue.get().field(field);
    if (f.type() == FieldType.INSTANT) {
      return Instant.parse(expected.getFirst()).toEpochMilli()
          == Instant.parse(found.getFirst()).toEpochMilli();
    }
    Set<String> a = new LinkedHashSet<>(expected.stream().map(v -> normal(f, v)).toList());
    Set<String> b = new LinkedHashSet<>(found.stream().map(v -> normal(f, v)).toList());
    // Everyone who took part is in related.*; ours names more.
    return field.startsWith("related.") ? b.containsAll(a) : a.equals(b);
  }

  /// Addresses and numbers have several spellings.
  private static String normal(Field field, String value) {
    if (field.type() == FieldType.IP) {
      IpAddress ip = IpAddress.parseOrNull(value, 0, value.length());
      return ip == null ? value : ip.toString();
    }
    return value.matches("-?\\d+\\.0+") ? value.substring(0, value.indexOf('.')) : value;
  }

  private static List<String> texts(Event event, String field) {
    return event.values(FieldCatalogue.get().field(field)).stream().map(String::valueOf).toList();
  }

  /// The records of a folder, one a line; a JSON line with `message` alone holds the record as its text.
  private static List<byte[]> records(Path folder) throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (String line : lines(folder.resolve("raw.log"))) {
      records.add(line.getBytes(StandardCharsets.UTF_8));
    }
    for (String line : lines(folder.resolve("raw.json"))) {
      if (line.isBlank()) {
        continue;
      }
      Map<String, List<String>> fields = flat(line);
      boolean text = fields.size() == 1 && fields.containsKey("message");
      records.add(
          (text ? fields.get("message").getFirst() : line).getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }

  private static Map<String, List<String>> flat(String json) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), json)) {
      p.nextToken();
      object(p, "", fields);
    }
    return fields;
  }

  private static void object(JsonParser p, String prefix, Map<String, List<String>> fields) {
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + p.currentName();
      p.nextToken();
      value(p, name, fields);
    }
  }

  private static void value(JsonParser p, String name, Map<String, List<String>> fields) {
    if (p.currentToken() == JsonToken.START_OBJECT) {
      object(p, name + ".", fields);
    } else if (p.currentToken() == JsonToken.START_ARRAY) {
      while (p.nextToken() != JsonToken.END_ARRAY) {
        value(p, name, fields);
      }
    } else {
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(p.getString());
    }
  }
}
