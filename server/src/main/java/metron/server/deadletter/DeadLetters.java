package metron.server.deadletter;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import metron.event.DeadLetter;
import org.jspecify.annotations.Nullable;

/// The dead letters that are kept. Any thread.
public interface DeadLetters {
  /// @param id unique and stable, fit for a path: letters, digits and `-._`
  record Entry(String id, DeadLetter letter) {}

  /// Newest first.
  ///
  /// @param next where the next page starts, without zero characters; null: there is none
  /// @param total how many match
  record Page(List<Entry> entries, @Nullable String next, long total) {}

  /// @param sensor null: all
  /// @param stage null: all
  /// @param after `next` of the page before; null: from the newest
  /// @param size 1 to 500
  Page list(
      @Nullable String sensor, DeadLetter.@Nullable Stage stage, @Nullable String after, int size)
      throws IOException;

  Optional<Entry> find(String id) throws IOException;

  /// Writes a record to the log again, to go through the pipeline as if it had just come; the letter is then no longer listed.
  ///
  /// @param sensor name of the sensor whose topic it goes to
  /// @param bytes the record, as it was or mended
  /// @return where it lies now: `topic/partition/offset`
  String replay(Entry entry, String sensor, byte[] bytes) throws IOException;
}
