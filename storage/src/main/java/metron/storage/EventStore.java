package metron.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import metron.event.Event;
import metron.event.query.Query;

/// Every event of the last days, found within two seconds of being written.
///
/// Writes are idempotent: the same event from the same place in the log is one document, whatever crashes in between.
/// [#write] makes nothing durable; [#commit] does, together with the positions written, so a writer that starts again from
/// any position at or before the committed one loses nothing and doubles nothing.
public interface EventStore extends AutoCloseable {
  /// An event and where in the log it came from.
  ///
  /// @param index position among the events of one message
  record Positioned(Event event, String topic, int partition, long offset, int index) {}

  /// Adds events. Those of one partition come in order of offset from one thread; several threads may write at once.
  void write(List<Positioned> batch) throws IOException;

  /// Returns when all that was written before the call is durable.
  void commit() throws IOException;

  /// Makes all that was written before the call visible to searches; the store does so by itself within two seconds.
  void refresh() throws IOException;

  SearchResult search(SearchRequest request) throws IOException;

  Optional<Event> get(String eventId) throws IOException;

  /// Values of `field` that start with `prefix` (without case), most frequent first, among documents matching `query`.
  List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException;

  /// Names of all fields that some document has, with how many documents have them.
  List<SearchResult.Count> fields() throws IOException;

  /// Deletes whole day partitions: those that end before `olderThan`, then the oldest until at most `maxBytes` are left.
  ///
  /// @return days deleted
  int retain(Instant olderThan, long maxBytes) throws IOException;

  Status status() throws IOException;

  @Override
  void close() throws IOException;

  /// @param documents events visible to searches
  /// @param bytes size on disk
  record Status(long documents, long bytes, int partitions) {}
}
