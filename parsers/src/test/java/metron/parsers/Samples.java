package metron.parsers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.RawMessage;

/// Runs text through a shipped sensor as the product does: framed, then parsed record by record.
final class Samples {
  static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");

  private Samples() {}

  static RawMessage raw(String sensor, byte[] bytes, Map<String, String> metadata) {
    return new RawMessage(sensor, "raw." + sensor, 0, 0, RECEIVED, bytes, metadata);
  }

  static ParseResult parse(String sensor, String line) {
    return parser(sensor).parse(raw(sensor, line.getBytes(StandardCharsets.UTF_8), Map.of()));
  }

  static Parser parser(String sensor) {
    return Sensors.shipped().sensor(sensor).orElseThrow().newParser();
  }

  /// The only event of a line that must have one.
  static Event event(String sensor, String line) {
    ParseResult result = parse(sensor, line);
    if (result instanceof ParseResult.Parsed(List<Event> events) && events.size() == 1) {
      return events.getFirst();
    }
    throw new AssertionError("expected one event, found " + result);
  }

  static Object get(Event event, String field) {
    return event.get(FieldCatalogue.get().field(field));
  }

  static String text(Event event, String field) {
    Object value = get(event, field);
    return value == null ? null : value.toString();
  }

  static List<ParseResult> file(String sensor, String content, Map<String, String> metadata) {
    Sensor s = Sensors.shipped().sensor(sensor).orElseThrow();
    Parser parser = s.newParser();
    List<ParseResult> results = new ArrayList<>();
    try {
      RecordReader reader =
          s.framing()
              .open(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), metadata);
      for (RawRecord r = reader.next(); r != null; r = reader.next()) {
        results.add(parser.parse(raw(sensor, r.bytes(), r.metadata())));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return results;
  }
}
