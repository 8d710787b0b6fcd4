package metron.pipeline.flink;

import metron.event.RawMessage;
import metron.pipeline.kafka.RawRecords;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Kafka's record as a [RawMessage]; never fails.
final class RawDeserializer implements KafkaRecordDeserializationSchema<RawMessage> {
  private static final long serialVersionUID = 1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawMessage> out) {
    out.collect(RawRecords.fromRecord(record));
  }

  @Override
  public TypeInformation<RawMessage> getProducedType() {
    return RawMessageSerializer.TYPE;
  }
}
