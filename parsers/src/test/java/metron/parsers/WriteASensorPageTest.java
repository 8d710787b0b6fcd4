package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.config.ConfigException;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.RawMessage;
import metron.parsers.mapping.Conversion;
import org.junit.jupiter.api.Test;

/// Holds `docs/write-a-sensor.md` to what Metron does: its definition is loaded and reads its line.
class WriteASensorPageTest {
  private static final String PAGE = read();
  private static final String HEAD = "name: gateway\nformat: [json]\n";

  @Test
  void theExampleReadsItsLine() throws ConfigException {
    Event event = parse(load(block("yaml", 0)), block("text", 0).strip());

    assertThat(event.get(Ecs.TIMESTAMP)).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
    assertThat(event.string(Ecs.USER_NAME)).isEqualTo("ann");
    assertThat(String.valueOf(event.ip(Ecs.SOURCE_IP))).isEqualTo("10.1.2.3");
    assertThat(event.string(Ecs.URL_DOMAIN)).isEqualTo("example.com");
    assertThat(event.longValue(Ecs.EVENT_DURATION, 0)).isEqualTo(250_000_000);
    assertThat(event.string(Ecs.EVENT_OUTCOME)).isEqualTo("success");
  }

  @Test
  void theMappingOfFieldsDoesWhatThePageSays() throws ConfigException {
    Event event =
        parse(
            load(HEAD + block("yaml", 1)),
            "{\"src\":\"10.0.0.1\",\"answers\":[\"192.0.2.1\",\"a.example\"],\"padding\":\"x\","
                + "\"state\":\"denied\",\"other\":\"kept\"}");

    assertThat(event.string(Ecs.EVENT_OUTCOME)).isEqualTo("failure");
    assertThat(event.get(Ecs.EVENT_TYPE)).isEqualTo(List.of("denied"));
    assertThat(event.toString()).contains("gateway.state", "gateway.other").doesNotContain("padd");
    assertThat(String.valueOf(event.get(Ecs.DNS_RESOLVED_IP))).isEqualTo("[192.0.2.1]");
  }

  @Test
  void theRulesDoWhatThePageSays() throws ConfigException {
    Event event =
        parse(
            load(
                HEAD
                    + "fields: {act: event.action, port: destination.port, who: user.name, src: source.ip}\n"
                    + block("yaml", 2)),
            "{\"act\":\"dropped\",\"port\":22,\"who\":\"ann\",\"src\":\"10.0.0.1\"}");

    assertThat(event.get(Ecs.EVENT_TYPE)).isEqualTo(List.of("connection", "denied"));
    assertThat(String.valueOf(Samples.get(event, "host.ip"))).isEqualTo("[10.0.0.1]");
  }

  @Test
  void theRecordTypesAreTold() throws ConfigException {
    Event event =
        parse(
            load("name: gateway\n" + block("yaml", 3)), "{\"kind\":\"login\",\"account\":\"bo\"}");

    assertThat(event.string(Ecs.USER_NAME)).isEqualTo("bo");
    assertThat(event.get(Ecs.EVENT_CATEGORY)).isEqualTo(List.of("authentication"));
  }

  @Test
  void thePageNamesEveryFormatConversionAndDerivation() {
    for (String name : expected("name: x\nformat: [nothing]\n")) {
      assertThat(PAGE).contains("`" + name + "`");
    }
    for (String name : expected("name: x\nformat: [json]\nderive: [nothing]\n")) {
      assertThat(PAGE).contains("`" + name + "`");
    }
    Arrays.stream(Conversion.values())
        .filter(c -> c != Conversion.DEFAULT)
        .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .forEach(name -> assertThat(PAGE).contains("`" + name + "`"));
  }

  /// The words that the fault of a definition offers.
  private static List<String> expected(String faulty) {
    List<String> words = new ArrayList<>();
    assertThatThrownBy(() -> load(faulty))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              String message = e.faults().getFirst().message();
              int at = message.indexOf("one of ");
              assertThat(at).as(message).isPositive();
              words.addAll(List.of(message.substring(at + 7).split(", ")));
            });
    assertThat(words).hasSizeGreaterThan(3);
    return words;
  }

  private static Sensor load(String definition) throws ConfigException {
    return Sensors.load(Map.of("sensors/gateway.yaml", definition)).all().getFirst();
  }

  private static Event parse(Sensor sensor, String line) {
    ParseResult result =
        sensor
            .newParser()
            .parse(
                new RawMessage(
                    sensor.name(),
                    "raw." + sensor.name(),
                    0,
                    0,
                    Instant.EPOCH,
                    line.getBytes(StandardCharsets.UTF_8),
                    Map.of()));
    assertThat(result).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) result).events().getFirst();
  }

  /// The text of a fenced block, counted from 0 among those of its language.
  private static String block(String language, int index) {
    Matcher m = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(PAGE);
    for (int i = 0; i <= index; i++) {
      assertThat(m.find()).as("block %d of %s", i, language).isTrue();
    }
    return m.group(1);
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "write-a-sensor.md"));
    } catch (IOException e) {
      throw new AssertionError("docs/write-a-sensor.md can't be read", e);
    }
  }
}
