package metron.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Brings a scenario to those who read it: at the pace of the clock, or as one file a sensor.
public final class DemoPlayer {
  /// Takes one line; may block to slow the player down.
  public interface Sink {
    void take(DemoRecord record) throws InterruptedException;
  }

  /// Waits for a moment; returns at once if it has passed.
  public interface Pause {
    void until(Instant moment) throws InterruptedException;
  }

  /// Waits by the system clock.
  public static final Pause REAL_TIME =
      moment -> {
        long millis = Instant.now().until(moment, ChronoUnit.MILLIS);
        if (millis > 0) {
          Thread.sleep(millis);
        }
      };

  private DemoPlayer() {}

  /// Hands each line to `sink` when its time has come. Lines whose time has passed go at once, so a scenario that
  /// starts an hour ago fills that hour first.
  ///
  /// @throws InterruptedException when the thread is interrupted: that is how an endless scenario is stopped
  public static void play(Iterator<DemoRecord> lines, Pause pause, Sink sink)
      throws InterruptedException {
    while (lines.hasNext()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the demo was stopped");
      }
      DemoRecord line = lines.next();
      pause.until(line.at());
      sink.take(line);
    }
  }

  /// Writes `<sensor>.log` for each sensor, replacing old ones, and `indicators.csv`, the feed that knows the intruder.
  ///
  /// @param scenario one with a limit
  /// @return how many lines each sensor has
  /// @throws IOException if `folder` can't be written
  public static SortedMap<String, Long> write(DemoScenario scenario, Path folder)
      throws IOException {
    if (scenario.limit() == 0) {
      throw new IllegalArgumentException(
          "the scenario has no end, expected a limit; give it one with withLimit");
    }
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("indicators.csv"), DemoScenario.indicatorFeed(), StandardCharsets.UTF_8);
    SortedMap<String, Long> counts = new TreeMap<>();
    Map<String, OutputStream> files = new TreeMap<>();
    try {
      Iterator<DemoRecord> lines = scenario.iterator();
      while (lines.hasNext()) {
        DemoRecord line = lines.next();
        OutputStream file = files.get(line.sensor());
        if (file == null) {
          file =
              new BufferedOutputStream(
                  Files.newOutputStream(folder.resolve(line.sensor() + ".log")), 1 << 16);
          files.put(line.sensor(), file);
        }
        file.write(line.line());
        file.write('\n');
        counts.merge(line.sensor(), 1L, Long::sum);
      }
    } finally {
      for (OutputStream file : files.values()) {
        file.close();
      }
    }
    return counts;
  }
}
