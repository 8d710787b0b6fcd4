package metron.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void countsASwapOfNeighboursAsOne() {
    assertThat(Spelling.distance("port", "prot", 9)).isEqualTo(1);
    assertThat(Spelling.distance("port", "part", 9)).isEqualTo(1);
    assertThat(Spelling.distance("port", "ports", 9)).isEqualTo(1);
    assertThat(Spelling.distance("port", "por", 9)).isEqualTo(1);
    assertThat(Spelling.distance("", "abc", 9)).isEqualTo(3);
  }

  @Test
  void findsTheNearestWordAndNothingFarAway() {
    List<String> words = List.of("timeout", "timeZone", "type");

    assertThat(Spelling.nearest("time_zone", words)).contains("timeZone");
    assertThat(Spelling.nearest("timeuot", words)).contains("timeout");
    assertThat(Spelling.nearest("tpye", words)).contains("type");
    assertThat(Spelling.nearest("colour", words)).isEmpty();
    assertThat(Spelling.hint("x", List.of())).isEmpty();
  }
}
