package metron.parsers.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void findsWhatWasPut() {
    Names<Integer> names = new Names<>();
    for (int i = 0; i < 5_000; i++) {
      names.put("name" + i, i);
    }
    names.put("name7", -7);

    assertThat(names.size()).isEqualTo(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(names.get("name" + i)).isEqualTo(i == 7 ? -7 : i);
    }
    assertThat(names.get("name5000")).isNull();
  }

  @Test
  void refusesNamesThatWereMadeToCollide() {
    Names<Integer> names = new Names<>();
    names.put("known", 1);
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      if (names.put(("n" + i).getBytes(StandardCharsets.UTF_8), 42, i)) {
        taken++;
      }
    }

    assertThat(taken).isBetween(1, 64);
    assertThat(names.get("known")).isEqualTo(1);
  }
}
