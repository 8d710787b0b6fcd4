package metron.stellar.functions.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import metron.stellar.function.BudgetExceeded;
import metron.stellar.function.Evaluation;
import org.junit.jupiter.api.Test;

class DomainTyposquatTest {
  @Test
  void makesEveryKindOfTypo() {
    Set<Object> typos = Typos.of(Evaluation.standard(), "metron");
    assertThat(typos)
        .contains("metrona", "metroo", "mєtron", "met-ron", "metrkon", "metrkn")
        .contains("etron", "mmetron", "m.etron", "emtron", "matron", "rnetron")
        .anyMatch(typo -> typo.toString().startsWith("xn--"));
  }

  @Test
  void stopsWhenTheNameIsWorthTooMuchMemory() {
    Evaluation little =
        Evaluation.of(new Evaluation.Limits(1_000, 1 << 20, 8), () -> null, java.util.Map.of());
    assertThatThrownBy(() -> Typos.of(little, "a".repeat(63))).isInstanceOf(BudgetExceeded.class);
  }
}
