package metron.event;

/// Fields that many events begin with, such as a sensor's fixed ones. [#newEvent] copies them into an event that has room
/// for as many fields as its predecessors came to hold, so that events of a sensor do not grow while they are filled.
///
/// May be used from any thread.
public final class EventTemplate {
  /// Room is not learned beyond this: one monster of an event does not make all that follow it large.
  private static final int MOST = 128;

  private static final int STEP = 8;

  private final Event fields;

  // Written by whichever event outgrows it, without a lock: a lost update costs one more growth.
  private volatile int room;

  /// @param fields copied
  public EventTemplate(Event fields) {
    this.fields = fields.copy();
    room = Math.max(24, fields.size() + STEP);
  }

  public Event newEvent() {
    return fields.copy(this, room);
  }

  /// An event had to grow to that many slots, twice what it had.
  void outgrown(int slots) {
    if (room < MOST) {
      room = Math.min(MOST, Math.min(slots, room + STEP));
    }
  }
}
