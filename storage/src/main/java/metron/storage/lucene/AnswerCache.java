package metron.storage.lucene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.event.query.Query;
import metron.storage.SearchRequest;
import org.apache.lucene.search.FieldDoc;
import org.jspecify.annotations.Nullable;

/// What was found in segments, for the next time that the same is asked: the page that renews itself, the one that somebody goes
/// back to, the next page of a list.
///
/// A segment never changes, so its answer stays right as long as the segment lies in the range of time that is asked for as a whole:
/// "the last 24 hours" moves on with each question, and yet nearly all segments stay within it. For any number of threads; what has
/// not been asked for longest goes when there is no more room.
final class AnswerCache {
  /// A question to a segment, without its range of time.
  ///
  /// @param segment key of the segment's reader: another one when documents of it were deleted
  /// @param query without the range
  /// @param after cursor
  record Question(
      Object segment,
      Query query,
      SearchRequest.Sort sort,
      int size,
      @Nullable String after,
      List<SearchRequest.Facet> facets,
      SearchRequest.@Nullable Histogram histogram,
      List<String> statistics) {}

  /// @param total documents that match
  /// @param hits with documents counted from the segment's first; nobody changes them
  /// @param facets counts of each value by its id
  /// @param tables the numbers that ids stand for, or null where they are ordinals of texts
  record Answer(
      long total,
      List<FieldDoc> hits,
      List<int[]> facets,
      List<@Nullable LongTable> tables,
      @Nullable TimeCounts histogram,
      List<Search.Numbers> statistics) {
    long bytes() {
      long bytes = 500 + 150L * hits.size() + 100L * statistics.size();
      for (int[] counts : facets) {
        bytes += 4L * counts.length;
      }
      for (LongTable table : tables) {
        bytes += table == null ? 0 : table.bytes();
      }
      return histogram == null ? bytes : bytes + histogram.bytes();
    }
  }

  private final long room;
  private final long largest;
  private long used;
  // Guarded by this; in the order of use.
  private final Map<Question, Answer> answers = new LinkedHashMap<>(64, 0.75f, true);

  /// @param room bytes for all answers, roughly
  AnswerCache(long room) {
    this.room = room;
    this.largest = room / 32;
  }

  synchronized @Nullable Answer get(Question question) {
    return answers.get(question);
  }

  synchronized void put(Question question, Answer answer) {
    long bytes = answer.bytes();
    if (bytes > largest) {
      return;
    }
    Answer before = answers.put(question, answer);
    used += bytes - (before == null ? 0 : before.bytes());
    for (var oldest = answers.entrySet().iterator(); used > room && oldest.hasNext(); ) {
      used -= oldest.next().getValue().bytes();
      oldest.remove();
    }
  }

  synchronized int size() {
    return answers.size();
  }
}
