package metron.event.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Events;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  private static Event sample() {
    Event event = new Event();
    event.setNanos(Ecs.TIMESTAMP, 1_507_565_438_123_456_789L);
    event.set(Ecs.SOURCE_IP, IpAddress.v4(0x0a000001));
    event.set(Ecs.DESTINATION_IP, IpAddress.parse("2001:db8::1").orElseThrow());
    event.set(Ecs.SOURCE_PORT, -1);
    event.set(Ecs.EVENT_RISK_SCORE, Double.NaN);
    event.set(Ecs.METRON_IS_ALERT, true);
    event.set(Ecs.MESSAGE, "lone \ud800, paired \ud83d\ude00, ä");
    event.set(Ecs.TAGS, List.of("a", "b"));
    event.setNull(Ecs.USER_NAME);
    FieldCatalogue fields = FieldCatalogue.get();
    event.set(fields.fieldOr("x.count", FieldType.LONG), 7);
    event.set(fields.field("x.text"), List.of("p", "q"));
    return event;
  }

  @Test
  void readsWhatItWroteExactly() throws IOException {
    Event event = sample();
    var out = new ByteArrayOutputStream();
    EventCodec.write(event, new DataOutputStream(out));
    EventCodec.write(event, new DataOutputStream(out));
    var in = new DataInputStream(new ByteArrayInputStream(out.toByteArray()));

    assertThat(EventCodec.read(in)).isEqualTo(event).hasToString(event.toString());
    assertThat(EventCodec.read(in)).isEqualTo(event);
    assertThat(EventCodec.read(EventCodec.bytes(event))).isEqualTo(event);
  }

  @Test
  void copiesWithoutDecoding() throws IOException {
    var out = new ByteArrayOutputStream();
    EventCodec.write(sample(), new DataOutputStream(out));
    var copy = new ByteArrayOutputStream();
    EventCodec.copy(
        new DataInputStream(new ByteArrayInputStream(out.toByteArray())),
        new DataOutputStream(copy));

    assertThat(copy.toByteArray()).isEqualTo(out.toByteArray());
  }

  @Test
  void writesSensorFieldsByNameSinceTheirIdsBelongToOneProcess() throws IOException {
    Field field =
        FieldCatalogue.get()
            .registerSensorField("testsensor.codec", FieldType.LONG, false, "Registered in a test");
    Event event = new Event();
    event.set(field, 5);
    byte[] bytes = EventCodec.bytes(event);

    assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("testsensor.codec");
    assertThat(EventCodec.read(bytes).get(field)).isEqualTo(5L);
  }

  @Test
  void convertsWhereTheCatalogueHasAnotherTypeByNow() throws IOException {
    // source.port written as text, by name, as an older release could have known it.
    byte[] five = {1, 1, 0, 22, 's', 'o', 'u', 'r', 'c', 'e', '.', 'p', 'o', 'r', 't', 0, 2, '5'};
    byte[] x = five.clone();
    x[17] = 'x';

    assertThat(EventCodec.read(five).get(Ecs.SOURCE_PORT)).isEqualTo(5L);
    assertThat(EventCodec.read(x)).hasToString("{unmapped.source.port=x}");
  }

  @Test
  void refusesDamageWithAReason() {
    byte[] good = EventCodec.bytes(sample());
    byte[] newer = good.clone();
    newer[0] = 9;
    byte[] longer = java.util.Arrays.copyOf(good, good.length + 1);

    assertThatThrownBy(() -> EventCodec.read(newer))
        .isInstanceOf(CorruptEventException.class)
        .hasMessage("version of the event is 9, expected 1");
    assertThatThrownBy(() -> EventCodec.read(longer))
        .hasMessage("1 bytes are left after the event");
    assertThatThrownBy(() -> EventCodec.read(new byte[] {1, -1, -1, -1, -1, 7}))
        .hasMessageContaining("more than the 0 bytes left can hold");
    assertThatThrownBy(() -> EventCodec.read(new byte[0]))
        .hasMessage("the event ends in the middle");
    for (int length = 0; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      assertThatThrownBy(() -> EventCodec.read(cut)).isInstanceOf(CorruptEventException.class);
    }
  }

  @Test
  void refusesAHostileLengthWithoutTakingMemory() {
    byte[] promise = {0x03, 0, 0, 0, 1, 2, 3};
    assertThatThrownBy(
            () -> EventCodec.read(new DataInputStream(new ByteArrayInputStream(promise))))
        .isInstanceOf(CorruptEventException.class)
        .hasMessage("the stream ends within an event");
    byte[] negative = {-1, -1, -1, -1};
    assertThatThrownBy(
            () -> EventCodec.read(new DataInputStream(new ByteArrayInputStream(negative))))
        .hasMessage("length of an event is -1, expected 0 to 67108864");
  }

  @Property(tries = 300)
  void readsWhatItWrote(@ForAll("events") Event event) throws IOException {
    assertThat(EventCodec.read(EventCodec.bytes(event))).isEqualTo(event);
  }

  @Property(tries = 500)
  void readsOrRefusesAnyBytes(@ForAll byte[] bytes, @ForAll Random random) {
    readOrRefuse(bytes);
    byte[] damaged = EventCodec.bytes(sample());
    for (int n = random.nextInt(4); n >= 0; n--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }
    readOrRefuse(damaged);
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      assertThat(EventCodec.read(bytes).toString()).isNotEmpty();
    } catch (CorruptEventException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<Event> events() {
    return Events.catalogued();
  }
}
