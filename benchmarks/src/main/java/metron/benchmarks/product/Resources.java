package metron.benchmarks.product;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// What this process takes of the machine.
final class Resources {
  private Resources() {}

  /// Heap in use right now, garbage included.
  static long heapUsed() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// Time in which the garbage collector stopped the world or worked beside it, since the start.
  static long collectorMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(gc -> !gc.getName().contains("Concurrent"))
        .mapToLong(gc -> Math.max(0, gc.getCollectionTime()))
        .sum();
  }

  static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime()
        : 0;
  }

  /// A line of this process's `/proc/PID/status` of Linux, such as `VmHWM` (most ever resident) or `RssAnon` (resident and no file's).
  ///
  /// @return bytes; 0 where the system has no such file or line
  static long status(String name) throws IOException {
    return status(ProcessHandle.current().pid(), name);
  }

  /// As [#status(String)], of another process.
  static long status(long pid, String name) throws IOException {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  /// Bytes of all files below a folder; those that go while it counts do not matter.
  static long size(Path folder) throws IOException {
    long[] bytes = {0};
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return bytes[0];
  }
}
