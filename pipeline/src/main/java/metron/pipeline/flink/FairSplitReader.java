package metron.pipeline.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import metron.pipeline.SensorMeters;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads the partitions of one subtask, those whose [Turns] it is. The others are paused: what was fetched of them is kept.
@SuppressWarnings("try") // the reader above declares that closing may be interrupted
final class FairSplitReader extends KafkaPartitionSplitReader {
  // Ends turns in which nothing comes; Flink's reader would wait ten seconds.
  private static final ScheduledExecutorService ALARM =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reading-turns").factory());

  private final SensorMeters.Meter meter;
  private final BooleanSupplier queueIsEmpty;
  private final Turns turns = new Turns();
  private final Map<String, KafkaPartitionSplit> splits = new LinkedHashMap<>();
  private final Set<String> paused = new HashSet<>();

  FairSplitReader(
      Properties properties,
      SourceReaderContext context,
      KafkaSourceReaderMetrics metrics,
      SensorMeters.Meter meter,
      BooleanSupplier queueIsEmpty) {
    super(properties, context, metrics);
    this.meter = meter;
    this.queueIsEmpty = queueIsEmpty;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
    super.handleSplitsChanges(change);
    if (change instanceof SplitsAddition) {
      change.splits().forEach(split -> splits.put(split.splitId(), split));
    } else if (change instanceof SplitsRemoval) {
      change.splits().forEach(split -> splits.remove(split.splitId()));
      change.splits().forEach(split -> paused.remove(split.splitId()));
    }
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    long start = System.nanoTime();
    Turns.Turn turn = next(start);
    if (turn == Turns.Turn.ALL) {
      return super.fetch();
    }
    Future<?> alarm = ALARM.schedule(this::wakeUp, Turns.LONGEST_NANOS, TimeUnit.NANOSECONDS);
    RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = super.fetch();
    alarm.cancel(false);
    long now = System.nanoTime();
    long waited = now - start;
    // The only way to learn whether there are records is to take them; one that took so long was
    // woken.
    boolean empty = waited >= Turns.LONGEST_NANOS;
    turns.fetched(turn, empty, waited, queueIsEmpty.getAsBoolean(), now);
    return records;
  }

  private Turns.Turn next(long now) {
    long rubbishNanos = 0;
    long othersNanos = 0;
    Set<String> seen = new HashSet<>();
    Set<String> rubbish = new HashSet<>();
    for (KafkaPartitionSplit split : splits.values()) {
      String topic = split.getTopic();
      if (!seen.add(topic)) {
        continue;
      }
      if (meter.isRubbish(topic)) {
        rubbish.add(topic);
        rubbishNanos += meter.nanos(topic);
      } else {
        othersNanos += meter.nanos(topic);
      }
    }
    boolean others = rubbish.size() < seen.size();
    Turns.Turn turn = turns.next(!rubbish.isEmpty(), others, rubbishNanos, othersNanos, now);
    List<KafkaPartitionSplit> pause = new ArrayList<>();
    List<KafkaPartitionSplit> resume = new ArrayList<>();
    for (KafkaPartitionSplit split : splits.values()) {
      boolean itsTurn =
          switch (turn) {
            case ALL -> true;
            case WITHOUT_RUBBISH -> !rubbish.contains(split.getTopic());
            case RUBBISH_ONLY -> rubbish.contains(split.getTopic());
          };
      if (itsTurn && paused.remove(split.splitId())) {
        resume.add(split);
      } else if (!itsTurn && paused.add(split.splitId())) {
        pause.add(split);
      }
    }
    if (!pause.isEmpty() || !resume.isEmpty()) {
      pauseOrResumeSplits(pause, resume);
    }
    return turn;
  }
}
