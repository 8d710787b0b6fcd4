package metron.pipeline.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import metron.pipeline.Ledger;
import metron.pipeline.PipelineStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the ledger with the log once a second, and keeps the answer for whoever asks.
public final class PipelineMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineMonitor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration RATE_WINDOW = Duration.ofSeconds(10);
  private static final int TIMEOUT_SECONDS = 10;

  private record Sample(long nanos, Map<String, Long> events) {}

  private record Ends(Map<TopicPartition, Long> first, Map<TopicPartition, Long> next) {}

  private final Admin admin;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Thread thread;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile PipelineStatus status = PipelineStatus.NONE;
  private volatile boolean closed;

  private PipelineMonitor(String brokers, Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "metron-monitor",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 500,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_SECONDS * 1_000));
    this.thread = Thread.ofPlatform().daemon().name("pipeline-monitor").unstarted(this::run);
  }

  public static PipelineMonitor start(String brokers, Ledger ledger, InstantSource clock) {
    PipelineMonitor monitor = new PipelineMonitor(brokers, ledger, clock);
    monitor.thread.start();
    return monitor;
  }

  /// The last measurement, at most some seconds old; its time says.
  public PipelineStatus status() {
    return status;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(2));
  }

  private void run() {
    while (!closed) {
      try {
        status = measure();
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("the pipeline's state can't be measured", e);
        return;
      }
    }
  }

  PipelineStatus measure() throws InterruptedException {
    Ends ends;
    try {
      // The log first: what arrives in between is then in the ledger only, and counts as taken.
      ends = ends();
    } catch (ExecutionException | TimeoutException e) {
      PipelineStatus old = status;
      return new PipelineStatus(
          old.at(), old.sensors(), old.totals(), "the log does not answer: " + reason(e));
    }
    return compare(ledger.counts(), ends, System.nanoTime());
  }

  private PipelineStatus compare(List<Ledger.Count> counts, Ends ends, long nanos) {
    Map<String, PerSensor> sensors = new TreeMap<>();
    Set<TopicPartition> seen = new HashSet<>();
    long inLog = 0;
    long missing = 0;
    long difference = 0;
    for (Ledger.Count count : counts) {
      TopicPartition partition = new TopicPartition(count.topic(), count.partition());
      seen.add(partition);
      PerSensor sensor =
          sensors.computeIfAbsent(Topics.sensorOf(count.topic()), _ -> new PerSensor());
      long end = Math.max(count.next(), ends.next().getOrDefault(partition, count.next()));
      sensor.add(count, end - count.next());
      inLog += end - count.first();
      missing += count.missing();
      difference += count.difference();
    }
    for (var end : ends.next().entrySet()) {
      if (!seen.contains(end.getKey())) {
        long waiting = end.getValue() - ends.first().getOrDefault(end.getKey(), 0L);
        sensors.computeIfAbsent(Topics.sensorOf(end.getKey().topic()), _ -> new PerSensor()).lag +=
            waiting;
        inLog += waiting;
      }
    }
    Map<String, Double> rates = rates(sensors, nanos);
    long received = 0;
    long indexed = 0;
    long filtered = 0;
    long dead = 0;
    long waiting = 0;
    for (PerSensor s : sensors.values()) {
      received += s.received;
      indexed += s.indexed;
      filtered += s.filtered;
      dead += s.dead;
      waiting += s.lag;
    }
    return new PipelineStatus(
        clock.instant(),
        sensors.entrySet().stream()
            .map(e -> e.getValue().status(e.getKey(), rates.getOrDefault(e.getKey(), 0.0)))
            .toList(),
        new PipelineStatus.Totals(
            inLog, received, indexed, filtered, dead, waiting, missing, difference),
        null);
  }

  private Map<String, Double> rates(Map<String, PerSensor> sensors, long nanos) {
    Map<String, Long> events = new HashMap<>();
    sensors.forEach((name, sensor) -> events.put(name, sensor.events));
    samples.addLast(new Sample(nanos, events));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > RATE_WINDOW.toNanos()) {
      samples.removeFirst();
    }
    Sample oldest = samples.getFirst();
    double seconds = (nanos - oldest.nanos()) / 1e9;
    Map<String, Double> rates = new HashMap<>();
    if (seconds > 0) {
      events.forEach(
          (name, now) -> {
            // A sensor that was not there before began at 0; after a crash counts go back a little.
            long before = oldest.events().getOrDefault(name, 0L);
            rates.put(name, Math.max(0, now - before) / seconds);
          });
    }
    return rates;
  }

  private Ends ends() throws ExecutionException, TimeoutException, InterruptedException {
    Set<String> topics = new HashSet<>();
    for (String topic :
        admin
            .listTopics(new ListTopicsOptions().listInternal(false))
            .names()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      if (Topics.RAW.matcher(topic).matches()) {
        topics.add(topic);
      }
    }
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> next = new HashMap<>();
    for (TopicDescription topic :
        admin
            .describeTopics(topics)
            .allTopicNames()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .values()) {
      topic
          .partitions()
          .forEach(
              p -> {
                TopicPartition partition = new TopicPartition(topic.name(), p.partition());
                first.put(partition, OffsetSpec.earliest());
                next.put(partition, OffsetSpec.latest());
              });
    }
    return new Ends(offsets(first), offsets(next));
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> asked)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    String message = cause == null ? e.getMessage() : cause.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /// Sums over the partitions of a sensor.
  private static final class PerSensor {
    long lag;
    long received;
    long indexed;
    long filtered;
    long dead;
    long events;
    @Nullable Instant lastReceived;

    // What is accepted and not stored yet is on its way: waiting, not received.
    void add(Ledger.Count c, long unread) {
      long onItsWay = c.accepted() - c.indexed();
      lag += unread + onItsWay;
      received += c.received() - onItsWay;
      indexed += c.indexed();
      filtered += c.filtered();
      dead += c.dead();
      events += c.events();
      Instant newest = c.lastReceived();
      Instant known = lastReceived;
      if (newest != null && (known == null || newest.isAfter(known))) {
        lastReceived = newest;
      }
    }

    PipelineStatus.SensorStatus status(String name, double rate) {
      return new PipelineStatus.SensorStatus(
          name, rate, lag, received, indexed, filtered, dead, events, lastReceived);
    }
  }
}
