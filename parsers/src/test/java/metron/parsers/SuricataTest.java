package metron.parsers;

import static metron.parsers.Samples.event;
import static metron.parsers.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import metron.event.Event;
import metron.event.query.QueryParser;
import metron.event.query.QuerySyntaxException;
import org.junit.jupiter.api.Test;

class SuricataTest {
  @Test
  void alertNamesRulePartiesAndVerdict() {
    Event e =
        event(
            "eve",
            """
            {"timestamp":"2026-02-03T10:20:30.123456+0100","flow_id":42,"event_type":"alert","src_ip":"10.1.2.3",\
            "src_port":4242,"dest_ip":"192.0.2.9","dest_port":80,"proto":"TCP","alert":{"action":"blocked","gid":1,\
            "signature_id":900001,"rev":2,"signature":"TEST a \\u00e4 rule","category":"Misc","severity":2,\
            "metadata":{"tag":["a","b"]}},"app_proto":"failed"}""");
    assertThat(text(e, "@timestamp")).isEqualTo("2026-02-03T09:20:30.123456Z");
    assertThat(text(e, "source.ip")).isEqualTo("10.1.2.3");
    assertThat(text(e, "source.address")).isEqualTo("10.1.2.3");
    assertThat(text(e, "rule.id")).isEqualTo("900001");
    assertThat(text(e, "rule.name")).isEqualTo("TEST a ä rule");
    assertThat(text(e, "event.kind")).isEqualTo("alert");
    assertThat(text(e, "event.type")).isEqualTo("[denied]");
    assertThat(text(e, "network.transport")).isEqualTo("tcp");
    assertThat(text(e, "network.protocol")).isNull();
    assertThat(text(e, "related.ip")).isEqualTo("[10.1.2.3, 192.0.2.9]");
    assertThat(text(e, "suricata.eve.alert.metadata.tag")).isEqualTo("[a, b]");
  }

  @Test
  void namesThatSuricataWritesPointToTheFieldsThatHoldThem() {
    var _ = Sensors.shipped();
    for (String typed : List.of("suricata.flow_id", "flow_id", "flow.id")) {
      assertThatThrownBy(() -> QueryParser.parse(typed + ":42"))
          .isInstanceOfSatisfying(
              QuerySyntaxException.class,
              e -> assertThat(e.suggestion()).isEqualTo("suricata.eve.flow_id"));
    }
  }

  @Test
  void dnsAnswersOfVersionTwoAndThreeKeepTheirLists() {
    Event e =
        event(
            "suricata",
            """
            {"timestamp":"2026-02-03T10:20:30.1Z","event_type":"dns","dns":{"version":3,"type":"response","id":7,\
            "queries":[{"rrname":"WWW.example.com","rrtype":"A"}],"rcode":"NOERROR","answers":[\
            {"rrname":"www.example.com","rrtype":"CNAME","ttl":60,"rdata":"a.example.com"},\
            {"rrname":"a.example.com","rrtype":"A","ttl":60,"rdata":"192.0.2.1"}]}}""");
    assertThat(text(e, "dns.question.name")).isEqualTo("www.example.com");
    assertThat(text(e, "dns.type")).isEqualTo("answer");
    assertThat(text(e, "dns.answers.data")).isEqualTo("[a.example.com, 192.0.2.1]");
    assertThat(text(e, "dns.answers.ttl")).isEqualTo("[60, 60]");
    assertThat(text(e, "dns.resolved_ip")).isEqualTo("[192.0.2.1]");
  }

  @Test
  void aDayThatDoesNotExistIsRefused() {
    assertThat(Samples.parse("suricata", "{\"timestamp\":\"2026-02-30T10:20:30Z\"}"))
        .isInstanceOf(ParseResult.Rejected.class);
  }

  @Test
  void brokenJsonSaysWhereAndWhatWasExpected() {
    assertThat(Samples.parse("suricata", "{\"a\":1,}"))
        .isEqualTo(
            new ParseResult.Rejected(
                "not JSON at byte 7: expected a key in quotes, found \"}\"", 7));
  }
}
