package metron.pipeline.flink;

import metron.event.DeadLetter;
import metron.pipeline.kafka.DeadLetterRecords;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A [DeadLetter] as Kafka's record.
final class DeadLetterSerialization implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
    return DeadLetterRecords.toRecord(letter);
  }
}
