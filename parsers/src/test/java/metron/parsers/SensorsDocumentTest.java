package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import metron.event.Event;
import org.junit.jupiter.api.Test;

/// `docs/reference/sensors.md` is written out of the definitions and the samples beside them, and says what they say.
///
/// After a change that is meant, write it anew with `-Dmetron.golden=write` and read the difference.
class SensorsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/reference/sensors.md");
  private static final Path SAMPLES = Path.of("src/test/resources/metron/parsers/sensors");

  @Test
  void saysWhatTheSensorsAreAndWhichFieldsTheySet() throws IOException {
    String document = document(SAMPLES);
    if ("write".equals(System.getProperty("metron.golden"))) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
  }

  private static String document(Path samples) throws IOException {
    StringBuilder out = new StringBuilder();
    out.append("# Sensors\n\n")
        .append(
            "What Metron reads out of the box; `bin/metron sensors` lists the same. A definition of"
                + " your own with the\n")
        .append(
            "same name takes the place of a shipped one: [Write a sensor](../write-a-sensor.md)."
                + " The fields are\n")
        .append(
            "those that the sensor's samples set; the pipeline adds its own to every event. Their"
                + " meaning is in\n")
        .append("[Fields](fields.md). This page is generated: do not edit it.\n");
    for (Sensor sensor : Sensors.shipped().all()) {
      sensor(out, sensor, Files.readAllBytes(samples.resolve(sensor.name() + "/samples.log")));
    }
    return out.toString();
  }

  private static void sensor(StringBuilder out, Sensor sensor, byte[] samples) throws IOException {
    TreeSet<String> fields = new TreeSet<>();
    String example = "";
    Parser parser = sensor.newParser();
    RecordReader reader = sensor.framing().open(new ByteArrayInputStream(samples), Map.of());
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      RawRecord record = r;
      if (parser.parse(Samples.raw(sensor.name(), record.bytes(), record.metadata()))
          instanceof ParseResult.Parsed(List<Event> events)) {
        events.forEach(e -> e.forEach((field, value) -> fields.add(field.name())));
        example = example.isEmpty() ? new String(record.bytes(), StandardCharsets.UTF_8) : example;
      }
    }
    out.append("\n## ")
        .append(sensor.name())
        .append("\n")
        .append(sensor.description())
        .append("\n\n");
    row(out, "Vendor, product", (sensor.vendor() + " " + sensor.product()).strip());
    row(out, "Also called", code(sensor.aliases()));
    row(out, "Format", code(sensor.formats()));
    String zone = sensor.zone().getId();
    row(out, "Zone of stamps without one", zone.equals("Z") ? "UTC" : zone);
    // A datagram can't be shown.
    if (example.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n')) {
      out.append("\n```text\n").append(example).append("\n```\n");
    }
    out.append('\n');
    out.append("Fields: ").append(code(List.copyOf(fields))).append(".\n");
  }

  private static void row(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append("- ").append(name).append(": ").append(value).append("\n");
    }
  }

  private static String code(List<String> names) {
    return names.isEmpty() ? "" : "`" + String.join("`, `", names) + "`";
  }
}
