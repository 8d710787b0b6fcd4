package metron.testing.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `bin/metron soak`: the crash proof with many kills. It ends by itself: after the kills, or after the minutes.
public final class Soak {
  private static final int KILLS = 200;
  private static final long EVENTS = 10_000_000;
  private static final int MINUTES = 90;

  private Soak() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) throws IOException, InterruptedException {
    long kills = KILLS;
    long events = EVENTS;
    long minutes = MINUTES;
    long seed = System.nanoTime() & 0xffff_ffffL;
    for (int i = 0; i < args.length; i += 2) {
      long value = i + 1 < args.length ? number(args[i + 1]) : -1;
      switch (args[i]) {
        case "--kills" -> kills = value;
        case "--events" -> events = value;
        case "--minutes" -> minutes = value;
        case "--seed" -> seed = value;
        default -> value = -1;
      }
      if (value < 0) {
        out.println(
            "soak: found '"
                + String.join(" ", List.of(args).subList(i, Math.min(i + 2, args.length)))
                + "', expected --kills N, --events N, --minutes N or --seed N");
        return 2;
      }
    }
    if (events < 1 || events > Integer.MAX_VALUE || kills > 100_000 || minutes < 1) {
      out.println(
          "soak: events must be 1 to "
              + Integer.MAX_VALUE
              + ", kills at most 100000, minutes at least 1");
      return 2;
    }
    Path work = Files.createTempDirectory("metron-soak");
    CrashProof.Found found =
        CrashProof.run(
            new CrashProof.Config(
                Path.of(System.getProperty("metron.home", "")).toAbsolutePath(),
                work,
                events,
                (int) kills,
                seed,
                Duration.ofMinutes(minutes)),
            out);
    List<String> faults = faults(found, events);
    faults.forEach(fault -> out.println("soak: " + fault));
    out.println(
        "soak: "
            + (faults.isEmpty()
                ? "every event is there exactly once after " + found.kills() + " kills"
                : "FAILED, seed " + seed + "; the data is kept in " + work));
    return faults.isEmpty() ? 0 : 1;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      // Below every bound: the caller says what was expected.
      return -1;
    }
  }

  /// What is not as it must be; empty when nothing is lost and nothing doubled.
  public static List<String> faults(CrashProof.Found found, long events) {
    List<String> faults = new ArrayList<>();
    expect(faults, "sent, as the clients were told", events, found.sent());
    expect(faults, "events in the index", events, found.found());
    expect(faults, "missing events", 0, found.missing());
    expect(faults, "doubled events", 0, found.doubled());
    expect(faults, "alerts", found.alertEvents(), found.alerts());
    expect(faults, "received, by the ledger", events, found.ledger().path("received").asLong());
    expect(faults, "indexed, by the ledger", events, found.ledger().path("indexed").asLong());
    for (String zero : List.of("filtered", "deadLetters", "waiting", "difference")) {
      expect(faults, zero + ", by the ledger", 0, found.ledger().path(zero).asLong(-1));
    }
    expect(faults, "exit code of the last stop", 0, found.exit());
    if (found.alerts() == 0) {
      faults.add("no event was an alert: nothing is shown about alerts");
    }
    found.strange().forEach(event -> faults.add("an event without a number: " + event));
    faults.addAll(found.alertFaults());
    return faults;
  }

  private static void expect(List<String> faults, String what, long expected, long was) {
    if (expected != was) {
      faults.add(what + ": " + was + ", expected " + expected);
    }
  }
}
