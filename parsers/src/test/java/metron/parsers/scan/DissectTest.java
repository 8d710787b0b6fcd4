package metron.parsers.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DissectTest {
  private static Map<String, String> match(String pattern, String text) {
    Dissect d = Dissect.compile(pattern);
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    int[] slots = new int[d.names().size() * 2];
    Map<String, String> found = new LinkedHashMap<>();
    if (!d.match(b, 0, b.length, slots)) {
      return Map.of("no", "match");
    }
    for (int i = 0; i < d.names().size(); i++) {
      if (slots[2 * i] >= 0) {
        found.put(
            d.names().get(i),
            new String(b, slots[2 * i], slots[2 * i + 1] - slots[2 * i], StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void optionalGroupsAreTakenWhereTheyStand() {
    String pattern = "bytes {n:number}[ ({user})][ {reason}[ ({user})]]";
    assertThat(match(pattern, "bytes 1")).isEqualTo(Map.of("n", "1"));
    assertThat(match(pattern, "bytes 1 (ann)")).isEqualTo(Map.of("n", "1", "user", "ann"));
    assertThat(match(pattern, "bytes 1 TCP FINs"))
        .isEqualTo(Map.of("n", "1", "reason", "TCP FINs"));
    assertThat(match(pattern, "bytes 1 TCP FINs (ann)"))
        .isEqualTo(Map.of("n", "1", "reason", "TCP FINs", "user", "ann"));
  }

  @Test
  void aClassGivesBackAByteForWhatFollows() {
    assertThat(match("peer {ip:host}. Reason", "peer 10.0.0.1.  Reason"))
        .isEqualTo(Map.of("ip", "10.0.0.1"));
  }

  @Test
  void exactTextIsCapturedAndEscapesAreText() {
    assertThat(match("Built {way=inbound} \\[{x}\\]", "Built inbound [a b]"))
        .isEqualTo(Map.of("way", "inbound", "x", "a b"));
    assertThat(match("Built {way=inbound} x", "Built outbound x")).containsKey("no");
  }

  @Test
  void aFaultNamesItsColumn() {
    assertThatThrownBy(() -> Dissect.compile("a {b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 3");
    assertThatThrownBy(() -> Dissect.compile("{a:wrd}")).hasMessageContaining("expected word");
  }

  @Test
  void manyLazyCapturesEndWithinTheBudget() {
    String pattern = "{a} {b} {c} {d} {e} {f} {g} {h} !";
    assertThat(match(pattern, "x ".repeat(2_000))).containsKey("no");
  }
}
