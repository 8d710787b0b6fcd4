package metron.pipeline.intake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import metron.pipeline.intake.kafka.ExternalTopic;
import metron.pipeline.kafka.RawLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies a topic of another Kafka into the log as records of one sensor.
///
/// Offsets are committed to that Kafka only after the log has confirmed the records: at-least-once, and a start goes on where
/// the last one ended. The record's own time is taken as the time of receipt. While that Kafka or the log is away, the
/// source says why and tries again.
final class KafkaTopicSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopicSource.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final IntakeConfig.Kafka config;
  private final RawLog log;
  private final InstantSource clock;
  private final SourceCounters counters = new SourceCounters();
  private final Thread thread;
  private volatile boolean closed;

  KafkaTopicSource(IntakeConfig.Kafka config, RawLog log, InstantSource clock) {
    this.config = config;
    this.log = log;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("kafka:" + config.topic()).daemon().start(this::run);
  }

  private void run() {
    while (!closed) {
      try (ExternalTopic topic =
          new ExternalTopic(
              config.servers(), config.topic(), config.fromStart(), config.properties())) {
        topic.ask();
        counters.problem(null);
        long heard = System.nanoTime();
        while (!closed) {
          if (copy(topic)) {
            heard = System.nanoTime();
          } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
            // No news, or nobody there? The client would wait for ever without a word.
            topic.ask();
            heard = System.nanoTime();
          }
        }
      } catch (IOException e) {
        // A new reader starts again from what was committed, so nothing is passed over.
        counters.problem(String.valueOf(e.getMessage()));
        LOG.warn("{}, trying again in {}", e.getMessage(), PAUSE);
        if (closed || !Threads.pause(PAUSE)) {
          return;
        }
      }
    }
  }

  /// @return whether there were records
  private boolean copy(ExternalTopic topic) throws IOException {
    List<ExternalTopic.Entry> entries = topic.poll(POLL);
    if (entries.isEmpty()) {
      return false;
    }
    LogBatch batch = new LogBatch(log);
    for (ExternalTopic.Entry entry : entries) {
      Instant time = entry.time();
      batch.append(
          config.sensor(), time == null ? clock.instant() : time, entry.bytes(), entry.metadata());
    }
    batch.confirm();
    topic.commit();
    entries.forEach(entry -> counters.taken(entry.bytes().length));
    return true;
  }

  @Override
  public SourceStatus status() {
    return counters.status(
        "kafka:" + config.topic(), config.topic() + " at " + config.servers(), 0);
  }

  @Override
  public void close() {
    closed = true;
    Threads.join(thread);
  }
}
