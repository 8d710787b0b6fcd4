package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import metron.enrichment.indicator.IndicatorTable;
import org.junit.jupiter.api.Test;

class LiveConfigurationTest {
  private final LiveConfiguration live =
      new LiveConfiguration(
          new DefinitionReader(
              Path.of("."), List.of(), new IndicatorTable(), InstantSource.system()));

  @Test
  void startsWithWhatIsShipped() {
    assertThat(live.current().epochs()).isEqualTo(Epochs.SHIPPED);
    assertThat(live.current().sensors().sensor("suricata")).isPresent();
  }

  @Test
  void takesAValidChangeAsANewEpoch() {
    live.changed("metron.yaml", "detection:\n  aggregator: SUM\n", 4);
    live.apply();
    assertThat(live.state().faults()).isEmpty();
    assertThat(live.current().epochs()).isEqualTo(new Epochs(0, 5, 5));
  }

  @Test
  void refusesAFaultyChangeNamesEveryFaultAndGoesOn() {
    live.changed("metron.yaml", "detection:\n  agregator: SUM\nenrichment:\n  netwroks: []\n", 4);
    live.apply();
    assertThat(live.current().epochs()).isEqualTo(Epochs.SHIPPED);
    assertThat(live.state().running()).isEqualTo(Epochs.SHIPPED);
    assertThat(live.state().faults())
        .extracting(Object::toString)
        .anySatisfy(f -> assertThat(f).contains("metron.yaml:2", "agregator", "aggregator"))
        .anySatisfy(f -> assertThat(f).contains("metron.yaml:4", "netwroks", "networks"));
    live.changed("metron.yaml", null, 5);
    live.apply();
    assertThat(live.state().faults()).isEmpty();
    assertThat(live.current().epochs()).isEqualTo(new Epochs(0, 6, 6));
  }

  @Test
  void doesNotMindFilesThatAreNotForThePipeline() {
    live.changed("notes.txt", ":::", 4);
    live.apply();
    assertThat(live.current().epochs()).isEqualTo(Epochs.SHIPPED);
  }

  @Test
  void takesTransformationsAndTriageRulesEachWithItsOwnEpoch() {
    live.changed("transformations/a.yaml", "transformations: [{remove: [tags]}]", 6);
    live.apply();
    assertThat(live.current().epochs()).isEqualTo(new Epochs(7, 0, 0));
    live.changed("triage/a.yaml", "rules: [{rule: 'true', score: 1}]", 8);
    live.apply();
    assertThat(live.current().epochs()).isEqualTo(new Epochs(7, 0, 9));
    assertThat(live.current().triage().isEmpty()).isFalse();
  }

  @Test
  void refusesARuleThatCannotBeUsed() {
    live.changed("triage/a.yaml", "sensors: [squidd]\nrules: [{rule: 'a +', score: 1}]", 6);
    live.apply();
    assertThat(live.current().triage().isEmpty()).isTrue();
    assertThat(live.state().faults())
        .extracting(Object::toString)
        .anySatisfy(f -> assertThat(f).startsWith("triage/a.yaml:1:").contains("squidd"))
        .anySatisfy(f -> assertThat(f).startsWith("triage/a.yaml:2:").contains("^"));
  }
}
