package metron.stellar.functions.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TlshTest {
  @Property(tries = 200)
  void textsOfHashesAreReadBack(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] data = new byte[50 + random.nextInt(5_000)];
    random.nextBytes(data);
    int buckets = random.nextBoolean() ? 128 : 256;
    int checksum = random.nextBoolean() ? 1 : 3;
    Tlsh hash = Tlsh.of(data, buckets, checksum, true);
    if (hash == null) {
      return;
    }
    String text = hash.text();
    assertThat(text).hasSize(2 * (checksum + 2) + buckets / 2);
    assertThat(Tlsh.parse(text).text()).isEqualTo(text);
    assertThat(Tlsh.parse("T1" + text).text()).isEqualTo(text);
    assertThat(hash.distance(Tlsh.parse(text), true)).isZero();
  }

  @Property(tries = 300)
  void readsAnyTextOrRefusesIt(@ForAll String text) {
    Tlsh hash = Tlsh.parse(text);
    assertThat(hash == null || text.length() >= 70).isTrue();
  }

  @Test
  void isCloseForTextsThatAreAlikeAndFarForOthers() {
    String text =
        "Nothing is as permanent as a provisional firewall rule, said the auditor, and wrote it down"
            + " between two others of the same kind; the engineer nodded and added one more, for the"
            + " printer on the third floor, which nobody had seen for years.";
    Tlsh one = hash(text);
    // By this code, after it gave the published example of TLSH (70 digits, 562 characters).
    assertThat(one.text())
        .isEqualTo("85D097020D1207B240848332814DA283034CECAD79B3A66A0C8798CA7003A329EAE7C0");
    Tlsh alike = hash(text.replace("third", "fourth"));
    Tlsh other =
        hash(
            "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ <xml><tag attribute=\"1\"/></xml> {json: [1, 2]}"
                + " GET /index.html HTTP/1.1 Host: example.com User-Agent: curl/8 Accept: */*");
    assertThat(one.distance(alike, true)).isLessThan(60).isEqualTo(alike.distance(one, true));
    assertThat(one.distance(other, true)).isGreaterThan(150);
  }

  @Test
  void isNoneForShortAndForUniformData() {
    assertThat(Tlsh.of(new byte[49], 128, 1, true)).isNull();
    assertThat(Tlsh.of(new byte[10_000], 128, 1, true)).isNull();
    byte[] varied = new byte[255];
    new Random(1).nextBytes(varied);
    assertThat(Tlsh.of(varied, 128, 1, false)).isNull();
    assertThat(Tlsh.of(varied, 128, 1, true)).isNotNull();
  }

  private static Tlsh hash(String text) {
    return Tlsh.of(text.getBytes(StandardCharsets.UTF_8), 128, 1, true);
  }
}
