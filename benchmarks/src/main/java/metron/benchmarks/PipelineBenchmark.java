package metron.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import metron.detection.DetectionConfig;
import metron.detection.triage.TriageRules;
import metron.enrichment.indicator.Indicator;
import metron.enrichment.indicator.IndicatorEnricher;
import metron.enrichment.indicator.IndicatorTable;
import metron.enrichment.indicator.IndicatorType;
import metron.enrichment.network.NetworkConfig;
import metron.enrichment.network.NetworkEnricher;
import metron.event.IpAddress;
import metron.event.RawMessage;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import metron.parsers.transform.Transformations;
import metron.pipeline.Epochs;
import metron.pipeline.EventPipeline;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.StepFaults;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// How many messages a second does one thread take from bytes to a scored event? 20,000 lines of the demo's background in
/// its own mix of sensors, 100,000 indicators loaded, networks on; the store is not part of it.
///
/// Run: `bin/metron bench core`. Last result: see `docs/performance.md`.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 7, time = 2)
public class PipelineBenchmark {
  static final int MESSAGES = 20_000;

  private List<RawMessage> messages = List.of();
  private EventPipeline pipeline = definition().newPipeline(new StepFaults());

  @Setup
  public void load() {
    messages = DemoMessages.of("", MESSAGES);
    pipeline = definition().newPipeline(new StepFaults());
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void parseEnrichDetect(Blackhole hole) {
    for (RawMessage message : messages) {
      hole.consume(pipeline.process(message));
    }
  }

  private static PipelineDefinition definition() {
    var indicators = new IndicatorTable();
    for (int i = 0; i < 100_000; i++) {
      indicators.put(
          Indicator.of(
              IndicatorType.IP, IpAddress.v4(0x0B00_0000 + i).toString(), 80, "bench", "invented"));
    }
    Sensors sensors = Sensors.shipped();
    DetectionConfig detection = DetectionConfig.DEFAULT;
    return new PipelineDefinition(
        Epochs.SHIPPED,
        sensors,
        name -> sensors.sensor(name).map(Sensor::newParser),
        Transformations.NONE,
        Map.of(),
        List.of(new NetworkEnricher(NetworkConfig.DEFAULT), new IndicatorEnricher(indicators)),
        detection.detectors(),
        TriageRules.NONE,
        detection.scoring()::conclude,
        List.of());
  }
}
