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
}
