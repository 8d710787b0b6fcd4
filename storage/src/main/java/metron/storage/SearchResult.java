package metron.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import metron.event.Event;
import org.jspecify.annotations.Nullable;

/// The answer to a [SearchRequest].
///
/// @param total how many documents match, exactly
/// @param hits the page, in order
/// @param next cursor for the page after this one; null: there is none
/// @param facets per requested field its most frequent values, most frequent first, then by value
/// @param histogram buckets in order of time, empty ones left out
/// @param statistics per requested field
/// @param tookMillis time spent
public record SearchResult(
    long total,
    List<Hit> hits,
    @Nullable String next,
    Map<String, List<Count>> facets,
    List<Bucket> histogram,
    Map<String, Statistics> statistics,
    long tookMillis) {
  /// @param highlights per field the text with matches between U+E000 and U+E001, so that no mark-up is needed
  public record Hit(Event event, Map<String, String> highlights) {}

  /// @param value the value as text, as [metron.event.json.EventJson] writes it
  public record Count(String value, long count) {}

  /// @param start first moment of the bucket
  /// @param split counts per value of the split field; empty where none was asked for
  public record Bucket(Instant start, long count, Map<String, Long> split) {}

  /// Over all values of the field in all matching documents.
  public record Statistics(long count, double min, double max, double sum, double mean) {}
}
