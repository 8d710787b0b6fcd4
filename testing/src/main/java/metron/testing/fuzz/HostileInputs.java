package metron.testing.fuzz;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import metron.event.RawMessage;
import metron.parsers.ParseResult;
import metron.parsers.Parser;
import metron.parsers.Sensor;
import metron.parsers.Sensors;

/// Sends broken lines through a sensor's parser and keeps what no parser may do: let an exception out, or take too long.
///
/// Run: `bin/metron fuzz [--inputs N] [--seed S] [--sensor NAME]`; 10,000,000 inputs a sensor by default.
public final class HostileInputs {
  /// Longest that one input may take.
  static final long LIMIT_NANOS = 50_000_000;

  private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MAX_LENGTH = 64 * 1024;

  /// @param inputs lines sent
  /// @param parsed of these, lines that still made an event
  /// @param slowestNanos time of the slowest, after it was repeated twice to leave pauses of the machine out
  /// @param failures what went wrong, with the line; at most ten are kept
  public record Result(
      String sensor, long inputs, long parsed, long slowestNanos, List<String> failures) {
    public Result {
      failures = List.copyOf(failures);
    }
  }

  private HostileInputs() {}

  /// @param samples true lines to break, with the metadata that their transport gives
  public static Result run(
      Sensor sensor, List<byte[]> samples, Map<String, String> metadata, long inputs, long seed) {
    Parser parser = sensor.newParser();
    var mutator = new Mutator(samples, new SplittableRandom(seed), MAX_LENGTH);
    List<String> failures = new ArrayList<>();
    long parsed = 0;
    long slowest = 0;
    for (long n = 0; n < inputs; n++) {
      byte[] line = mutator.next();
      var raw =
          new RawMessage(sensor.name(), "raw." + sensor.name(), 0, n, RECEIVED, line, metadata);
      try {
        long start = System.nanoTime();
        ParseResult result = parser.parse(raw);
        long took = System.nanoTime() - start;
        parsed += result instanceof ParseResult.Parsed ? 1 : 0;
        if (took > LIMIT_NANOS) {
          took = Math.min(took, Math.min(time(parser, raw), time(parser, raw)));
          if (took > LIMIT_NANOS) {
            fail(failures, n, "took " + took / 1_000_000 + " ms", line);
          }
        }
        slowest = Math.max(slowest, took);
      } catch (RuntimeException | StackOverflowError e) {
        // The very thing looked for: it is reported with the line that made it.
        fail(failures, n, e.toString(), line);
      }
    }
    return new Result(sensor.name(), inputs, parsed, slowest, failures);
  }

  /// Time of a repetition, whatever becomes of the line: a slow refusal or a slow skip is slow as well.
  private static long time(Parser parser, RawMessage raw) {
    long start = System.nanoTime();
    var _ = parser.parse(raw);
    return System.nanoTime() - start;
  }

  static void fail(List<String> failures, long n, String what, byte[] line) {
    if (failures.size() < 10) {
      String text = new String(line, 0, Math.min(line.length, 200), StandardCharsets.ISO_8859_1);
      failures.add("input " + n + ": " + what + ": " + text.replaceAll("[^ -~]", "?"));
    }
  }

  /// @param args `--inputs N`, `--seed S`, `--sensor NAME`
  public static void main(String[] args) {
    long inputs = 10_000_000;
    long seed = System.nanoTime();
    String only = "";
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--inputs" -> inputs = Long.parseLong(args[i + 1]);
        case "--seed" -> seed = Long.parseLong(args[i + 1]);
        case "--sensor" -> only = args[i + 1];
        default -> {
          System.err.println(
              "fuzz: unknown option " + args[i] + ", expected --inputs, --seed or --sensor");
          System.exit(2);
        }
      }
    }
    PrintStream out = System.out;
    out.printf("seed %d, %,d inputs a sensor%n", seed, inputs);
    boolean failed = false;
    for (Sensor sensor : Sensors.shipped().all()) {
      if (!only.isEmpty() && !only.equals(sensor.name())) {
        continue;
      }
      long start = System.nanoTime();
      Result result =
          run(
              sensor,
              SampleLines.of(sensor.name()),
              SampleLines.metadata(sensor.name()),
              inputs,
              seed);
      failed |= report(result, System.nanoTime() - start, out);
    }
    if (only.isEmpty() || only.equals("stellar")) {
      long start = System.nanoTime();
      Result result = HostileExpressions.run(inputs, seed);
      failed |= report(result, System.nanoTime() - start, out);
    }
    if (only.isEmpty() || only.equals("packets")) {
      long start = System.nanoTime();
      Result result = HostileCaptures.run(inputs, seed);
      failed |= report(result, System.nanoTime() - start, out);
    }
    if (failed) {
      System.exit(1);
    }
  }

  /// @return whether it failed
  private static boolean report(Result result, long nanos, PrintStream out) {
    out.printf(
        "%-10s %,12d inputs %,10.0f/s  %4.1f %% still read  slowest %.1f ms  %s%n",
        result.sensor(),
        result.inputs(),
        result.inputs() / (nanos / 1e9),
        100.0 * result.parsed() / result.inputs(),
        result.slowestNanos() / 1e6,
        result.failures().isEmpty() ? "ok" : "FAILED");
    result.failures().forEach(failure -> out.println("  " + failure));
    return !result.failures().isEmpty();
  }
}
