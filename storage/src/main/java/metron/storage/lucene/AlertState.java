package metron.storage.lucene;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.event.Event;
import metron.storage.Alert;
import metron.storage.AlertFields;
import metron.storage.AlertStore;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// What people have done about an alert, beside its event, and its place in the order of arrival.
///
/// Stored form: version (1), sequence, version of the alert, status, assignee, comments (id, author, time, text), changes (time,
/// who, what, from, to), time of the last; numbers big-endian, text as length and UTF-8, length -1 for none.
record AlertState(
    long sequence,
    long version,
    Alert.Status status,
    @Nullable String assignee,
    List<Alert.Comment> comments,
    List<Alert.Change> history) {
  AlertState {
    comments = List.copyOf(comments);
    history = List.copyOf(history);
  }

  static AlertState fresh(long sequence) {
    return new AlertState(sequence, 1, Alert.Status.NEW, null, List.of(), List.of());
  }

  Alert alert(Event event) {
    return new Alert(AlertFields.without(event), version, status, assignee, comments, history);
  }

  /// The event with the fields of the state.
  Event with(Event event) {
    Event out = AlertFields.without(event);
    out.set(AlertFields.STATUS, status.name().toLowerCase(Locale.ROOT));
    if (assignee != null) {
      out.set(AlertFields.ASSIGNEE, assignee);
    }
    out.set(AlertFields.VERSION, version);
    out.set(AlertFields.COMMENTS, comments.size());
    if (!history.isEmpty()) {
      out.set(AlertFields.CHANGED, history.getLast().at());
    }
    return out;
  }

  /// The state after the edits, one version on.
  ///
  /// @return null if a comment that should go is not there
  @Nullable AlertState edit(List<AlertStore.Edit> edits, String who, Instant at) {
    Alert.Status newStatus = status;
    String newAssignee = assignee;
    List<Alert.Comment> newComments = new ArrayList<>(comments);
    List<Alert.Change> changes = new ArrayList<>(history);
    for (AlertStore.Edit edit : edits) {
      switch (edit) {
        case AlertStore.Edit.SetStatus(var to) -> {
          changes.add(new Alert.Change(at, who, "status", name(newStatus), name(to)));
          newStatus = to;
        }
        case AlertStore.Edit.Assign(var to) -> {
          changes.add(new Alert.Change(at, who, "assignee", newAssignee, to));
          newAssignee = to;
        }
        case AlertStore.Edit.AddComment(String text) -> {
          String id = version + 1 + "." + changes.size();
          newComments.add(new Alert.Comment(id, who, at, text));
          changes.add(new Alert.Change(at, who, "comment", null, id));
        }
        case AlertStore.Edit.RemoveComment(String id) -> {
          if (!newComments.removeIf(c -> c.id().equals(id))) {
            return null;
          }
          changes.add(new Alert.Change(at, who, "comment-removed", id, null));
        }
      }
    }
    return new AlertState(sequence, version + 1, newStatus, newAssignee, newComments, changes);
  }

  private static String name(Alert.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  BytesRef bytes() {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    try {
      out.writeByte(1);
      out.writeLong(sequence);
      out.writeLong(version);
      text(out, status.name());
      text(out, assignee);
      out.writeInt(comments.size());
      for (Alert.Comment c : comments) {
        text(out, c.id());
        text(out, c.author());
        out.writeLong(ValueText.nanos(c.at()));
        text(out, c.text());
      }
      out.writeInt(history.size());
      for (Alert.Change c : history) {
        out.writeLong(ValueText.nanos(c.at()));
        text(out, c.who());
        text(out, c.what());
        text(out, c.from());
        text(out, c.to());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BytesRef(bytes.toByteArray());
  }

  static AlertState read(byte[] bytes) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    int form = in.readByte();
    if (form != 1) {
      throw new IOException("state of an alert has form " + form + ", expected 1");
    }
    long sequence = in.readLong();
    long version = in.readLong();
    Alert.Status status = Alert.Status.valueOf(required(in));
    String assignee = text(in);
    List<Alert.Comment> comments = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      comments.add(
          new Alert.Comment(
              required(in), required(in), ValueText.instant(in.readLong()), required(in)));
    }
    List<Alert.Change> history = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      history.add(
          new Alert.Change(
              ValueText.instant(in.readLong()), required(in), required(in), text(in), text(in)));
    }
    return new AlertState(sequence, version, status, assignee, comments, history);
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String required(DataInputStream in) throws IOException {
    String text = text(in);
    if (text == null) {
      throw new IOException("state of an alert lacks a text");
    }
    return text;
  }
}
