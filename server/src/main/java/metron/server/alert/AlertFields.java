package metron.server.alert;

import java.util.Locale;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.storage.Alert;

/// The state of an alert as fields of its event, named as [metron.storage.AlertStore] names them in searches.
final class AlertFields {
  private static final Field STATUS = field("alert.status", FieldType.STRING);
  private static final Field ASSIGNEE = field("alert.assignee", FieldType.STRING);
  private static final Field VERSION = field("alert.version", FieldType.LONG);
  private static final Field COMMENTS = field("alert.comments", FieldType.LONG);

  private AlertFields() {}

  static void add(Alert alert, Event event) {
    event.setBoxed(STATUS, alert.status().name().toLowerCase(Locale.ROOT));
    if (alert.assignee() == null) {
      event.remove(ASSIGNEE);
    } else {
      event.setBoxed(ASSIGNEE, alert.assignee());
    }
    event.setBoxed(VERSION, alert.version());
    event.setBoxed(COMMENTS, (long) alert.comments().size());
  }

  private static Field field(String name, FieldType type) {
    return FieldCatalogue.get().fieldOr(name, type);
  }
}
