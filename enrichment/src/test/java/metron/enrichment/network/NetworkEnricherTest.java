package metron.enrichment.network;

import static org.assertj.core.api.Assertions.assertThat;

import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.enrichment.settings.EnrichmentConfig;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkEnricherTest {
  private static final String YAML =
      """
      networks:
        - name: office
          cidrs: [10.10.0.0/16, 2001:db8:10::/48]
        - name: servers
          cidrs: 10.10.20.0/24
        - name: web
          cidrs: [198.51.100.0/28]
        - name: partner
          cidrs: [10.99.0.0/16]
          internal: false
      geo:
        databases: [a.mmdb]
        reload: 5s
      """;

  private static EnrichmentConfig read(String yaml, Faults faults) {
    return EnrichmentConfig.read(ConfigNode.parse("metron.yaml", yaml, faults).section(faults));
  }

  private static Event enriched(String source, String destination) throws ConfigException {
    Faults faults = new Faults();
    EnrichmentConfig config = read(YAML, faults);
    faults.throwIfAny();
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, IpAddress.parse(source).orElseThrow());
    event.set(Ecs.DESTINATION_IP, IpAddress.parse(destination).orElseThrow());
    new NetworkEnricher(config.networks()).enrich(event);
    return event;
  }

  @ParameterizedTest
  @CsvSource({
    "10.10.1.1,    203.0.113.7,    office,  ,        outbound",
    "203.0.113.7,  10.10.20.5,     ,        servers, inbound",
    "10.10.1.1,    10.10.20.5,     office,  servers, internal",
    "10.10.1.1,    192.168.1.1,    office,  ,        internal",
    "8.8.8.8,      203.0.113.7,    ,        ,        external",
    "203.0.113.7,  198.51.100.1,   ,        web,     inbound",
    "203.0.113.7,  198.51.100.100, ,        ,        external",
    "10.99.1.1,    10.10.1.1,      partner, office,  inbound",
    "10.10.1.1,    224.0.0.251,    office,  ,        ",
    "2001:db8:10::1, 2001:db8:99::1, office, ,       outbound",
  })
  void namesBothEndsAndTheDirection(
      String source, String destination, String from, String to, String direction)
      throws ConfigException {
    Event event = enriched(source, destination);
    assertThat(event.string(Ecs.METRON_SOURCE_NETWORK)).isEqualTo(from);
    assertThat(event.string(Ecs.METRON_DESTINATION_NETWORK)).isEqualTo(to);
    assertThat(event.string(Ecs.NETWORK_DIRECTION)).isEqualTo(direction);
  }

  @Test
  void aDirectionOfTheSensorStays() {
    Event event = new Event();
    event.set(Ecs.NETWORK_DIRECTION, "inbound");
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.0.0.1").orElseThrow());
    event.set(Ecs.DESTINATION_IP, IpAddress.parse("8.8.8.8").orElseThrow());
    new NetworkEnricher(NetworkConfig.DEFAULT).enrich(event);
    assertThat(event.string(Ecs.NETWORK_DIRECTION)).isEqualTo("inbound");
  }

  @Test
  void namesEveryFaultOfTheConfiguration() {
    Faults faults = new Faults();
    read(
        """
        networks:
          - name: office
            cidr: [10.10.0.0/16]
          - name: lab
            cidrs: [10.10.0.0/33, example]
        geo:
          reload: -5s
        """,
        faults);
    assertThat(faults.list()).hasSize(5);
    assertThat(faults.list().toString())
        .contains("unknown key 'cidr'", "'cidrs' is missing", "10.10.0.0/33", "example", "-5s");
  }
}
