package metron.parsers.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import metron.config.Fault;
import metron.config.Faults;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.Values;
import metron.expression.Assignment;
import metron.expression.EventVariables;
import metron.expression.TestResult;
import metron.parsers.transform.Transformations.Result;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransformationsTest {
  private static final UnaryOperator<@Nullable String> SENSORS =
      name -> "squid".equals(name) || "proxy".equals(name) ? "squid" : null;

  private final Faults faults = new Faults();
  private final Faults warnings = new Faults();
  private final Event event = new Event();

  private Transformations read(String text) {
    return Transformations.read(
        Map.of("transformations/t.yaml", text), Stellar.standard(), SENSORS, faults, warnings);
  }

  private Result run(String text) {
    Transformations read = read(text);
    assertThat(faults.list()).isEmpty();
    return read.apply("squid", event, Evaluation.standard());
  }

  private void given(String field, Object value) {
    assertThat(Assignment.set(event, EventVariables.field(field), value)).isNull();
  }

  private @Nullable String found(String field) {
    Object value = event.get(FieldCatalogue.get().field(field));
    return value == null ? null : Values.text(value);
  }

  @Test
  void stellarSetsFieldsInOrderAndNullRemoves() {
    given("url.original", "http://www.Example.com/a?b");
    given("labels.debug", "1");
    Result result =
        run(
            """
            transformations:
              - stellar:
                  host: URL_TO_HOST(url.original)
                  url.domain: TO_LOWER(host)
                  labels.debug: null
                  source.port: 7 * 6
                temporary: [host]
            """);
    assertThat(result).isEqualTo(new Result.Kept());
    assertThat(found("url.domain")).isEqualTo("www.example.com");
    assertThat(found("source.port")).isEqualTo("42");
    assertThat(found("host")).isNull();
    assertThat(found("labels.debug")).isNull();
  }

  @Test
  void fieldsAreRenamedRemovedAndSelected() {
    given("acme.src", "192.0.2.7");
    given("acme.noise", "x");
    given("acme.more", "y");
    given("timestamp", "2026-01-31T12:00:00Z");
    Result result =
        run(
            """
            transformations:
              - rename: {acme.src: source.ip, acme.absent: user.name}
              - remove: acme.noise
              - select: [source.ip]
            """);
    assertThat(result).isEqualTo(new Result.Kept());
    assertThat(found("source.ip")).isEqualTo("192.0.2.7");
    assertThat(found("acme.src")).isNull();
    assertThat(found("acme.noise")).isNull();
    assertThat(found("acme.more")).isNull();
    assertThat(found("@timestamp")).startsWith("2026-01-31T12:00:00");
  }

  @Test
  void metronsOwnTransformationsAreThere() {
    given("acme.protocol", 6);
    given("acme.host", "www.mail.example.co.uk");
    given("acme.lat", 51.5);
    given("acme.lon", -0.12);
    given("acme.text", "%ASA-6-302013: Built");
    given("user.name", "alice");
    Result result =
        run(
            """
            transformations:
              - ip_protocol: {from: acme.protocol, to: network.transport}
              - domain_remove_subdomains: {from: acme.host, to: acme.domain}
              - domain_remove_tld: {from: acme.host, to: acme.rest}
              - geohash: {latitude: acme.lat, longitude: acme.lon, to: acme.geohash, precision: 5}
              - regex_select:
                  from: acme.text
                  to: event.action
                  values:
                    teardown: ['.*Teardown.*']
                    built: ['.*3020.*', '.*Built.*']
              - simple_hash: {from: user.name, to: user.hash, algorithm: MD5}
            """);
    assertThat(result).isEqualTo(new Result.Kept());
    assertThat(found("network.transport")).isEqualToIgnoringCase("tcp");
    assertThat(found("acme.domain")).isEqualTo("example.co.uk");
    assertThat(found("acme.rest")).isEqualTo("www.mail.example");
    assertThat(found("acme.geohash")).isEqualTo("gcpuv");
    assertThat(found("event.action")).isEqualTo("built");
    assertThat(found("user.hash")).isEqualTo("6384e2b2184bcbf58eccf10ca7a6563c");
  }

  @Test
  void whenAndFilterDecide() {
    given("source.port", 80);
    assertThat(
            run(
                """
                transformations:
                  - stellar: {acme.seen: 1}
                    when: source.port == 81
                filter: source.port != 80
                """))
        .isEqualTo(new Result.Filtered("transformations/t.yaml"));
    assertThat(found("acme.seen")).isNull();
  }

  @Test
  void documentsAreForTheirSensorsAlone() {
    Transformations read = read("sensors: [proxy]\ntransformations: [{stellar: {acme.seen: 1}}]\n");
    read.apply("asa", event, Evaluation.standard());
    assertThat(found("acme.seen")).isNull();
    read.apply("squid", event, Evaluation.standard());
    assertThat(found("acme.seen")).isEqualTo("1");
    assertThat(read.none("asa")).isTrue();
    assertThat(read.none("squid")).isFalse();
  }

  @Test
  void whatCannotBeDoneSaysDocumentFieldAndReason() {
    given("user.name", "alice");
    Result result = run("transformations: [{stellar: {source.port: user.name}}]");
    assertThat(result)
        .isEqualTo(
            new Result.Failed(
                "transformations/t.yaml: field source.port takes a whole number, found 'alice'"));
    assertThat(run("transformations: [{stellar: {acme.n: \"TO_INTEGER('x') / 0\"}}]"))
        .isInstanceOf(Result.Failed.class);
  }

  @Test
  void everyFaultIsNamedWithItsPlace() {
    read(
        """
        sensors: [squid, nosuch]
        transformations:
          - stellar: {event.id: 1, acme.n: 'NO_SUCH(1)'}
          - remove: [event.original]
          - {rename: {a: b}, remove: [c]}
          - upcase: [a]
          - geohash: {latitude: a, to: b}
          - regex_select: {from: a, to: b, values: {x: '('}}
          - stellar: {a: 1}
            temporary: [b]
          - remove: [a]
            wen: b
        filtre: a
        """);
    assertThat(faults.list())
        .extracting(Fault::toString)
        .anySatisfy(f -> assertThat(f).startsWith("transformations/t.yaml:1:").contains("nosuch"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:3:", "event.id is kept by Metron itself"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:3:", "NO_SUCH"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:4:", "event.original"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:5:", "two transformations"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:6:", "no transformation"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:7:", "longitude"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:8:"))
        .anySatisfy(f -> assertThat(f).contains("'b' is temporary"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:12:", "wen", "when"))
        .anySatisfy(f -> assertThat(f).contains("t.yaml:13:", "filtre", "filter"));
  }

  @Test
  void testsInADocumentSayWhatIsNotAsItMustBe() {
    Transformations read =
        read(
            """
            transformations:
              - stellar: {url.domain: 'URL_TO_HOST(url.original)', source.port: acme.port}
            filter: url.domain != 'left.example'
            tests:
              - event: {url.original: 'http://a.example/', acme.port: 5}
                gives: {url.domain: a.example, source.port: 5}
                lacks: [user.name]
              - event: {url.original: 'http://a.example/'}
                gives: {url.domain: b.example}
              - event: {url.original: 'http://left.example/'}
                filtered: true
              - event: {url.original: 'http://left.example/'}
                gives: {url.domain: left.example}
              - event: {acme.port: no number}
                fails: takes a whole number
              - event: {acme.port: 1}
                fails: takes a whole number
            """);
    assertThat(faults.list()).isEmpty();
    List<TestResult> results = read.test(Evaluation.standard());
    assertThat(results)
        .extracting(TestResult::passed)
        .containsExactly(true, false, true, false, true, false);
    assertThat(results.get(1).at().line()).isEqualTo(8);
    assertThat(results.get(1).complaint())
        .isEqualTo("expected url.domain = b.example, found a.example");
    assertThat(results.get(3).complaint()).contains("leaves the event out");
    assertThat(results.get(5).complaint()).contains("but it succeeds");
  }
}
