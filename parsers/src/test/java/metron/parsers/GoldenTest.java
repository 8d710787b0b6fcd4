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
import metron.event.Event;
import metron.event.json.EventJson;
import org.junit.jupiter.api.Test;

/// A sensor's `samples.log` and the events it must become, side by side: line n of `expected.jsonl` belongs to record n. What a
/// sensor skips or rejects stands there as text in brackets.
///
/// After a change that is meant, write them anew with `-Dmetron.golden=write` and read the difference.
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/metron/parsers/sensors");

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
