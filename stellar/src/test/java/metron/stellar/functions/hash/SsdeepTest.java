package metron.stellar.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SsdeepTest {
  @Property(tries = 100)
  void scoresAHundredAgainstItselfAndTheSameBothWays(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[random.nextInt(20_000)];
    random.nextBytes(data);
    Ssdeep hash = Ssdeep.of(data);
    assertThat(Ssdeep.parse(hash.text()).score(hash)).isEqualTo(100);
    byte[] changed = data.clone();
    if (changed.length > 0) {
      changed[random.nextInt(changed.length)] ^= 1;
    }
    Ssdeep other = Ssdeep.of(changed);
    assertThat(hash.score(other)).isEqualTo(other.score(hash)).isBetween(0, 100);
  }

  @Property(tries = 300)
  void readsAnyTextOrRefusesIt(@ForAll String text) {
    assertThat(Ssdeep.parse(text) == null || text.contains(":")).isTrue();
  }

  @Test
  void stillScoresHighWhenOneByteOfManyIsAnother() {
    byte[] data = new byte[10_000];
    new Random(7).nextBytes(data);
    byte[] changed = data.clone();
    changed[5_000] ^= 1;
    assertThat(Ssdeep.of(data).score(Ssdeep.of(changed))).isGreaterThan(80);
  }

  @Test
  void ofNothingHasNoPieces() {
    assertThat(Ssdeep.of(new byte[0]).text()).isEqualTo("3::");
  }
}
