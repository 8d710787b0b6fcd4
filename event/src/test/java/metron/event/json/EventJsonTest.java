package metron.event.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Events;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  private static final FieldCatalogue FIELDS = FieldCatalogue.get();

  @Test
  void writesFlatTypedValuesInOrder() {
    Event event = new Event();
    event.set(Ecs.TIMESTAMP, Instant.parse("2026-03-01T08:05:34.853Z"));
    event.set(Ecs.SOURCE_IP, IpAddress.parse("2001:DB8::1").orElseThrow());
    event.set(Ecs.SOURCE_PORT, 443);
    event.set(Ecs.EVENT_RISK_SCORE, 47.5);
    event.set(Ecs.METRON_IS_ALERT, true);
    event.set(Ecs.TAGS, List.of("a"));
    event.set(Ecs.MESSAGE, "say \"hi\"\n\u0001 ä \ud83d\ude00 \ud83d");
    event.setNull(Ecs.USER_NAME);

    assertThat(EventJson.write(event))
        .isEqualTo(
            "{\"@timestamp\":\"2026-03-01T08:05:34.853Z\",\"source.ip\":\"2001:db8::1\","
                + "\"source.port\":443,\"event.risk_score\":47.5,\"metron.is_alert\":true,"
                + "\"tags\":[\"a\"],\"message\":\"say \\\"hi\\\"\\n\\u0001 ä \ud83d\ude00 \\ud83d\","
                + "\"user.name\":null}");
  }

  @Test
  void readsNestedObjectsAsFlatOnes() throws JsonException {
    Event nested =
        EventJson.read(
            """
            {"source": {"ip": "10.0.0.1", "port": "443"}, "event": {"risk_score": 5},
             "metron": {"is_alert": "true"}, "@timestamp": 1507565438.123456}
            """);
    Event flat =
        EventJson.read(
            """
            {"source.ip": "10.0.0.1", "source.port": 443, "event.risk_score": 5.0,
             "metron.is_alert": true, "@timestamp": "2017-10-09T16:10:38.123456Z"}
            """);

    assertThat(nested).isEqualTo(flat);
    assertThat(nested.get(Ecs.SOURCE_PORT)).isEqualTo(443L);
    assertThat(nested.get(Ecs.EVENT_RISK_SCORE)).isEqualTo(5.0);
  }

  @Test
  void makesParallelListsOfAnArrayOfObjects() throws JsonException {
    Event event =
        EventJson.read(
            """
            {"dns": {"answers": [
              {"data": "10.0.0.1", "ttl": 60, "type": "A"},
              {"data": "10.0.0.2", "ttl": 60, "type": "A"}]}}
            """);

    assertThat(event.get(Ecs.DNS_ANSWERS_DATA)).isEqualTo(List.of("10.0.0.1", "10.0.0.2"));
    assertThat(event.get(Ecs.DNS_ANSWERS_TTL)).isEqualTo(List.of(60L, 60L));
    assertThat(event.get(Ecs.DNS_ANSWERS_TYPE)).isEqualTo(List.of("A", "A"));
  }

  @Test
  void keepsWhatIsNotOfTheTypeAsUnmappedText() throws JsonException {
    Event event =
        EventJson.read("{\"source.port\": \"https\", \"source.ip\": [\"x\", \"1.2.3.4\"]}");

    assertThat(event.string(FIELDS.field("unmapped.source.port"))).isEqualTo("https");
    assertThat(event.string(FIELDS.field("unmapped.source.ip"))).isEqualTo("x");
    assertThat(event.ip(Ecs.SOURCE_IP)).isEqualTo(IpAddress.v4(0x01020304));
    assertThat(event.has(Ecs.SOURCE_PORT)).isFalse();
  }

  @Test
  void keepsTheTypeThatJsonShowsOutsideTheCatalogue() throws JsonException {
    Event event =
        EventJson.read("{\"x.a\": 1, \"x.b\": 1.5, \"x.c\": true, \"x.d\": [1, \"a\", 2.5, null]}");

    assertThat(event.get(FIELDS.field("x.a"))).isEqualTo(1L);
    assertThat(event.get(FIELDS.field("x.b"))).isEqualTo(1.5);
    assertThat(event.get(FIELDS.field("x.c"))).isEqualTo(true);
    assertThat(event.get(FIELDS.field("x.d"))).isEqualTo(List.of("1", "a", "2.5"));
  }

  @Test
  void resolvesClassicNames() throws JsonException {
    Event event = EventJson.read("{\"ip_src_addr\": \"10.0.0.1\", \"source:type\": \"bro\"}");

    assertThat(event.ip(Ecs.SOURCE_IP)).isEqualTo(IpAddress.v4(0x0a000001));
    assertThat(event.string(Ecs.METRON_SENSOR)).isEqualTo("bro");
  }

  @Test
  void seesFieldsThatASensorRegistersLater() throws JsonException {
    assertThat(EventJson.read("{\"testsensor.late\": \"5\"}").get(FIELDS.field("testsensor.late")))
        .isEqualTo("5");

    FIELDS.registerSensorField("testsensor.late", FieldType.LONG, false, "Registered in a test");

    assertThat(EventJson.read("{\"testsensor.late\": \"5\"}").get(FIELDS.field("testsensor.late")))
        .isEqualTo(5L);
  }

  @Test
  void refusesTooManyFields() {
    StringBuilder json = new StringBuilder("{\"a\":1");
    for (int i = 0; i < EventJson.MAX_FIELDS; i++) {
      json.append(",\"k").append(i).append("\":1");
    }
    assertThatThrownBy(() -> EventJson.read(json.append('}').toString()))
        .isInstanceOf(JsonException.class)
        .hasMessage("more than 2000 fields");
  }

  @Test
  void refusesTooManyValues() {
    String json = "{\"a\":[" + "1,".repeat(EventJson.MAX_VALUES) + "1]}";

    assertThatThrownBy(() -> EventJson.read(json)).hasMessage("more than 100000 values");
  }

  @Property(tries = 300)
  void readsWhatItWrote(@ForAll("events") Event event) throws JsonException {
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Provide
  Arbitrary<Event> events() {
    return Events.catalogued();
  }

  @Property(tries = 500)
  void neverThrowsAnythingElse(@ForAll byte[] bytes) {
    readOrRefuse(bytes);
  }

  @Property(tries = 500)
  void neverThrowsAnythingElseOnNearlyJson(@ForAll("nearly") String text) {
    readOrRefuse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> nearly() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u00",
            "1",
            "-",
            ".",
            "e",
            "true",
            "null",
            "\"source.ip\":",
            "\"10.0.0.1\"",
            "\"a\"",
            " ",
            "\n",
            "\u0001",
            "ü")
        .list()
        .ofMaxSize(30)
        .map(parts -> "{\"a\":" + String.join("", parts));
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      Event event = EventJson.read(bytes);
      assertThat(EventJson.write(event)).isNotEmpty();
    } catch (JsonException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
