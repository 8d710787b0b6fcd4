package metron.parsers;

import static metron.parsers.Samples.event;
import static metron.parsers.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import metron.config.ConfigException;
import metron.event.Event;
import org.junit.jupiter.api.Test;

class SensorsTest {
  @Test
  void everyAliasLeadsToItsSensor() {
    assertThat(Sensors.shipped().sensor("Bro").orElseThrow().name()).isEqualTo("zeek");
    assertThat(Sensors.shipped().sensor("cisco-asa").orElseThrow().name()).isEqualTo("asa");
    assertThat(Sensors.shipped().sensor("nothing")).isEmpty();
    assertThat(Sensors.shipped().all()).extracting(Sensor::name).hasSizeGreaterThan(9).isSorted();
  }

  @Test
  void aUsersDefinitionReplacesAShippedOne() throws ConfigException {
    Sensors user =
        Sensors.load(
            Map.of(
                "sensors/csv/sensor.yaml",
                """
                name: csv
                zone: Europe/Berlin
                format: [{csv: {columns: [when, who, from], separator: ";"}}]
                fields:
                  when: {to: "@timestamp", as: iso}
                  who: user.name
                  from: source.ip
                """));
    Sensor csv = Sensors.shipped().with(user).sensor("csv").orElseThrow();
    ParseResult r =
        csv.newParser()
            .parse(
                Samples.raw(
                    "csv",
                    "2026-07-01 12:00:00;\"a \"\"b\"\"\";10.0.0.1;more"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of()));
    Event e = ((ParseResult.Parsed) r).events().getFirst();
    assertThat(text(e, "@timestamp")).isEqualTo("2026-07-01T10:00:00Z");
    assertThat(text(e, "user.name")).isEqualTo("a \"b\"");
    assertThat(text(e, "csv.column4")).isEqualTo("more");
  }

