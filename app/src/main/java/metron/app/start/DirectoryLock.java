package metron.app.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One process for each data directory. The system releases the lock however the process ends.
public final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws IOException if another process has the directory, or it cannot be written
  static DirectoryLock take(DataDirectory data) throws IOException {
    try {
      data.create();
      Files.createDirectories(data.run());
    } catch (IOException e) {
      throw new IOException(
          "data directory "
              + data.root()
              + " cannot be written ("
              + e.getMessage()
              + "): choose another with --data",
          e);
    }
    DirectoryLock lock = tryTake(data.run().resolve("lock"));
    if (lock == null) {
      throw new IOException(
          "another Metron runs in "
              + data.root()
              + RunFile.read(data)
                  .map(r -> " (process " + r.pid() + ", " + r.console() + ")")
                  .orElse("")
              + ": use it, stop it with 'metron stop', or choose another directory with --data");
    }
    return lock;
  }

  /// Whether some process has the directory.
  public static boolean isTaken(DataDirectory data) throws IOException {
    Path file = data.run().resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (DirectoryLock lock = tryTake(file)) {
      return lock == null;
    }
  }

  private static @Nullable DirectoryLock tryTake(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another part of this very process has it: the same answer.
      channel.close();
      return null;
    }
    channel.close();
    return null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
