package metron.enrichment.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorEnricherTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final IndicatorTable table = new IndicatorTable();
  private final IndicatorEnricher enricher = new IndicatorEnricher(table);

  private void listed(IndicatorType type, String value) {
    table.put(Indicator.of(type, value, 90, "demo-feed", "C2 server"));
  }

  private static Event event() {
    Event event = new Event();
    event.set(Ecs.TIMESTAMP, NOON);
    return event;
  }

  private Event enriched(String field, String value) {
    Event event = event();
    event.set(FieldCatalogue.get().field(field), value);
    enricher.enrich(event);
    return event;
  }

  private static Object get(Event event, String field) {
    return event.get(FieldCatalogue.get().field(field));
  }

  @Test
  void aListedDestinationSetsTheIndicatorAndWhereItWasFound() {
    listed(IndicatorType.IP, "203.0.113.7");
    Event event = event();
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.1.2.3").orElseThrow());
    event.set(Ecs.DESTINATION_IP, IpAddress.parse("203.0.113.7").orElseThrow());
    event.set(Ecs.RELATED_IP, List.of(IpAddress.parse("203.0.113.7").orElseThrow()));
    enricher.enrich(event);

    assertThat(get(event, "threat.indicator.type")).isEqualTo("ipv4-addr");
    assertThat(get(event, "threat.indicator.ip"))
        .isEqualTo(IpAddress.parse("203.0.113.7").orElseThrow());
    assertThat(get(event, "threat.indicator.confidence")).isEqualTo("High");
    assertThat(get(event, "threat.indicator.description")).isEqualTo("C2 server");
    assertThat(get(event, "threat.feed.name")).isEqualTo("demo-feed");
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.matched.field")))
        .containsExactly("destination.ip");
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.matched.atomic")))
        .containsExactly("203.0.113.7");
    assertThat(event.values(FieldCatalogue.get().field("metron.indicators.confidence")))
        .containsExactly(90L);
  }

  @Test
  void anEventThatTouchesNothingStaysAsItWas() {
    listed(IndicatorType.IP, "203.0.113.7");
    listed(IndicatorType.DOMAIN, "bad.example");
    Event event = event();
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.1.2.3").orElseThrow());
    event.set(Ecs.DNS_QUESTION_NAME, "www.good.example");
    Event before = event.copy();
    enricher.enrich(event);
    assertThat(event).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "DOMAIN, bad.example.com,        dns.question.name,      bad.example.com,       domain",
    "DOMAIN, bad.example.com,        dns.question.name,      BAD.example.COM.,      domain",
    "DOMAIN, example.com,            tls.client.server_name, a.b.example.com,       subdomain",
    "DOMAIN, example.com,            url.full,               https://x.example.com/,subdomain",
    "DOMAIN, example.com,            email.from.address,     a@mail.example.com,    subdomain",
    "URL,    hxxp://bad[.]example/x, url.full,               http://BAD.example/x,  url",
    "URL,    http://bad.example/x,   url.full,               https://bad.example:443/x#y, url",
    "URL,    http://bad.example/x,   url.original,           http://bad.example/x?id=1, url",
    "HASH,   44D88612FEA8A8F36DE82E1278ABB02F, file.hash.md5, 44d88612fea8a8f36de82e1278abb02f, hash",
    "HASH,   44d88612fea8a8f36de82e1278abb02f, tls.client.ja3, 44d88612fea8a8f36de82e1278abb02f, hash",
    "HASH,   44d88612fea8a8f36de82e1278abb02f, related.hash, 44d88612fea8a8f36de82e1278abb02f, hash",
    "EMAIL,  Bad@Example.com,        email.to.address,       bad@example.com,       email",
    "IP,     203.0.113.7,            url.domain,             203.0.113.7,           ip",
    "CIDR,   203.0.113.0/24,         url.full,               http://203.0.113.9/,   cidr",
    "IP,     2001:db8::7,            url.full,               'http://[2001:db8:0::7]:8080/a', ip",
  })
  void matches(IndicatorType type, String listed, String field, String seen, String kind) {
    listed(type, listed);
    Event event = enriched(field, seen);
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.matched.type")))
        .contains(kind);
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.matched.field")))
        .contains(field);
  }

  @ParameterizedTest
  @CsvSource({
    "DOMAIN, example.com,          dns.question.name, notexample.com",
    "DOMAIN, a.example.com,        dns.question.name, example.com",
    "DOMAIN, example.com,          dns.question.name, example.com.evil.net",
    "URL,    http://bad.example/x, url.full,          http://bad.example/xy",
    "URL,    http://bad.example/x, url.full,          http://bad.example:8080/x",
    "URL,    http://bad.example/x, url.original,      /x",
    "IP,     203.0.113.7,          url.domain,        203.0.113.70",
  })
  void doesNotMatch(IndicatorType type, String listed, String field, String seen) {
    listed(type, listed);
    assertThat(enriched(field, seen).has(Ecs.THREAT_INDICATOR_NAME)).isFalse();
  }

  @Test
  void aUrlInTwoFieldsIsPutTogether() {
    listed(IndicatorType.URL, "http://bad.example:8080/d/x.zip");
    Event event = event();
    event.set(Ecs.URL_DOMAIN, "bad.example");
    event.set(Ecs.URL_ORIGINAL, "/d/x.zip");
    event.set(Ecs.DESTINATION_PORT, 8080);
    enricher.enrich(event);
    assertThat(event.string(Ecs.THREAT_INDICATOR_TYPE)).isEqualTo("url");
    Event other = event();
    other.set(Ecs.URL_DOMAIN, "bad.example");
    other.set(Ecs.URL_ORIGINAL, "/d/x.zip");
    other.set(Ecs.DESTINATION_PORT, 80);
    enricher.enrich(other);
    assertThat(other.has(Ecs.THREAT_INDICATOR_TYPE)).isFalse();
  }

  @Test
  void theMostConfidentOfSeveralIsTheIndicatorAndAllAreEnrichments() {
    table.put(Indicator.of(IndicatorType.CIDR, "203.0.113.0/24", 40, "wide", ""));
    table.put(Indicator.of(IndicatorType.IP, "203.0.113.7", 95, "sharp", "C2"));
    table.put(Indicator.of(IndicatorType.IP, "203.0.113.7", 60, "other", ""));
    Event event = event();
    event.set(Ecs.DESTINATION_IP, IpAddress.parse("203.0.113.7").orElseThrow());
    enricher.enrich(event);
    assertThat(event.string(Ecs.THREAT_FEED_NAME)).isEqualTo("sharp");
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.indicator.provider")))
        .containsExactly("sharp", "other", "wide");
    assertThat(event.values(FieldCatalogue.get().field("threat.enrichments.indicator.description")))
        .containsExactly("C2", "", "");
  }

  @Test
  void anIndicatorCountsUntilItExpiresByTheTimeOfTheEvent() {
    table.put(
        new Indicator(
            IndicatorType.DOMAIN, "bad.example", 90, "feed", "", "", List.of(), null, NOON, ""));
    assertThat(enriched("dns.question.name", "bad.example").has(Ecs.THREAT_FEED_NAME)).isTrue();
    Event late = new Event();
    late.set(Ecs.TIMESTAMP, NOON.plusSeconds(1));
    late.set(Ecs.DNS_QUESTION_NAME, "bad.example");
    enricher.enrich(late);
    assertThat(late.has(Ecs.THREAT_FEED_NAME)).isFalse();
  }
}
