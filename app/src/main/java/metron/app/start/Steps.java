package metron.app.start;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings parts up one after the other, with a line and its time for each, and takes them down in reverse order.
final class Steps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  interface Opening<T> {
    T open() throws IOException, InterruptedException;
  }

  private record Opened(String name, AutoCloseable part) {}

  private final PrintStream out;
  private final Deque<Opened> opened = new ArrayDeque<>();

  Steps(PrintStream out) {
    this.out = out;
  }

  <T extends AutoCloseable> T up(String name, Opening<T> opening)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    T part = opening.open();
    keep(name, part);
    said(name, start);
    return part;
  }

  /// A part that is silent when it comes up.
  void keep(String name, AutoCloseable part) {
    opened.push(new Opened(name, part));
  }

  void said(String name, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    out.println(String.format(Locale.ROOT, "  %-34s %5.1f s", name, seconds));
    out.flush();
    LOG.info("{} is up after {} ms", name, Math.round(seconds * 1000));
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      long start = System.nanoTime();
      try {
        next.part.close();
      } catch (Exception e) {
        // AutoCloseable declares Exception; the parts before it must be closed all the same.
        LOG.warn("{} did not stop cleanly: {}", next.name, e.toString());
      }
      LOG.info("{} stopped in {} ms", next.name, (System.nanoTime() - start) / 1_000_000);
    }
  }
}
