package metron.pipeline.flink;

import java.util.Properties;
import java.util.function.Supplier;
import metron.event.RawMessage;
import metron.pipeline.SensorMeters;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Flink's [KafkaSource], whose readers share their time between topics as [Turns] says. Splits, checkpoints and the committed
/// offsets are Flink's own, so a job goes on from the checkpoints of a plain [KafkaSource].
final class FairSource
    implements Source<RawMessage, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<RawMessage> {
  /// Portions that wait for processing at most: enough that it never waits, few enough that a turn comes soon.
  static final int QUEUE = 4;

  private static final long serialVersionUID = 1;

  private final KafkaSource<RawMessage> source;
  private final Properties properties;
  private final String partsName;

  /// @param source for all but reading
  /// @param properties of the consumers
  FairSource(KafkaSource<RawMessage> source, Properties properties, String partsName) {
    this.source = source;
    this.properties = properties;
    this.partsName = partsName;
  }

  @Override
  public SourceReader<RawMessage, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    SensorMeters.Meter meter =
        PipelineParts.named(partsName).meters().meter(context.getIndexOfSubtask());
    var metrics = new KafkaSourceReaderMetrics(context.metricGroup());
    var queue =
        new FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>>(
            QUEUE);
    Supplier<SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit>> readers =
        () -> new FairSplitReader(properties, context, metrics, meter, queue::isEmpty);
    var configuration = new Configuration();
    properties
        .stringPropertyNames()
        .forEach(name -> configuration.setString(name, properties.getProperty(name)));
    return new KafkaSourceReader<>(
        queue,
        new KafkaSourceFetcherManager(queue, readers, _ -> {}),
        new KafkaRecordEmitter<>(new RawDeserializer()),
        configuration,
        context,
        metrics);
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws java.io.IOException {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RawMessage> getProducedType() {
    return RawMessageSerializer.TYPE;
  }
}
