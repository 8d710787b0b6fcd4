package metron.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import metron.event.RawMessage;
import metron.parsers.Parser;
import metron.parsers.Sensors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// How many lines a second does one thread parse, with the full mapping to an event? 10,000 distinct lines of the demo per
/// sensor.
///
/// Run: `bin/metron bench parsers`. Last result: see `docs/performance.md`.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParserBenchmark {
  static final int LINES = 10_000;

  @Param({"zeek", "suricata", "asa", "squid", "syslog"})
  public String sensor = "zeek";

  private List<RawMessage> messages = List.of();
  private Parser parser = raw -> new metron.parsers.ParseResult.Skipped("not set up");

  @Setup
  public void load() {
    messages = DemoMessages.of(sensor, LINES);
    parser = Sensors.shipped().sensor(sensor).orElseThrow().newParser();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void parse(Blackhole hole) {
    for (RawMessage message : messages) {
      hole.consume(parser.parse(message));
    }
  }
}
