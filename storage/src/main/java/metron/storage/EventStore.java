package metron.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import metron.event.Event;
import metron.event.query.Query;
import org.jspecify.annotations.Nullable;

/// Every event of the last days, found within two seconds of being written.
///
/// Exactly once: for each partition of the log the store remembers how far it has been written, and [Writer#commit] makes
/// events and positions durable together. An event at or before the position of its partition is passed over, so whoever
/// writes may start again from any earlier position, in any division over threads: nothing is doubled, nothing is lost. What
/// was not committed when the process died is gone, positions included, and has to be written again.
public interface EventStore extends AutoCloseable {
  /// An event and where in the log it came from.
  ///
  /// @param offset where the record lies that is being read now: a dead letter that is sent again has a new offset
  /// @param index position among the events of one message
  record Positioned(Event event, String topic, int partition, long offset, int index) {}

  /// How far one partition of the log has been written.
  ///
  /// @param offset highest offset written
  /// @param events how many of its events are in the store or were until [#retain] removed them
  record Position(String topic, int partition, long offset, long events) {}

  /// The right to write. Threads may share it or have one each.
  ///
  /// Two ways to fail. An `IOException`: the store is not available (a full disk), the same batch may be written later. A
  /// [RefusedException]: some events can't be stored however often they come. In both cases what was not committed is gone for every writer, and
  /// all writers opened before are dead: they throw at the next call. So nobody can write on over a gap; take a new writer and
  /// start from the committed positions, without what was refused.
  interface Writer {
    /// Adds events. Those of one partition come in order of offset, then index; partitions may be written at once.
    ///
    /// @throws RefusedException if the store can't take some of them, ever
    void write(List<Positioned> batch) throws IOException;

    /// Returns when all that any writer wrote before the call is durable.
    void commit() throws IOException;
  }

  /// Some events of a batch can't be stored; names them all, so that one more attempt without them succeeds.
  final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// @param reason what was found, what was expected
    public record Refusal(String topic, int partition, long offset, String reason)
        implements java.io.Serializable {}

    private final List<Refusal> refusals;

    /// @param refusals one or more
    public RefusedException(List<Refusal> refusals, @Nullable Throwable cause) {
      super(refusals.size() + " events can't be stored, the first: " + refusals.getFirst(), cause);
      this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
      return refusals;
    }
  }

  /// Why the store could never take an event: too large, too many values. It depends on the event alone, so it is the same
  /// whenever the event comes. Asked for each event before it is written, so it costs next to nothing.
  ///
  /// @return null, since it is the answer of nearly all calls: it can be stored
  default @Nullable String refusal(Event event) {
    return null;
  }

  Writer writer() throws IOException;

  /// Durable positions, by topic and partition.
  List<Position> positions();

  /// Forgets the positions of a topic whose log was made anew, so that its offsets start again from 0. Durable on return.
  void forget(String topic) throws IOException;

  /// Makes all that was written before the call visible to searches; the store does so by itself within two seconds.
  void refresh() throws IOException;

  /// @throws IllegalArgumentException if the request can't be answered as it stands (field without order, foreign cursor,
  ///     regular expression too large): the message says which part and what is expected
  /// @throws SearchTimeoutException if it takes too long
  SearchResult search(SearchRequest request) throws IOException;

  Optional<Event> get(String eventId) throws IOException;

  /// Values of `field` that start with `prefix` (without case), most frequent first, among documents matching `query`.
  List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException;

  /// Names of all fields that some document has, with how many documents have them; by name.
  List<SearchResult.Count> fields() throws IOException;

  /// Deletes whole partitions: those whose days ended before `olderThan` and that got no event since, then the oldest until
  /// at most `maxBytes` are left, those first that got no event for a day: an old file that has just been read in stays for
  /// as long as it was meant to. The partition with the newest day stays in any case.
  ///
  /// @return partitions deleted
  int retain(Instant olderThan, long maxBytes) throws IOException;

  Status status() throws IOException;

  @Override
  void close() throws IOException;

  /// @param documents events visible to searches
  /// @param bytes size on disk
  /// @param partitions indexes, most of them one for each day
  /// @param newest latest `@timestamp`; null: no events
  record Status(long documents, long bytes, int partitions, @Nullable Instant newest) {}
}
