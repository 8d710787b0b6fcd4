package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.json.EventJson;
import org.junit.jupiter.api.Test;

/// A sensor's `samples.log` and the events it must become, side by side: line n of `expected.jsonl` belongs to record n. What a
/// sensor skips or rejects stands there as text in brackets.
///
/// After a change that is meant, write them anew with `-Dmetron.golden=write` and read the difference.
class GoldenTest {
  /// Sensors that know a format and no product: what an event is about is for the user to say.
  private static final Set<String> GENERIC =
      Set.of("cef", "csv", "grok", "json", "keyvalue", "leef", "syslog", "xml");

  private static final Pattern PREFIX = Pattern.compile("(?m)^prefix: *\"?([\\w.]+)");

  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "event.kind",
          Set.of("alert", "asset", "enrichment", "event", "metric", "state", "signal"),
          "event.outcome",
          Set.of("success", "failure", "unknown"),
          "event.category",
          Set.of(
              "api",
              "authentication",
              "configuration",
              "database",
              "driver",
              "email",
              "file",
              "host",
              "iam",
              "intrusion_detection",
              "library",
              "malware",
              "network",
              "package",
              "process",
              "registry",
              "session",
              "threat",
              "vulnerability",
              "web"),
          "event.type",
          Set.of(
              "access",
              "admin",
              "allowed",
              "change",
              "connection",
              "creation",
              "deletion",
              "denied",
              "device",
              "end",
              "error",
              "group",
              "indicator",
              "info",
              "installation",
              "protocol",
              "start",
              "user"));

  private static final Path FOLDER = Path.of("src/test/resources/metron/parsers/sensors");

  /// What every event of every sensor must have, and names that mean the same everywhere.
  @Test
  void everyEventSaysWhenWhatAndFromWhere() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Sensor sensor : Sensors.shipped().all()) {
      String prefix = root(sensor);
      for (Event event : events(sensor)) {
        for (String name : List.of("@timestamp", "event.kind", "event.module", "event.dataset")) {
          if (Samples.get(event, name) == null) {
            faults.add(sensor.name() + ": no " + name + " in " + EventJson.write(event));
          }
        }
        if (!GENERIC.contains(sensor.name()) && Samples.get(event, "event.category") == null) {
          faults.add(sensor.name() + ": no event.category in " + EventJson.write(event));
        }
        event.forEach(
            (field, _) -> {
              String name = field.name();
              boolean known =
                  FieldCatalogue.get().entry(name).isPresent()
                      || name.startsWith(prefix + ".")
                      || name.startsWith("log.syslog.structured_data.");
              if (!known && !GENERIC.contains(sensor.name())) {
                faults.add(sensor.name() + ": " + name + " is neither ECS nor below " + prefix);
              }
            });
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void valuesOfCategorisationAreThoseOfEcs() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Sensor sensor : Sensors.shipped().all()) {
      for (Event event : events(sensor)) {
        ALLOWED.forEach(
            (name, allowed) -> {
              for (Object value : event.values(FieldCatalogue.get().field(name))) {
                if (!allowed.contains(value.toString())) {
                  faults.add(sensor.name() + ": " + name + " is " + value);
                }
              }
            });
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String root(Sensor sensor) {
    Matcher prefix = PREFIX.matcher(sensor.definition());
    String name = prefix.find() ? prefix.group(1) : sensor.name();
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static List<Event> events(Sensor sensor) throws IOException {
    List<Event> all = new ArrayList<>();
    Parser parser = sensor.newParser();
    RecordReader reader =
        sensor
            .framing()
            .open(
                new ByteArrayInputStream(
                    Files.readAllBytes(FOLDER.resolve(sensor.name()).resolve("samples.log"))),
                Map.of());
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      if (parser.parse(Samples.raw(sensor.name(), r.bytes(), r.metadata()))
          instanceof ParseResult.Parsed(List<Event> events)) {
        all.addAll(events);
      }
    }
    assertThat(all).as(sensor.name()).isNotEmpty();
    return all;
  }

  @Test
  void samplesBecomeTheEventsBesideThem() throws IOException {
    for (Sensor sensor : Sensors.shipped().all()) {
      Path folder = FOLDER.resolve(sensor.name());
      Path expected = folder.resolve("expected.jsonl");
      List<String> found = new ArrayList<>();
      Parser parser = sensor.newParser();
      RecordReader reader =
          sensor
              .framing()
              .open(
                  new ByteArrayInputStream(Files.readAllBytes(folder.resolve("samples.log"))),
                  Map.of());
      for (RawRecord r = reader.next(); r != null; r = reader.next()) {
        found.add(
            switch (parser.parse(Samples.raw(sensor.name(), r.bytes(), r.metadata()))) {
              case ParseResult.Parsed(List<Event> events) ->
                  String.join(" ", events.stream().map(EventJson::write).toList());
              case ParseResult.Skipped(String why) -> "[skipped: " + why + "]";
              case ParseResult.Rejected(String reason, int _) -> "[rejected: " + reason + "]";
            });
      }
      if ("write".equals(System.getProperty("metron.golden"))) {
        Files.write(expected, found, StandardCharsets.UTF_8);
      }
      assertThat(found).as(sensor.name()).containsExactlyElementsOf(Files.readAllLines(expected));
    }
  }
}
