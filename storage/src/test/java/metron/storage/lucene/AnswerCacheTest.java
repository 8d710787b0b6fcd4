package metron.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import metron.event.query.Query;
import metron.storage.SearchRequest;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static AnswerCache.Question question(Object segment) {
    return new AnswerCache.Question(
        segment,
        new Query.All(),
        SearchRequest.Sort.NEWEST_FIRST,
        50,
        null,
        List.of(),
        null,
        List.of());
  }

  private static AnswerCache.Answer answer(int values) {
    return new AnswerCache.Answer(
        1, List.of(), List.of(new int[values]), new ArrayList<>(), null, List.of());
  }

  @Test
  void keepsWhatWasAskedForLastWithinItsRoom() {
    AnswerCache cache = new AnswerCache(64_000);
    for (int i = 0; i < 1_000; i++) {
      cache.put(question(i), answer(100));
      assertThat(cache.get(question(0))).as("asked for each time, after %d", i).isNotNull();
    }
    assertThat(cache.size()).isBetween(50, 72);
    assertThat(cache.get(question(999))).isNotNull();
    assertThat(cache.get(question(500))).isNull();
  }

  @Test
  void doesNotGiveUpTheRestForOneAnswerOfManyValues() {
    AnswerCache cache = new AnswerCache(64_000);
    cache.put(question("small"), answer(10));
    cache.put(question("large"), answer(10_000));
    assertThat(cache.get(question("large"))).isNull();
    assertThat(cache.get(question("small"))).isNotNull();
  }
}
