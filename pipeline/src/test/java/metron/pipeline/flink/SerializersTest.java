package metron.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.RawMessage;
import metron.storage.EventStore;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");
  private static final RawMessage RAW =
      new RawMessage(
          "zeek", "raw.zeek", 3, 99, AT, new byte[] {0, -1, 10}, Map.of("k", "v".repeat(70_000)));

  @Test
  void keepARawMessage() throws IOException {
    same(roundTrip(RawMessageSerializer.INSTANCE, RAW), RAW);
  }

  @Test
  void keepADeadLetter() throws IOException {
    var letter = new DeadLetter(RAW, DeadLetter.Stage.DETECT, "why", AT);
    DeadLetter read = roundTrip(DeadLetterSerializer.INSTANCE, letter);
    same(read.raw(), RAW);
    assertThat(read.stage()).isEqualTo(DeadLetter.Stage.DETECT);
    assertThat(read.reason()).isEqualTo("why");
    assertThat(read.at()).isEqualTo(AT);
  }

  @Test
  void keepAnEventAndItsPlace() throws IOException {
    Event event = new Event();
    event.set(Ecs.MESSAGE, "m");
    event.set(Ecs.EVENT_RISK_SCORE, 12.5);
    event.set(Ecs.TIMESTAMP, AT);
    var positioned = new EventStore.Positioned(event, "raw.zeek", 1, 7, 2);
    assertThat(roundTrip(PositionedSerializer.INSTANCE, positioned)).isEqualTo(positioned);
  }

  private static void same(RawMessage read, RawMessage expected) {
    assertThat(read).usingRecursiveComparison().isEqualTo(expected);
  }

  private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
    var out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    var copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
    return serializer.deserialize(new DataInputDeserializer(copy.getCopyOfBuffer()));
  }
}
