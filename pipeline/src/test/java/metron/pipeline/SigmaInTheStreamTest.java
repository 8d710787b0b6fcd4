package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import metron.detection.Contribution;
import metron.detection.ContributionFields;
import metron.enrichment.indicator.IndicatorTable;
import metron.event.RawMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a sensor's line to a rule that matches: the shipped map knows where each sensor puts what Sigma asks for.
class SigmaInTheStreamTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "windows; category: process_creation, product: windows; Image|endswith: '\\cmd.exe';"
            + " {\"winlog\":{\"channel\":\"Microsoft-Windows-Sysmon/Operational\",\"event_id\":\"1\","
            + "\"provider_name\":\"Microsoft-Windows-Sysmon\",\"event_data\":{\"Image\":\"C:\\\\Windows\\\\cmd.exe\","
            + "\"CommandLine\":\"cmd\"}}}",
        "windows; category: process_creation, product: windows; Image|endswith: '\\cmd.exe';"
            + " {\"winlog\":{\"channel\":\"Security\",\"event_id\":\"4688\","
            + "\"provider_name\":\"Microsoft-Windows-Security-Auditing\","
            + "\"event_data\":{\"NewProcessName\":\"C:\\\\Windows\\\\cmd.exe\"}}}",
        "windows; service: security, product: windows; EventID: 4625;"
            + " {\"winlog\":{\"channel\":\"Security\",\"event_id\":\"4625\",\"event_data\":{}}}",
        "zeek; category: dns; query|endswith: .evil.example;"
            + " {\"_path\":\"dns\",\"ts\":1.5,\"uid\":\"C1\",\"query\":\"a.evil.example\"}",
        "zeek; product: zeek, service: conn; id.resp_p: 4444;"
            + " {\"_path\":\"conn\",\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"id.resp_p\":4444}",
        "squid; category: proxy; c-uri|contains: '/bad/';"
            + " 1286536308.779 180 192.168.0.224 TCP_MISS/200 411 GET http://a.example/bad/x - DIRECT/1.2.3.4 text/html",
        "okta; product: okta, service: okta; eventType: user.session.start;"
            + " {\"eventType\":\"user.session.start\",\"published\":\"2026-01-31T12:00:00Z\",\"uuid\":\"u\"}",
      })
  void aRuleFindsWhatASensorGives(String sensor, String source, String selection, String line)
      throws Exception {
    String rule =
        "title: found\nlevel: high\nlogsource: {%s}\ndetection: {s: {%s}, condition: s}\n"
            .formatted(source, selection);
    PipelineDefinition definition =
        new DefinitionReader(Path.of("."), List.of(), new IndicatorTable(), InstantSource.system())
            .read(Map.of("sigma/r.yml", rule), Epochs.SHIPPED);
    assertThat(definition.warnings()).isEmpty();
    Outcome outcome =
        definition
            .newPipeline(new StepFaults())
            .process(
                new RawMessage(
                    sensor,
                    "raw." + sensor,
                    0,
                    0,
                    Instant.parse("2026-03-01T12:00:00Z"),
                    line.strip().getBytes(StandardCharsets.UTF_8),
                    Map.of()));
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(ContributionFields.read(((Outcome.Accepted) outcome).events().getFirst()))
        .as(outcome.toString())
        .extracting(Contribution::name)
        .contains("found");
  }
}
