package metron.pipeline.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checkpoints on disk: `<directory>/<job id>/chk-<n>/_metadata`. Flink writes `_metadata` last and moves it into place, so
/// where it is, the checkpoint is whole. Numbers go on over restarts; each start of the process is a new job id.
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private Checkpoints() {}

  /// Whole checkpoints, newest first.
  static List<Path> complete(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    try (Stream<Path> paths = Files.walk(directory, 3)) {
      paths
          .filter(p -> p.getFileName().toString().equals("_metadata"))
          .map(Path::getParent)
          .filter(p -> number(p) >= 0)
          .forEach(found::add);
    }
    found.sort(Comparator.comparingLong(Checkpoints::number).reversed());
    return found;
  }

  static Optional<Path> newest(Path directory) throws IOException {
    return complete(directory).stream().findFirst();
  }

  /// Deletes what earlier processes left, but for the checkpoints in `keep`.
  static void deleteAllBut(Path directory, List<Path> keep) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      boolean kept = path.equals(directory);
      for (Path one : keep) {
        kept |= path.startsWith(one) || one.startsWith(path);
      }
      if (!kept) {
        try {
          Files.delete(path);
        } catch (IOException e) {
          LOG.warn("left-over of an old checkpoint stays, it can't be deleted: {}", e.toString());
        }
      }
    }
  }

  private static long number(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    if (!name.startsWith("chk-")) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(4));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
