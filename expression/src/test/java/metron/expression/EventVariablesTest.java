package metron.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.Program;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EventVariablesTest {
  private final Event event = event();

  private static Event event() {
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.0.0.1").orElseThrow());
    event.set(Ecs.DESTINATION_PORT, 443);
    event.set(Ecs.DESTINATION_BYTES, 5_000_000_000L);
    event.set(Ecs.TIMESTAMP, Instant.parse("2026-01-31T12:00:00.123456Z"));
    event.set(Ecs.EVENT_RISK_SCORE, 47.5);
    event.set(Ecs.TAGS, List.of("one", "two"));
    event.set(FieldCatalogue.get().field("acme.flag"), "x");
    return event;
  }

  private static Object value(String source, Event of) {
    return Stellar.standard()
        .compile(source, EventVariables.INSTANCE)
        .evaluate(Evaluation.standard(), of);
  }

  @Test
  void fieldsAreReadUnderEcsAndUnderMetronsNames() {
    assertThat(value("source.ip", event)).isEqualTo("10.0.0.1");
    assertThat(value("ip_src_addr", event)).isEqualTo("10.0.0.1");
    assertThat(value("ip_dst_port", event)).isEqualTo(443);
    assertThat(value("acme:flag", event)).isEqualTo("x");
  }

  @Test
  void valuesAreWhatMetronsMessagesHeld() {
    assertThat(value("destination.bytes", event)).isEqualTo(5_000_000_000L);
    assertThat(value("timestamp", event)).isEqualTo(1_769_860_800_123L);
    assertThat(value("event.risk_score", event)).isEqualTo(47.5);
    assertThat(value("tags", event)).isEqualTo(List.of("one", "two"));
    assertThat(value("user.name", event)).isNull();
    assertThat(value("MAP_GET('source.ip', _)", event)).isEqualTo("10.0.0.1");
    assertThat(value("'destination.port' in _", event)).isEqualTo(true);
  }

  @Test
  void membershipDoesNotWidenNumbers() {
    assertThat(value("ip_dst_port in [80, 443]", event)).isEqualTo(true);
    assertThat(value("ip_dst_port in [80L, 443L]", event)).isEqualTo(false);
    assertThat(value("ip_dst_port == 443L", event)).isEqualTo(true);
    assertThat(value("destination.bytes in [5000000000]", event)).isEqualTo(true);
  }

  /// The fast forms of `==` and `in` must answer as the values themselves do.
  @Property(tries = 300)
  void comparedFastOrSlowTheAnswerIsTheSame(
      @ForAll @LongRange(min = -2, max = 2) long port,
      @ForAll @LongRange(min = -2, max = 2) long asked,
      @ForAll boolean far) {
    Event of = new Event();
    long value = far ? port + Integer.MAX_VALUE : port;
    long constant = far ? asked + Integer.MAX_VALUE : asked;
    of.set(Ecs.DESTINATION_PORT, value);
    of.set(Ecs.SOURCE_IP, IpAddress.v4((int) value));
    of.set(Ecs.USER_NAME, "u" + value);
    String address = IpAddress.v4((int) constant).toString();
    for (String source :
        List.of(
            "destination.port == " + constant,
            "destination.port != " + constant,
            "destination.port in [7, " + constant + "]",
            "source.ip == '" + address + "'",
            "source.ip in ['1.2.3.4', '" + address + "']",
            "source.ip == '0" + address + "'",
            "user.name == 'u" + constant + "'",
            "user.name not in ['u" + constant + "', 'v']",
            "user.id == 'u" + constant + "'",
            "user.id in ['a']")) {
      Program<Event> program = Stellar.standard().compile(source, EventVariables.INSTANCE);
      assertThat(program.evaluate(Evaluation.standard(), of))
          .as(source + " of " + value)
          .isEqualTo(program.interpret(Evaluation.standard(), of));
    }
  }

  @Test
  void aListIsNoneOfItsValues() {
    Event of = new Event();
    of.set(Ecs.SOURCE_IP, IpAddress.parse("10.0.0.1").orElseThrow());
    of.append(Ecs.SOURCE_IP, IpAddress.parse("10.0.0.2").orElseThrow());
    assertThat(value("source.ip == '10.0.0.1'", of)).isEqualTo(false);
    assertThat(value("'10.0.0.1' in source.ip", of)).isEqualTo(true);
  }

  @Test
  void assignedValuesAreBroughtToTheirFieldsTypes() {
    Event of = new Event();
    assertThat(Assignment.set(of, EventVariables.field("source.ip"), "192.0.2.1")).isNull();
    assertThat(Assignment.set(of, EventVariables.field("timestamp"), 1_769_860_800_123L)).isNull();
    assertThat(Assignment.set(of, EventVariables.field("source.port"), "80")).isNull();
    assertThat(Assignment.set(of, EventVariables.field("acme.n"), 7)).isNull();
    assertThat(Assignment.set(of, EventVariables.field("acme"), Map.of("a", 1, "b", "x"))).isNull();
    assertThat(of.ip(Ecs.SOURCE_IP)).hasToString("192.0.2.1");
    assertThat(of.get(Ecs.TIMESTAMP)).isEqualTo(Instant.parse("2026-01-31T12:00:00.123Z"));
    assertThat(of.longValue(Ecs.SOURCE_PORT, 0)).isEqualTo(80);
    assertThat(value("acme.n + acme.a", of)).isEqualTo(8);
    assertThat(value("acme.b", of)).isEqualTo("x");
    assertThat(Assignment.set(of, EventVariables.field("acme.n"), "now a text")).isNull();
    assertThat(value("acme.n", of)).isEqualTo("now a text");
    assertThat(Assignment.set(of, EventVariables.field("source.port"), null)).isNull();
    assertThat(of.has(Ecs.SOURCE_PORT)).isFalse();
  }

  @Test
  void aValueThatDoesNotFitIsNamedAndChangesNothing() {
    Event of = new Event();
    of.set(Ecs.SOURCE_PORT, 80);
    assertThat(Assignment.set(of, Ecs.SOURCE_PORT, "http"))
        .isEqualTo("field source.port takes a whole number, found 'http'");
    assertThat(Assignment.set(of, Ecs.SOURCE_IP, List.of("10.0.0.1", "nowhere")))
        .contains("source.ip takes an address", "'nowhere'");
    assertThat(of.longValue(Ecs.SOURCE_PORT, 0)).isEqualTo(80);
  }
}
