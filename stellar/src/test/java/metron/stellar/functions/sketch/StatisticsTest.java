package metron.stellar.functions.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import metron.stellar.function.Evaluation;
import metron.stellar.functions.StandardFunctions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final List<String> MOMENTS =
      List.of(
          "STATS_COUNT",
          "STATS_SUM",
          "STATS_MEAN",
          "STATS_MIN",
          "STATS_MAX",
          "STATS_VARIANCE",
          "STATS_SD",
          "STATS_SUM_SQUARES",
          "STATS_QUADRATIC_MEAN",
          "STATS_SKEWNESS",
          "STATS_KURTOSIS");

  private static Object call(String name, Object... arguments) {
    return StandardFunctions.REGISTRY.function(name).body().apply(Evaluation.standard(), arguments);
  }

  private static List<Object> numbers(Random random, int count) {
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(random.nextGaussian() * 50 + 200);
    }
    return numbers;
  }

  @Property(tries = 60)
  void allNumbersAtOnceAWindowAndMergedPartsAgree(@ForAll long seed) {
    Random random = new Random(seed);
    List<Object> numbers = numbers(random, 4 + random.nextInt(600));
    int cut = random.nextInt(numbers.size() + 1);
    Object online = call("STATS_ADD", call("STATS_INIT"), numbers);
    Object window = call("STATS_ADD", call("STATS_INIT", 10_000), numbers);
    Object merged =
        call(
            "STATS_MERGE",
            List.of(
                call("STATS_ADD", call("STATS_INIT"), numbers.subList(0, cut)),
                call("STATS_ADD", call("STATS_INIT"), numbers.subList(cut, numbers.size()))));
    for (String moment : MOMENTS) {
      double expected = (double) call(moment, window);
      double tolerance = Math.max(1e-6, Math.abs(expected) * 1e-9);
      assertThat((double) call(moment, online)).as(moment).isCloseTo(expected, within(tolerance));
      assertThat((double) call(moment, merged))
          .as("merged " + moment)
          .isCloseTo(expected, within(tolerance));
    }
  }

  @Property(tries = 40)
  void percentilesAreCloseToThoseOfTheSortedNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(20_000);
    List<Object> numbers = numbers(random, count);
    Object statistics = call("STATS_ADD", call("STATS_INIT"), numbers);
    double[] sorted = numbers.stream().mapToDouble(n -> (double) n).sorted().toArray();
    for (int percent : new int[] {0, 1, 10, 25, 50, 75, 90, 99, 100}) {
      double answer = (double) call("STATS_PERCENTILE", statistics, percent);
      double rank = percent / 100.0 * (count - 1);
      // Exact up to 300 numbers; beyond, within one percent of them.
      int slack = count <= 300 ? 0 : 1 + count / 100;
      double least = sorted[Math.max(0, (int) Math.floor(rank) - slack)];
      double most = sorted[Math.min(count - 1, (int) Math.ceil(rank) + slack)];
      assertThat(answer).as("%d of %d", percent, count).isBetween(least, most);
    }
  }

  @Test
  void windowForgetsTheOldest() {
    Object window = call("STATS_ADD", call("STATS_INIT", 3), List.of(1, 2, 3, 4, 5));
    assertThat(call("STATS_SUM", window)).isEqualTo(12.0);
    assertThat(call("STATS_MIN", window)).isEqualTo(3.0);
  }

  @Test
  void mergeWithAnEmptyOneKeepsMinimumAndMaximum() {
    Object full = call("STATS_ADD", call("STATS_INIT"), List.of(1, 5));
    for (List<Object> both :
        List.of(Arrays.asList(full, call("STATS_INIT")), Arrays.asList(call("STATS_INIT"), full))) {
      Object merged = call("STATS_MERGE", both);
      assertThat(call("STATS_MIN", merged)).isEqualTo(1.0);
      assertThat(call("STATS_MAX", merged)).isEqualTo(5.0);
    }
  }

  @Test
  void distinctCountsAreWithinThreePercent() {
    Object counter = call("HLLP_INIT");
    for (int i = 0; i < 100_000; i++) {
      call("HLLP_ADD", counter, "value " + i % 50_000);
    }
    assertThat((long) call("HLLP_CARDINALITY", counter)).isBetween(48_500L, 51_500L);
  }

  @Test
  void mergedDistinctCountsCountWhatBothHaveOnce() {
    Object a = call("HLLP_ADD", null, List.of("a", "b", "c"));
    Object b = call("HLLP_ADD", null, List.of("b", "c", "d"));
    assertThat(call("HLLP_CARDINALITY", call("HLLP_MERGE", List.of(a, b)))).isEqualTo(4L);
  }

  @Test
  void bloomFilterHasWhatWasAddedAndLittleElse() {
    Object filter = call("BLOOM_INIT", 10_000, 0.01);
    for (int i = 0; i < 10_000; i++) {
      call("BLOOM_ADD", filter, "in " + i);
    }
    int wrong = 0;
    for (int i = 0; i < 10_000; i++) {
      assertThat(call("BLOOM_EXISTS", filter, "in " + i)).isEqualTo(true);
      wrong += (boolean) call("BLOOM_EXISTS", filter, "out " + i) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(200);
  }
}
