package metron.pipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import metron.config.ConfigNode;
import metron.config.Faults;
import org.junit.jupiter.api.Test;

class IntakeConfigTest {
  private final Faults faults = new Faults();

  @Test
  void readsEverySource() {
    IntakeConfig config =
        read(
            """
            http: {port: 8081, maxBody: 1MiB}
            syslogUdp:
              - port: 514
                address: 0.0.0.0
                routes:
                  - {contains: "%ASA-", sensor: asa}
            syslogTcp:
              - tls: {certificate: cert.pem, key: key.pem}
                idle: 30s
            files:
              - {paths: [/var/log/suricata/eve.json], sensor: suricata}
              - {paths: /var/log/other, sensor: suricata, from: end}
            kafka:
              - {servers: "broker:9092", topic: zeek, sensor: zeek, properties: {group.id: soc}}
            """);
    faults.list().forEach(f -> assertThat(f).isNull());
    assertThat(config.http().body()).isEqualTo(1 << 20);
    assertThat(config.udp().getFirst().routes().getFirst().sensor()).isEqualTo("asa");
    assertThat(config.tcp().getFirst().port()).isEqualTo(6514);
    assertThat(config.tcp().getFirst().tls().certificate()).isEqualTo(Path.of("/etc/cert.pem"));
    assertThat(config.files())
        .extracting(IntakeConfig.Files::name)
        .containsExactly("suricata", "suricata-2");
    assertThat(config.files().getLast().fromStart()).isFalse();
    assertThat(config.kafka().getFirst().properties()).containsEntry("group.id", "soc");
  }

  @Test
  void namesEveryFault() {
    read(
        """
        syslogUdp:
          - {port: 99999, routes: [{from: 10.0.0.300, sensor: asa}]}
        fils: []
        """);
    assertThat(faults.list()).hasSize(3);
    assertThat(faults.list().toString()).contains("Did you mean 'files'?").contains("10.0.0.300");
  }

  private IntakeConfig read(String text) {
    return IntakeConfig.read(
        ConfigNode.parse("metron.yaml", text, faults).section(faults), Path.of("/etc"));
  }
}
