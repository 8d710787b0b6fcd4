package metron.parsers.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private final Texts texts = new Texts();

  private String text(String s) {
    byte[] b = s.getBytes(StandardCharsets.UTF_8);
    return texts.text(b, 0, b.length);
  }

  @Test
  void handsTheSameTextOutAgainOnceItHasComeTwice() {
    text("tcp");
    String second = text("tcp");

    assertThat(text("tcp")).isEqualTo("tcp").isSameAs(second);
  }

  @Test
  void isNotPushedOutByTextsThatNeverComeAgain() {
    text("www.example.org");
    String kept = text("www.example.org");
    for (int i = 0; i < 100_000; i++) {
      assertThat(text("C" + i)).isEqualTo("C" + i);
    }

    assertThat(text("www.example.org")).isSameAs(kept);
  }

  @Test
  void tellsAnAddressFromAName() {
    for (int i = 0; i < 3; i++) {
      byte[] ip = "10.0.0.1".getBytes(StandardCharsets.UTF_8);
      byte[] name = "gateway".getBytes(StandardCharsets.UTF_8);
      assertThat(texts.ip(ip, 0, ip.length)).hasToString("10.0.0.1");
      assertThat(texts.ip(name, 0, name.length)).isNull();
      assertThat(texts.endpoint(name, 0, name.length).text()).isEqualTo("gateway");
    }
  }

  @Property(tries = 300)
  void makesTheTextThatTheBytesAre(@ForAll byte[] bytes) {
    String expected = new String(bytes, StandardCharsets.UTF_8);
    for (int i = 0; i < 3; i++) {
      assertThat(texts.text(bytes, 0, bytes.length)).isEqualTo(expected);
    }
  }

  @Property(tries = 300)
  void hashesAndComparesARangeWhereverItStands(
      @ForAll byte[] bytes,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(max = 9) int after) {
    byte[] around = new byte[before + bytes.length + after];
    Arrays.fill(around, (byte) 'x');
    System.arraycopy(bytes, 0, around, before, bytes.length);
    int end = before + bytes.length;

    assertThat(Bytes.hash(around, before, end)).isEqualTo(Bytes.hash(bytes, 0, bytes.length));
    assertThat(Bytes.equals(around, before, end, bytes)).isTrue();
    for (int i = 0; i < bytes.length; i++) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      assertThat(Bytes.equals(around, before, end, other)).isFalse();
    }
  }
}
