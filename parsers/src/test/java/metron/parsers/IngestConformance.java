package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import metron.event.CommunityId;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// How much of the documents that other tools make of real lines do our sensors make too? Reads the folder of samples that the
/// system property `metron.data` names; not part of the normal build, whose class names end in `Test`.
///
/// Run: `mvn -pl parsers -am test -Dtest=IngestConformance -Dsurefire.failIfNoSpecifiedTests=false -Dmetron.data=…`
@Tag("conformance")
class IngestConformance {
  private static final JsonFactory JSON = new JsonFactory();

  /// A source, the sensor that reads it, and the least share of lines parsed and fields right, in percent.
  private record Source(String folder, String sensor, double lines, double fields) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("zeek_conn", "zeek", 100, 100),
          new Source("zeek_dns", "zeek", 100, 100),
          new Source("zeek_http", "zeek", 100, 100),
          new Source("zeek_ssl", "zeek", 100, 100),
          new Source("zeek_dhcp", "zeek", 100, 0),
          new Source("zeek_files", "zeek", 100, 0),
          new Source("zeek_ftp", "zeek", 100, 0),
          new Source("zeek_intel", "zeek", 100, 0),
          new Source("zeek_kerberos", "zeek", 100, 0),
          new Source("zeek_notice", "zeek", 100, 0),
          new Source("zeek_rdp", "zeek", 100, 0),
          new Source("zeek_smtp", "zeek", 100, 0),
          new Source("zeek_software", "zeek", 100, 0),
          new Source("zeek_ssh", "zeek", 100, 0),
          new Source("zeek_weird", "zeek", 100, 0),
          new Source("zeek_x509", "zeek", 100, 0),
          new Source("metron_bro", "zeek", 100, 0),
          new Source("suricata_eve", "suricata", 100, 100),
          new Source("suricata_fast", "snort", 100, 0),
          new Source("metron_snort", "snort", 100, 0),
          new Source("metron_squid", "squid", 100, 100),
          new Source("metron_asa", "asa", 100, 100),
          new Source("metron_syslog5424", "syslog", 100, 0),
          new Source("metron_syslog3164", "syslog", 100, 0),
          new Source("linux_auth", "syslog", 100, 0),
          new Source("apache_access", "grok", 100, 0),
          new Source("cef_unifi", "cef", 40, 0));

  @Test
  void documentsAreAsExpected() throws IOException {
    String data = System.getProperty("metron.data");
    assertThat(data).as("system property metron.data, the folder of samples").isNotNull();
    List<String> below = new ArrayList<>();
    for (Source source : SOURCES) {
      Path folder = Path.of(data, "ingest", source.folder());
      if (!Files.isDirectory(folder)) {
        folder = Path.of(data, source.folder());
      }
      assertThat(folder).isDirectory();
      run(source, folder, below);
    }
    assertThat(below).isEmpty();
  }

  private static void run(Source source, Path folder, List<String> below) throws IOException {
    Sensor sensor = Sensors.shipped().sensor(source.sensor()).orElseThrow();
    Parser parser = sensor.newParser();
    Path expected = folder.resolve("expected.jsonl");
    List<String> documents = Files.exists(expected) ? Files.readAllLines(expected) : List.of();
    RecordReader reader =
        sensor
            .framing()
            .open(
                new ByteArrayInputStream(Files.readAllBytes(folder.resolve("raw.log"))), Map.of());
    int lines = 0;
    int taken = 0;
    int right = 0;
    int fields = 0;
    int layout = 0;
    Map<String, Integer> wrong = new TreeMap<>();
    Map<String, String> example = new LinkedHashMap<>();
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      lines++;
      ParseResult result = parser.parse(Samples.raw(source.sensor(), r.bytes(), r.metadata()));
      Event event = new Event();
      switch (result) {
        case ParseResult.Parsed(List<Event> events) -> {
          taken++;
          event = events.getFirst();
        }
        case ParseResult.Skipped _ -> taken++;
        case ParseResult.Rejected(String reason, int _) -> {
          wrong.merge("rejected", 1, Integer::sum);
          example.putIfAbsent("rejected", r.line() + ": " + reason);
        }
      }
      if (source.sensor().equals("asa") && event.has(Ecs.SOURCE_IP)) {
        layout++;
      }
      int at = (int) r.line() - 1;
      if (at >= documents.size() || documents.get(at).strip().equals("null")) {
        continue;
      }
      CommunityId.addTo(event);
      for (Map.Entry<String, List<String>> e : flat(documents.get(at)).entrySet()) {
        // The pipeline derives the id from topic, partition and offset.
        if (e.getKey().equals("event.id")) {
          continue;
        }
        fields++;
        List<String> found = texts(event, e.getKey());
        if (same(e.getKey(), e.getValue(), found)) {
          right++;
        } else {
          wrong.merge(e.getKey(), 1, Integer::sum);
          example.putIfAbsent(
              e.getKey(), r.line() + ": expected " + e.getValue() + ", found " + found);
        }
      }
    }
    double lineShare = lines == 0 ? 0 : 100.0 * taken / lines;
    double fieldShare = fields == 0 ? 100 : 100.0 * right / fields;
    System.out.printf(
        "%-18s %-9s lines %4d of %4d  fields %5d of %5d%s%n",
        source.folder(),
        source.sensor(),
        taken,
        lines,
        right,
        fields,
        layout > 0 ? "  laid out " + layout : "");
    if (source.fields() == 0) {
      wrong.keySet().retainAll(Set.of("rejected"));
    }
    wrong.forEach((f, n) -> System.out.println("    " + f + " " + n + "  " + example.get(f)));
    if (lineShare < source.lines() || fieldShare < source.fields()) {
      below.add(
          source.folder()
              + ": lines "
              + lineShare
              + " %, fields "
              + fieldShare
              + " %, floors "
              + source.lines()
              + " and "
              + source.fields());
    }
  }

  private static boolean same(String field, List<String> expected, List<String> found) {
    if (found.isEmpty()) {
      return false;
    }
    if (field.equals("@timestamp")) {
      return Instant.parse(expected.getFirst()).toEpochMilli()
          == Instant.parse(found.getFirst()).toEpochMilli();
    }
    Set<String> a = new LinkedHashSet<>(expected);
    Set<String> b = new LinkedHashSet<>(found);
    // Everyone who took part is in related.*; ours names more.
    return field.startsWith("related.") ? b.containsAll(a) : a.equals(b);
  }

  private static List<String> texts(Event event, String field) {
    return event.values(FieldCatalogue.get().field(field)).stream().map(String::valueOf).toList();
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
