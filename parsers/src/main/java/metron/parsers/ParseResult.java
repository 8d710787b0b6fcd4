package metron.parsers;

import java.util.List;
import metron.event.Event;

/// What became of one message.
public sealed interface ParseResult {
  /// One event or several. Each has `@timestamp` and the sensor's fields; `event.id` and `event.original` are set by the
  /// pipeline.
  record Parsed(List<Event> events) implements ParseResult {
    public Parsed {
      events = List.copyOf(events);
    }

    public static Parsed one(Event event) {
      return new Parsed(List.of(event));
    }
  }

  /// Nothing to tell, on purpose: a comment, a header line, or a message that the sensor's filter leaves out.
  record Skipped(String filter) implements ParseResult {}

  /// The message is not what the sensor expects.
  ///
  /// @param reason what was found and what was expected
  /// @param offset byte where it went wrong; 0 or more, -1 if unknown
  record Rejected(String reason, int offset) implements ParseResult {}
}
