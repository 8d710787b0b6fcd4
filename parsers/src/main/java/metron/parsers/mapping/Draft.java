package metron.parsers.mapping;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.RawMessage;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Texts;
import metron.parsers.scan.Times;
import org.jspecify.annotations.Nullable;

/// A message on its way through a format chain: the payload `[from, to)` still to be read, and the events made so far.
/// One for each parser, used again for each message; nothing of a message outlives [#reset].
public final class Draft {
  /// At most so many events of one message, so that a small message can't become a flood.
  public static final int MAX_EVENTS = 100_000;

  /// At most so many fields in one event.
  public static final int MAX_FIELDS = 1_000;

  private static final int MAX_LAYOUTS = 4;

  private final Times times;
  private final Texts texts = new Texts();
  private final Related related = new Related();
  private final Lists lists = new Lists();
  private final List<Event> done = new ArrayList<>();

  private @Nullable RawMessage raw;
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private Event event = new Event();
  private @Nullable Mapping mapping;
  private @Nullable String rejection;
  private int offset;
  private @Nullable String skipped;
  private boolean full;
  private int depth;

  public Draft(ZoneId zone) {
    times = new Times(zone);
  }

  public void reset(RawMessage message) {
    raw = message;
    bytes = message.bytes();
    from = 0;
    to = bytes.length;
    times.received(message.received());
    done.clear();
    lists.clear();
    mapping = null;
    rejection = null;
    offset = -1;
    skipped = null;
    full = false;
    depth = 0;
  }

  public RawMessage raw() {
    if (raw == null) {
      throw new IllegalStateException("no message: reset was not called");
    }
    return raw;
  }

  /// The bytes that [#from] and [#to] count in: the message's own, or a decoded copy a format has put here.
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /// Leaves `[from, to)` of other bytes, such as a decoded copy, for the next link.
  public void payload(byte[] other, int from, int to) {
    this.bytes = other;
    this.from = from;
    this.to = to;
  }

  /// Leaves `[from, to)` of the same bytes for the next link.
  public void payload(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /// Reads stamps in the sensor's zone, with the message's time of receipt.
  public Times times() {
    return times;
  }

  /// Makes the texts of events.
  public Texts texts() {
    return texts;
  }

  Related related() {
    return related;
  }

  /// The event being made; one exists once a format has called [#start].
  public Event event() {
    return event;
  }

  /// Begins an event that a mapping describes, or, where a link before has begun it, adds what this mapping says.
  public void start(Mapping with) {
    if (mapping == null) {
      event = with.template().newEvent();
    } else if (!mapping.equals(with)) {
      event.setAll(with.constants().fields());
    }
    mapping = with;
  }

  /// The mapping of the event being made.
  public Mapping mapping() {
    if (mapping == null) {
      throw new IllegalStateException("no event was begun");
    }
    return mapping;
  }

  public boolean started() {
    return mapping != null;
  }

  /// Ends the event being made and lets another begin; for messages that hold several.
  public boolean next() {
    finish();
    return done.size() < MAX_EVENTS;
  }

  /// The message is not what the sensor expects.
  ///
  /// @param at byte where it went wrong, counted in [#bytes]
  /// @return false, for the caller to pass on
  public boolean reject(String reason, int at) {
    if (rejection == null) {
      rejection = reason;
      offset = at;
    }
    return false;
  }

  /// The message tells nothing, on purpose.
  ///
  /// @return false, for the caller to pass on
  public boolean skip(String why) {
    skipped = why;
    return false;
  }

  public @Nullable String rejection() {
    return rejection;
  }

  public int offset() {
    return offset;
  }

  public @Nullable String skipped() {
    return skipped;
  }

  /// Closes the last event and hands all of them out.
  public List<Event> finished() {
    if (mapping != null) {
      finish();
    }
    return List.copyOf(done);
  }

  private void finish() {
    endArray();
    mapping().finish(this);
    if (!event.has(Ecs.TIMESTAMP)) {
      event.setNanos(Ecs.TIMESTAMP, Times.nanos(raw().received()));
    }
    done.add(event);
    mapping = null;
  }

  /// Adds to the values of a field that stands in an array; duplicates stay, so that lists of one array keep step.
  public void append(Field field, Object value) {
    lists.append(field, value);
  }

  /// Sets the fields gathered since the array began. A field whose values differ in type becomes text.
  public void endArray() {
    lists.moveTo(event);
  }

  /// Goes into a layout that stands in another one's capture; false if that is too deep.
  boolean deeper() {
    if (depth >= MAX_LAYOUTS) {
      return false;
    }
    depth++;
    return true;
  }

  void shallower() {
    depth--;
  }

  /// Keeps a text under a name of the format's own making, such as a parameter of syslog's structured data.
  public void keep(String name, byte[] b, int from, int to) {
    if (from < to && roomForMore(name)) {
      Field field = FieldCatalogue.get().field(name);
      if (field.type() == FieldType.STRING) {
        event.set(field, texts.text(b, from, to));
      }
    }
  }

  /// Whether the event takes another vendor field. A message with thousands of names is an attack or a mistake; what does
  /// not fit stays in `event.original`.
  boolean roomForMore(String name) {
    if (event.size() + lists.size() < MAX_FIELDS) {
      return true;
    }
    if (!full) {
      full = true;
      event.add(Ecs.ERROR_MESSAGE, "more than " + MAX_FIELDS + " fields: left out from " + name);
    }
    return false;
  }

  /// Keeps a value that does not fit its field: as text under the sensor's own name for it, with a word in
  /// `error.message`. A time of event that can't be read refuses the message: every other field has a place to fall
  /// back to, the time has none.
  void unfit(Field field, String path, byte[] b, int from, int to, String expected) {
    if (field.equals(Ecs.TIMESTAMP)) {
      reject(
          path + " is \"" + Bytes.excerpt(b, from, to) + "\", expected " + expected,
          b.length == bytes.length ? from : -1);
      return;
    }
    keepUnfit(path, b, from, to, expected);
  }

  /// As [#unfit], for a field that the message can do without.
  void keepUnfit(String path, byte[] b, int from, int to, String expected) {
    event.add(
        Ecs.ERROR_MESSAGE,
        path + " is \"" + Bytes.excerpt(b, from, to) + "\", expected " + expected);
    String prefix = mapping().prefix();
    Field kept = FieldCatalogue.get().field(prefix.isEmpty() ? path : prefix + "." + path);
    if (kept.type() == FieldType.STRING) {
      event.set(kept, Bytes.text(b, from, to));
    } else {
      event.set(FieldCatalogue.get().field(kept.name() + ".text"), Bytes.text(b, from, to));
    }
  }
}
