package metron.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The definitions in `conf/`: text files under version control, each change with an author and a reason.
///
/// Paths use `/`, are relative to the folder, and never leave it; hidden files (a part that starts with a dot) are not part
/// of it. An edit made on disk by hand is picked up by [#scan]. All methods may be called from any thread.
public interface ConfigStore extends AutoCloseable {
  /// Longest file, in bytes.
  int MAX_FILE = 1024 * 1024;

  /// @param blob git's id of the content, hex; changes exactly when the content does
  record File(String path, String blob, long bytes) {}

  record Text(String path, String blob, String text) {}

  /// @param id of the commit, hex
  /// @param paths files that it changed, sorted
  record Revision(String id, String author, Instant at, String message, List<String> paths) {
    public Revision {
      paths = List.copyOf(paths);
    }
  }

  /// The files changed.
  ///
  /// @param revision the new state
  /// @param paths files that differ from the state before
  record Changed(Revision revision, List<String> paths) {
    public Changed {
      paths = List.copyOf(paths);
    }
  }

  /// The file is not as the author last saw it.
  final class Conflict extends Exception {
    private static final long serialVersionUID = 1;
    private final @Nullable String found;

    public Conflict(String path, @Nullable String expected, @Nullable String found) {
      super(
          path
              + " is "
              + (found == null ? "not there" : "at " + found)
              + ", the change was made on "
              + (expected == null ? "a new file" : expected)
              + ": load it again and repeat the change");
      this.found = found;
    }

    /// Id of the content that is there, or null if there is none.
    public @Nullable String found() {
      return found;
    }
  }

  /// All files, by path.
  List<File> list() throws IOException;

  /// @throws IllegalArgumentException if the path leaves the folder or is hidden
  Optional<Text> read(String path) throws IOException;

  /// The text of all files as they are now, in one consistent state.
  Map<String, String> readAll() throws IOException;

  /// Writes one file as one commit. The same text again is no change and gives the latest revision.
  ///
  /// @param expectedBlob what [#read] gave; null: the file must be new
  /// @throws IllegalArgumentException if the path leaves the folder or is hidden, or the text is over [#MAX_FILE]
  Revision write(
      String path, String text, @Nullable String expectedBlob, String author, String message)
      throws IOException, Conflict;

  /// Removes one file as one commit.
  Revision delete(String path, String expectedBlob, String author, String message)
      throws IOException, Conflict;

  /// Revisions, newest first.
  ///
  /// @param path only those that changed this file; null: all
  List<Revision> history(@Nullable String path, int size) throws IOException;

  /// The text of a file in a revision.
  Optional<Text> read(String revision, String path) throws IOException;

  /// What a revision changed, as a unified diff.
  ///
  /// @throws java.util.NoSuchElementException if there is no such revision
  String diff(String revision) throws IOException;

  /// Makes all files as they were in a revision, as a new commit.
  ///
  /// @throws java.util.NoSuchElementException if there is no such revision
  Revision rollback(String revision, String author) throws IOException;

  /// Commits what was edited on disk by hand since the last change, under the author `disk`.
  ///
  /// @return empty if nothing was
  Optional<Revision> scan() throws IOException;

  /// Called after each change, on the thread that made it.
  ///
  /// @return ends the subscription
  Runnable subscribe(Consumer<Changed> listener);

  @Override
  void close() throws IOException;
}
