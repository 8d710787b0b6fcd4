package metron.packets.carve;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.Finding;
import org.jspecify.annotations.Nullable;

/// Writes carved files into a folder. A file has a name of its own until it is complete; one of which a part is missing keeps
/// `.partial` at its end. Nothing that is there is written over.
public final class FolderSink implements FileSink, AutoCloseable {
  private static final int MOST_NAMES = 100_000;

  private final Path folder;
  private final Map<OutputStream, Path> open = new HashMap<>();
  private final List<Path> written = new ArrayList<>();
  private long next;

  /// @param folder made if it is not there
  public FolderSink(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  @Override
  public OutputStream open(String protocol, String name) throws IOException {
    Path file = Files.createTempFile(folder, ".carving-" + next++ + "-", "");
    OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 14);
    open.put(stream, file);
    return stream;
  }

  @Override
  public void done(@Nullable OutputStream content, Finding.CarvedFile file) throws IOException {
    if (content == null) {
      return;
    }
    content.close();
    Path from = open.remove(content);
    if (from == null) {
      return;
    }
    for (int count = 0; count < MOST_NAMES; count++) {
      String name = FileNames.safe(file.name(), count) + (file.whole() ? "" : ".partial");
      Path to = folder.resolve(name);
      if (!Files.exists(to, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        Files.move(from, to);
        written.add(to);
        return;
      }
    }
    throw new IOException(
        "folder " + folder + " has " + MOST_NAMES + " files named like " + file.name());
  }

  /// Files as they lie there now.
  public List<Path> written() {
    return List.copyOf(written);
  }

  @Override
  public void close() throws IOException {
    for (Map.Entry<OutputStream, Path> entry : open.entrySet()) {
      entry.getKey().close();
      Files.deleteIfExists(entry.getValue());
    }
    open.clear();
  }
}