  @Test
  void everyFaultOfADefinitionIsNamedWithItsPlace() {
    assertThatThrownBy(
            () ->
                Sensors.load(
                    Map.of(
                        "sensors/x/sensor.yaml",
                        """
                        name: x
                        zone: Nowhere/Land
                        format: [jsn]
                        fields:
                          a: sorce.ip
                        colour: red
                        """)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sensors/x/sensor.yaml:2")
        .hasMessageContaining("format is \"jsn\"")
        .hasMessageContaining("sorce.ip")
        .hasMessageContaining("colour");
  }

  @Test
  void jsonTakesEcsNamesNestedOrDottedAndKeepsOthers() {
    Event e =
        event(
            "json",
            """
            {"@timestamp":"2026-01-02T03:04:05Z","source":{"ip":"10.0.0.1","port":"53"},"user.name":"ann",\
            "ip_dst_addr":"10.0.0.2","own":{"n":1.5,"list":[1,2],"objects":[{"a":"x"},{"a":"y"}]}}""");
    assertThat(text(e, "source.ip")).isEqualTo("10.0.0.1");
    assertThat(text(e, "source.port")).isEqualTo("53");
    assertThat(text(e, "user.name")).isEqualTo("ann");
    assertThat(text(e, "destination.ip")).isEqualTo("10.0.0.2");
    assertThat(text(e, "own.n")).isEqualTo("1.5");
    assertThat(text(e, "own.list")).isEqualTo("[1, 2]");
    assertThat(text(e, "own.objects.a")).isEqualTo("[x, y]");
  }

  @Test
  void aJsonArrayIsAnEventForEachObject() {
    assertThat(Samples.parse("json", "[{\"a\":1},{\"a\":2}]"))
        .isInstanceOfSatisfying(ParseResult.Parsed.class, p -> assertThat(p.events()).hasSize(2));
  }

  @Test
  void aValueThatDoesNotFitIsKeptAsTextAndTold() {
    Event e = event("json", "{\"source.port\":\"many\"}");
    assertThat(text(e, "source.port.text")).isEqualTo("many");
    assertThat(text(e, "error.message")).contains("source.port is \"many\", expected a number");
  }

  @Test
  void squidLineHasItsColumns() {
    Event e =
        event(
            "squid",
            "1700000000.123   1500 10.1.1.1 TCP_MISS/200 4242 GET http://www.example.com:8080/a/b.html?q=1 ann HIER_DIRECT/192.0.2.5 text/html");
    assertThat(text(e, "@timestamp")).isEqualTo("2023-11-14T22:13:20.123Z");
    assertThat(text(e, "event.action")).isEqualTo("TCP_MISS");
    assertThat(text(e, "event.duration")).isEqualTo("1500000000");
    assertThat(text(e, "event.outcome")).isEqualTo("success");
    assertThat(text(e, "url.domain")).isEqualTo("www.example.com");
    assertThat(text(e, "url.port")).isEqualTo("8080");
    assertThat(text(e, "url.path")).isEqualTo("/a/b.html");
    assertThat(text(e, "destination.ip")).isEqualTo("192.0.2.5");
    assertThat(text(e, "related.user")).isEqualTo("[ann]");
  }

  @Test
  void snortCsvAndFastFormAreToldApart() {
    Event csv =
        event(
            "snort",
            "02/03/26-10:20:30.123456 ,1,1000001,3,\"ping, big\",ICMP,10.0.0.1,,10.0.0.2,,52:54:00:12:35:02,08:00:27:7F:93:2D,0x4E,,,,,,64,0,59677,64,65536,8,0,1,2");
    assertThat(text(csv, "@timestamp")).isEqualTo("2026-02-03T10:20:30.123456Z");
    assertThat(text(csv, "rule.name")).isEqualTo("ping, big");
    assertThat(text(csv, "source.mac")).isEqualTo("52-54-00-12-35-02");
    assertThat(text(csv, "snort.eth_length")).isEqualTo("78");
    assertThat(text(csv, "event.kind")).isEqualTo("alert");
    Event fast =
        event(
            "snort",
            "02/03/2026-10:20:30.5  [**] [1:2:3] A [x] rule [**] [Classification: Bad] [Priority: 2] {TCP} 2001:db8::1:1234 -> 10.0.0.2:80");
    assertThat(text(fast, "rule.name")).isEqualTo("A [x] rule");
    assertThat(text(fast, "event.severity")).isEqualTo("2");
    assertThat(text(fast, "source.ip")).isEqualTo("2001:db8::1");
    assertThat(text(fast, "source.port")).isEqualTo("1234");
  }

  @Test
  void cefExtensionEscapesAndLabels() {
    Event e =
        event(
            "cef",
            "<134>Feb  3 10:20:30 fw1 CEF:0|Acme\\|Co|Wall|1.0|100|Blocked|High|src=10.0.0.1 dst=10.0.0.2 spt=1 msg=a \\= b c=d here act=drop cs1Label=Policy Name cs1=My policy rt=1700000000000");
    assertThat(text(e, "observer.vendor")).isEqualTo("Acme|Co");
    assertThat(text(e, "event.severity")).isEqualTo("8");
    assertThat(text(e, "message")).isEqualTo("a = b");
    assertThat(text(e, "cef.c")).isEqualTo("d here");
    assertThat(text(e, "cef.Policy_Name")).isEqualTo("My policy");
    assertThat(text(e, "@timestamp")).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(text(e, "log.syslog.hostname")).isEqualTo("fw1");
  }

  @Test
  void syslogOfBothRfcsIsToldApart() {
    Event e =
        event(
            "syslog",
            "<165>1 2026-02-03T10:20:30.003+02:00 host.example app 42 ID47 [x@1 a=\"q\\\"\\]\" b=\"2\"] \u00e4 text");
    assertThat(text(e, "@timestamp")).isEqualTo("2026-02-03T08:20:30.003Z");
    assertThat(text(e, "log.syslog.structured_data.x@1.a")).isEqualTo("q\"]");
    assertThat(text(e, "message")).isEqualTo("\u00e4 text");
    assertThat(text(e, "log.syslog.facility.code")).isEqualTo("20");
    e = event("syslog", "<34>Oct 11 22:14:15 mymachine su[77]: 'su root' failed");
    assertThat(text(e, "@timestamp")).isEqualTo("2025-10-11T22:14:15Z");
    assertThat(text(e, "host.hostname")).isEqualTo("mymachine");
    assertThat(text(e, "process.pid")).isEqualTo("77");
    assertThat(text(e, "message")).isEqualTo("'su root' failed");
    assertThat(Samples.parse("syslog", "<34>Feb 30 22:14:15 h a: b"))
        .isInstanceOf(ParseResult.Rejected.class);
  }

  @Test
  void asaOutboundConnectionHasItsInitiatorAsSource() {
    Event e =
        event(
            "asa",
            "<166>Feb  3 10:20:30 fw1 %ASA-6-302013: Built outbound TCP connection 77 for outside:192.0.2.1/443 (192.0.2.1/443) to inside:10.0.0.5/50000 (198.51.100.1/50001)(LOCAL\\ann)");
    assertThat(text(e, "source.ip")).isEqualTo("10.0.0.5");
    assertThat(text(e, "destination.port")).isEqualTo("443");
    assertThat(text(e, "source.nat.ip")).isEqualTo("198.51.100.1");
    assertThat(text(e, "destination.nat.ip")).isNull();
    assertThat(text(e, "network.direction")).isEqualTo("outbound");
    assertThat(text(e, "source.user.name")).isEqualTo("ann");
    assertThat(text(e, "event.action")).isEqualTo("flow-creation");
    assertThat(text(e, "network.iana_number")).isEqualTo("6");
  }

  @Test
  void asaDenialIsASuccessOfTheDeviceAndUnknownIdsKeepTheirHeader() {
    Event e =
        event(
            "asa",
            "<164>Feb 03 2026 01:02:25: %ASA-4-106023: Deny udp src in:10.0.0.1/1 dst out:10.0.0.2/53 by access-group \"acl in\" [0x0, 0x0]");
    assertThat(text(e, "event.outcome")).isEqualTo("success");
    assertThat(text(e, "event.type")).isEqualTo("[connection, denied]");
    assertThat(text(e, "rule.name")).isEqualTo("acl in");
    e = event("asa", "<164>Feb 03 2026 01:02:25 fw: %ASA-3-999999: Something new");
    assertThat(text(e, "event.code")).isEqualTo("999999");
    assertThat(text(e, "event.severity")).isEqualTo("3");
    assertThat(text(e, "message")).isEqualTo("Something new");
  }

  @Test
  void grokReadsWebAccessLogsAsShipped() {
    Event e =
        event(
            "grok",
            "10.0.0.9 - ann [03/Feb/2026:10:20:30 +0100] \"GET /a?b=c HTTP/1.1\" 404 17 \"-\" \"curl/8\"");
    assertThat(text(e, "@timestamp")).isEqualTo("2026-02-03T09:20:30Z");
    assertThat(text(e, "http.response.status_code")).isEqualTo("404");
    assertThat(text(e, "user.name")).isEqualTo("ann");
    assertThat(text(e, "user_agent.original")).isEqualTo("curl/8");
  }
}
