package metron.parsers;

import java.util.List;
import metron.event.RawMessage;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a message through the links of a sensor's format chain.
final class SensorParser implements Parser {
  private static final Logger LOG = LoggerFactory.getLogger(SensorParser.class);

  private final String sensor;
  private final Format[] chain;
  private final Draft draft;

  SensorParser(String sensor, List<Format> chain, Draft draft) {
    this.sensor = sensor;
    this.chain = chain.toArray(new Format[0]);
    this.draft = draft;
  }

  // Every format is tested to throw for no bytes at all. Should one do so yet, one message must not
  // stop the stream of all
  // the others; it becomes a dead letter that says so.
  @SuppressWarnings("CatchAndPrintStackTrace")
  @Override
  public ParseResult parse(RawMessage raw) {
    String oversize = raw.metadata().get(Framing.OVERSIZE);
    if (oversize != null) {
      return new ParseResult.Rejected(
          "a record of " + oversize + " bytes, expected at most " + Framing.MAX_RECORD,
          Framing.MAX_RECORD);
    }
    try {
      return read(raw);
    } catch (RuntimeException e) {
      LOG.error("fault in sensor {}: {} at {}", sensor, e, origin(e));
      return new ParseResult.Rejected("fault in the parser of sensor " + sensor + ": " + e, -1);
    }
  }

  private ParseResult read(RawMessage raw) {
    draft.reset(raw);
    for (Format format : chain) {
      if (!format.read(draft)) {
        break;
      }
    }
    if (draft.rejection() == null && draft.skipped() == null) {
      if (!draft.started()) {
        return new ParseResult.Rejected("nothing that sensor " + sensor + " reads", 0);
      }
      List<metron.event.Event> events = draft.finished();
      // Finishing may find that a value of the time is none.
      if (draft.rejection() == null) {
        return new ParseResult.Parsed(events);
      }
    }
    String rejection = draft.rejection();
    if (rejection != null) {
      return new ParseResult.Rejected(rejection, draft.offset());
    }
    String skipped = draft.skipped();
    return new ParseResult.Skipped(skipped == null ? "empty" : skipped);
  }

  private static @Nullable StackTraceElement origin(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? null : trace[0];
  }
}
