package metron.app.start;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.PipelineStatus;
import metron.pipeline.flink.StreamJob;
import metron.pipeline.intake.SourceStatus;
import metron.server.health.HealthSource;
import org.jspecify.annotations.Nullable;

/// What Health shows. The parts are asked on a thread of its own every two seconds, so a part that hangs keeps nobody waiting.
final class PartsHealth implements HealthSource, AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration STALE = Duration.ofSeconds(30);
  private static final long LITTLE_SPACE = 1L << 30;

  private final Supplier<@Nullable String> broker;
  private final Supplier<PipelineStatus> pipeline;
  private final Supplier<StreamJob.State> job;
  private final Supplier<List<SourceStatus>> intake;
  private final LiveConfiguration configuration;
  private final FileStore disk;
  private final List<PartHealth> parts = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile long measured = System.nanoTime();
  private volatile boolean closed;

  PartsHealth(
      DataDirectory data,
      Supplier<@Nullable String> broker,
      Supplier<PipelineStatus> pipeline,
      Supplier<StreamJob.State> job,
      Supplier<List<SourceStatus>> intake,
      LiveConfiguration configuration)
      throws IOException {
    this.broker = broker;
    this.pipeline = pipeline;
    this.job = job;
    this.intake = intake;
    this.configuration = configuration;
    this.disk = Files.getFileStore(data.root());
    measure();
    this.thread = Thread.ofPlatform().daemon().name("health").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        return;
      }
      measure();
    }
  }

  private void measure() {
    List<PartHealth> found = new ArrayList<>();
    String stopped = broker.get();
    String log = stopped == null ? pipeline.get().fault() : stopped;
    found.add(new PartHealth("log", log == null ? Status.OK : Status.DOWN, log));
    StreamJob.State state = job.get();
    found.add(
        new PartHealth("pipeline", state.running() ? Status.OK : Status.DOWN, state.reason()));
    for (SourceStatus source : intake.get()) {
      if (source.problem() != null) {
        found.add(new PartHealth("source " + source.name(), Status.DEGRADED, source.problem()));
      } else if (source.dropped() > 0) {
        found.add(
            new PartHealth(
                "source " + source.name(),
                Status.DEGRADED,
                source.dropped()
                    + " datagrams were dropped by the kernel since the start: raise"
                    + " net.core.rmem_max, or send over TCP"));
      }
    }
    found.add(new PartHealth("intake", Status.OK, null));
    LiveConfiguration.State config = configuration.state();
    found.add(
        config.faults().isEmpty()
            ? new PartHealth("configuration", Status.OK, null)
            : new PartHealth(
                "configuration",
                Status.DEGRADED,
                "the newest files are refused, the ones before go on: "
                    + config.faults().getFirst()));
    found.add(disk());
    parts.clear();
    parts.addAll(found);
    measured = System.nanoTime();
  }

  private PartHealth disk() {
    try {
      long free = disk.getUsableSpace();
      return free >= LITTLE_SPACE
          ? new PartHealth("disk", Status.OK, null)
          : new PartHealth(
              "disk",
              Status.DEGRADED,
              (free >> 20)
                  + " MiB are free: below 256 MiB nothing more is taken in; free some space or lower"
                  + " retention.size in conf/metron.yaml");
    } catch (IOException e) {
      return new PartHealth(
          "disk", Status.DEGRADED, "its free space is not known: " + e.getMessage());
    }
  }

  @Override
  public List<PartHealth> parts() {
    if (System.nanoTime() - measured > STALE.toNanos()) {
      return List.of(
          new PartHealth(
              "health",
              Status.DEGRADED,
              "a part has not answered for " + STALE.toSeconds() + " s: see logs/metron.log"));
    }
    return List.copyOf(parts);
  }

  @Override
  public List<SensorHealth> sensors() {
    return pipeline.get().sensors().stream()
        .map(
            s ->
                new SensorHealth(
                    s.sensor(),
                    s.eventsPerSecond(),
                    s.lag(),
                    s.received() + s.lag(),
                    s.indexed(),
                    s.filtered(),
                    s.deadLetters(),
                    s.lastReceived()))
        .toList();
  }

  @Override
  public Ledger ledger() {
    PipelineStatus.Totals t = pipeline.get().totals();
    return new Ledger(
        t.inLog() - t.missing(),
        t.indexed(),
        t.filtered(),
        t.deadLetters(),
        t.waiting(),
        t.difference());
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
