package metron.app.start;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import metron.demo.DemoPlayer;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.pipeline.kafka.RawLog;
import metron.server.indicator.Indicators;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The generated company: its last hours at once where there are no events yet, then its present at the clock's pace, with an
/// intrusion soon after the start and every hour.
final class Demo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  static final String FEED = "demo";
  private static final Duration HISTORY = Duration.ofHours(6);
  private static final Duration INTRUSION_AFTER = Duration.ofSeconds(40);
  private static final Duration INTRUSION_EVERY = Duration.ofHours(1);
  private static final double PACE = 0.15;
  private static final double RATE = 10;
  private static final long SEED = 42;

  private final RawLog log;
  private final InstantSource clock;
  private final Thread thread;

  /// @param history whether to fill the last hours first
  Demo(RawLog log, Indicators indicators, boolean history, InstantSource clock) throws IOException {
    this.log = log;
    this.clock = clock;
    Indicators.Loaded loaded =
        indicators.load(
            FEED,
            new ByteArrayInputStream(
                DemoScenario.indicatorFeed().getBytes(StandardCharsets.UTF_8)));
    LOG.info("demo: {} indicators loaded", loaded.loaded());
    Instant now = clock.instant();
    Duration past = history ? HISTORY : Duration.ZERO;
    DemoScenario scenario =
        new DemoScenario(history ? SEED : now.getEpochSecond(), now.minus(past))
            .withRate(RATE)
            .withIntrusion(past.plus(INTRUSION_AFTER), INTRUSION_EVERY, PACE);
    Iterator<DemoRecord> lines = scenario.iterator();
    this.thread = Thread.ofPlatform().daemon().name("demo").start(() -> run(lines));
  }

  private void run(Iterator<DemoRecord> lines) {
    try {
      DemoPlayer.play(lines, DemoPlayer.REAL_TIME, this::send);
    } catch (InterruptedException e) {
      LOG.debug("demo: stopped");
    }
  }

  private void send(DemoRecord record) throws InterruptedException {
    while (true) {
      try {
        var _ = log.append(record.sensor(), record.line(), record.metadata(), clock.instant());
        return;
      } catch (IOException e) {
        LOG.warn("demo: {}", e.getMessage());
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean _ = thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
