package metron.event;

/// Derives `event.id` from where the raw message lies, so that a replay writes the same documents.
///
/// Form: `<topic>-<partition>-<offset>`, then `.<n>` for the second and later events of one message (n from 1). Ids of
/// neighbours share a prefix, which the index compresses; a hash would not.
public final class EventId {
  private EventId() {}

  /// @param index position of the event among those of the same message; 0 or more
  public static String of(RawMessage raw, int index) {
    String id = raw.topic() + "-" + raw.partition() + "-" + raw.offset();
    return index == 0 ? id : id + "." + index;
  }
}
