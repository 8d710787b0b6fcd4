package metron.storage;

import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;

/// The fields that say what became of an alert. They are in the catalogue as soon as this class is loaded, so that search text
/// may name them.
public final class AlertFields {
  public static final Field STATUS =
      field("alert.status", FieldType.STRING, "What became of the alert: new, open, …");
  public static final Field ASSIGNEE =
      field("alert.assignee", FieldType.STRING, "Who works on the alert");
  public static final Field VERSION =
      field("alert.version", FieldType.LONG, "Counts changes of the alert, from 1");
  public static final Field COMMENTS =
      field("alert.comments", FieldType.LONG, "How many comments the alert has");
  public static final Field CHANGED =
      field("alert.changed", FieldType.INSTANT, "When the alert was last changed");

  private AlertFields() {}

  /// Takes the state off an event again.
  public static Event without(Event event) {
    Event bare = event.copy();
    bare.remove(STATUS);
    bare.remove(ASSIGNEE);
    bare.remove(VERSION);
    bare.remove(COMMENTS);
    bare.remove(CHANGED);
    return bare;
  }

  private static Field field(String name, FieldType type, String description) {
    return FieldCatalogue.get().registerSensorField(name, type, false, description);
  }
}
