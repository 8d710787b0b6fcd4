package metron.app.cli;

import java.io.PrintStream;
import java.util.Locale;

/// One line on a terminal that tells how far a file has been read; nothing where there is no terminal.
final class Progress {
  private static final long EVERY = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean shown;
  private final long start = System.nanoTime();
  private long last;

  Progress(PrintStream err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /// @param size bytes in all; -1: not known
  void show(String file, long position, long size, long records) {
    long now = System.nanoTime();
    if (!shown || now - last < EVERY) {
      return;
    }
    last = now;
    long rate = Math.round(records / Math.max((now - start) / 1e9, 0.001));
    String name = file.length() > 30 ? "…" + file.substring(file.length() - 29) : file;
    String bar = "";
    if (size > 0) {
      int full = (int) Math.min(WIDTH, position * WIDTH / size);
      bar =
          "["
              + "#".repeat(full)
              + ".".repeat(WIDTH - full)
              + "] "
              + Math.min(100, position * 100 / size)
              + " % ";
    }
    err.print(
        String.format(Locale.ROOT, "\r\u001b[K%s %s%,d records, %,d/s", name, bar, records, rate));
    err.flush();
  }

  void end() {
    if (shown && last != 0) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
