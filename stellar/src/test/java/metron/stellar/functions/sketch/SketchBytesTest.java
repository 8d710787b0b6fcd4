package metron.stellar.functions.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import metron.stellar.function.Evaluation;
import metron.stellar.functions.StandardFunctions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SketchBytesTest {
  private static final List<String> ADDS =
      List.of("STATS_ADD", "BLOOM_ADD", "HLLP_ADD", "SAMPLE_ADD", "OUTLIER_MAD_ADD", "STATS_ADD");

  private static Object call(String name, Object... arguments) {
    return StandardFunctions.REGISTRY.function(name).body().apply(Evaluation.standard(), arguments);
  }

  /// One of each kind, the second statistics with a window.
  private static List<Sketch> empty() {
    return List.of(
        (Sketch) call("STATS_INIT"),
        (Sketch) call("BLOOM_INIT", 1_000, 0.01),
        (Sketch) call("HLLP_INIT", 10),
        (Sketch) call("SAMPLE_INIT", 20),
        (Sketch) call("OUTLIER_MAD_STATE_MERGE", (Object) null),
        (Sketch) call("STATS_INIT", 50));
  }

  private static List<Sketch> filled(Random random, int count) {
    List<Sketch> sketches = empty();
    fill(sketches, random, count);
    return sketches;
  }

  private static void fill(List<Sketch> sketches, Random random, int count) {
    for (int n = 0; n < count; n++) {
      double value = random.nextInt(1_000) / 8.0;
      for (int i = 0; i < sketches.size(); i++) {
        call(ADDS.get(i), sketches.get(i), value);
      }
    }
  }

  @Property(tries = 60)
  void bytesReadBackAreTheSameSketchAndGoOnTheSame(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<Sketch> sketches = filled(random, random.nextInt(700));
    List<Sketch> read = new ArrayList<>();
    for (Sketch sketch : sketches) {
      byte[] bytes = SketchBytes.write(sketch);
      Sketch again = SketchBytes.read(bytes);
      assertThat(again).isEqualTo(sketch).hasSameHashCodeAs(sketch);
      assertThat(SketchBytes.write(again)).isEqualTo(bytes);
      read.add(again);
    }
    long next = random.nextLong();
    int more = random.nextInt(40);
    fill(sketches, new Random(next), more);
    fill(read, new Random(next), more);
    assertThat(read).isEqualTo(sketches);
  }

  @Property(tries = 500)
  void anyBytesAreASketchOrAreRefused(@ForAll byte[] bytes) {
    read(bytes);
  }

  @Property(tries = 500)
  void changedBytesAreASketchOrAreRefused(@ForAll long seed) {
    Random random = new Random(seed);
    for (Sketch sketch : filled(random, random.nextInt(400))) {
      byte[] bytes = SketchBytes.write(sketch);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        // Mostly the header, where sizes stand.
        int at = random.nextInt(random.nextBoolean() ? Math.min(120, bytes.length) : bytes.length);
        bytes[at] = (byte) random.nextInt(256);
      }
      read(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
    }
  }

  /// Each byte of the header of a small sketch, with each value: nothing takes memory for a size
  /// that is only claimed.
  @Test
  void claimedSizesAreCheckedBeforeMemoryIsTaken() {
    for (int count : new int[] {0, 3, 400}) {
      for (Sketch sketch : filled(new Random(1), count)) {
        byte[] bytes = SketchBytes.write(sketch);
        for (int at = 0; at < Math.min(60, bytes.length); at++) {
          for (int value = 0; value < 256; value += 5) {
            byte[] changed = bytes.clone();
            changed[at] = (byte) value;
            read(changed);
          }
        }
      }
    }
  }

  private static void read(byte[] bytes) {
    try {
      Sketch sketch = SketchBytes.read(bytes);
      assertThat(sketch.toString()).isNotBlank();
      assertThat(sketch.hashCode()).isEqualTo(sketch.hashCode());
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  /// Stores keep these bytes: a release that writes others must read these, and say so here.
  @Test
  void bytesStayWhatTheyAre() {
    List<String> sums = new ArrayList<>();
    for (int count : new int[] {0, 10, 500}) {
      for (Sketch sketch : filled(new Random(42), count)) {
        CRC32 sum = new CRC32();
        sum.update(SketchBytes.write(sketch));
        sums.add(HexFormat.of().toHexDigits((int) sum.getValue()));
      }
    }
    assertThat(sums).containsExactly(GOLDEN);
  }

  private static final String[] GOLDEN = {
    "c9234c90",
    "71dfb619",
    "8066f91f",
    "11dac835",
    "3c1cf025",
    "f95fc028",
    "ddda73a8",
    "168beaf1",
    "952629b4",
    "637d666a",
    "210732d7",
    "7b2a6d81",
    "6161850b",
    "ccba4272",
    "2a4f6e43",
    "db6951bb",
    "af925169",
    "70c49b6e"
  };

  @Test
  void saysWhereBytesStopMakingSense() {
    assertThatThrownBy(() -> SketchBytes.read(new byte[] {9, 1}))
        .isInstanceOf(IOException.class)
        .hasMessage("a sketch of version 9, expected version 1");
    assertThatThrownBy(() -> SketchBytes.read(new byte[] {1, 99}))
        .isInstanceOf(IOException.class)
        .hasMessage("a sketch of kind 99, which is unknown");
  }
}
