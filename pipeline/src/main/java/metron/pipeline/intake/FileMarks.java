package metron.pipeline.intake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state file of one [FileTail], replaced as a whole: after a crash it is the one before or the one after.
final class FileMarks {
  private static final Logger LOG = LoggerFactory.getLogger(FileMarks.class);

  private final Path file;

  FileMarks(Path file) {
    this.file = file;
  }

  List<FileMark> load() throws IOException {
    List<FileMark> marks = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        try {
          marks.add(FileMark.parse(line));
        } catch (IllegalArgumentException e) {
          LOG.warn("{}: line passed over, its file is read again: {}", file, e.getMessage());
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is not there yet: nothing was read before", file);
    }
    return marks;
  }

  void save(Collection<FileMark> marks) throws IOException {
    StringBuilder text = new StringBuilder();
    for (FileMark mark : marks) {
      text.append(mark.line()).append('\n');
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(StandardCharsets.UTF_8.encode(text.toString()));
      out.force(false);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  boolean exists() {
    return Files.exists(file);
  }
}
