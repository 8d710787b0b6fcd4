package metron.storage.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.Alert;
import metron.storage.AlertFields;
import metron.storage.AlertStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.ThreadInterruptedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Alerts in one Lucene index: the event, the fields of its state, and the state itself.
///
/// Whoever adds or edits goes one after the other, which makes "is it there already" and "is it still at that version" plain
/// look-ups: in what was written since the last refresh, then in the index. An edit rewrites the document and commits; a list
/// of edits commits once.
public final class LuceneAlertStore implements AlertStore {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneAlertStore.class);

  /// Alerts written since the last refresh; more make a refresh at once.
  private static final int MAX_RECENT = 5_000;

  private final Path folder;
  private final Partition.Directories directories;
  private final Search search;
  private final EventDocument document = new EventDocument();
  private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("alert-index-refresh").daemon().factory());

  /// The state and event of what the searchers do not show yet, by id. Guarded by this.
  private final Map<String, Entry> recent = new HashMap<>();

  /// What listeners have not heard of. Guarded by this.
  private final LinkedHashMap<String, Entry> news = new LinkedHashMap<>();

  private volatile Partition index;
  private long sequence;
  private boolean uncommitted;
  private @Nullable IOException lost;
  private boolean broken;
  private boolean closed;

  private record Entry(Event event, AlertState state) {}

  public LuceneAlertStore(Path folder) throws IOException {
    this(folder, FSDirectory::open, Duration.ofSeconds(30));
  }

  LuceneAlertStore(Path folder, Partition.Directories directories, Duration searchTimeout)
      throws IOException {
    this.folder = folder;
    this.directories = directories;
    Files.createDirectories(folder);
    // Search text may name the fields of the state from now on.
    LOG.debug("state of alerts is in {} and others", AlertFields.STATUS);
    this.index = openIndex();
    this.sequence = Search.maxSequence(index) + 1;
    this.search = new Search("alert-search", searchTimeout);
    var _ = thread.scheduleWithFixedDelay(this::tick, 200, 200, TimeUnit.MILLISECONDS);
  }

  private Partition openIndex() throws IOException {
    var directory = directories.open(folder);
    Partition opened;
    if (org.apache.lucene.index.DirectoryReader.indexExists(directory)) {
      opened = Partition.open("alerts", directory, 0);
    } else {
      opened = Partition.create("alerts", directory);
      opened.writer().commit();
      opened.recorded(org.apache.lucene.index.SegmentInfos.getLastCommitGeneration(directory));
    }
    var _ = opened.writer();
    return opened;
  }

  /// Before any change: after a failure, back to the last commit.
  private IndexWriter writer() throws IOException {
    if (closed) {
      throw new IOException("the alert index is closed");
    }
    if (broken) {
      // Searches go on in what was visible until the index is open again, which a full disk may not
      // let it be yet.
      Partition before = index;
      before.stopWriting();
      index = openIndex();
      before.abandon();
      recent.clear();
      broken = false;
      LOG.info("alert index is written again, from the last commit");
    }
    return index.writer();
  }

  private IOException failed(String what, Exception e) {
    IOException told = LuceneEventStore.explain(folder, what, e);
    LOG.error("{}", told.getMessage());
    broken = true;
    if (uncommitted) {
      lost = told;
      uncommitted = false;
    }
    return told;
  }

  private void tellLoss() throws IOException {
    IOException before = lost;
    if (before != null) {
      lost = null;
      throw new IOException(
          "alerts added since the last commit were lost by an earlier failure ("
              + before.getMessage()
              + "): add them again",
          before);
    }
  }

  private static String id(Event alert) {
    String id = alert.string(Ecs.EVENT_ID);
    if (id == null || id.isEmpty() || id.length() > FieldLayout.MAX_TERM) {
      throw new IllegalArgumentException(
          "an alert has an event.id of 1 to " + FieldLayout.MAX_TERM + " characters, found " + id);
    }
    return id;
  }

  private static Term term(String id) {
    return new Term(FieldLayout.ID, Utf8.bytes(id));
  }

  @Override
  public synchronized void add(List<Event> alerts) throws IOException {
    tellLoss();
    try {
      IndexWriter writer = writer();
      for (Event alert : alerts) {
        String id = id(alert);
        if (entry(id) == null) {
          Entry entry = new Entry(alert.copy(), AlertState.fresh(sequence++));
          write(writer, id, entry, false);
        }
      }
    } catch (IOException | AlreadyClosedException | ThreadInterruptedException e) {
      throw failed("alerts can't be written", e);
    }
  }

  private void write(IndexWriter writer, String id, Entry entry, boolean replace)
      throws IOException {
    Event event = entry.state().with(entry.event());
    EventDocument filled;
    try {
      filled = document.fill(event, entry.state().sequence()).identified(id, entry.state().bytes());
      if (replace) {
        writer.updateDocument(term(id), filled);
      } else {
        writer.addDocument(filled);
      }
    } catch (AlreadyClosedException | ThreadInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("alert {} is kept, but found by id and time only: {}", id, e.toString());
      writer.updateDocument(
          term(id),
          document.fillBare(event, entry.state().sequence()).identified(id, entry.state().bytes()));
    }
    uncommitted = true;
    index.unseen = true;
    recent.put(id, entry);
    if (!listeners.isEmpty()) {
      news.put(id, entry);
    }
    if (recent.size() >= MAX_RECENT) {
      show();
    }
  }

  private @Nullable Entry entry(String id) throws IOException {
    Entry written = recent.get(id);
    if (written != null) {
      return written;
    }
    Partition.Borrowed b = index.borrow();
    try {
      return load(b.searcher(), id);
    } finally {
      b.release();
    }
  }

  private static @Nullable Entry load(IndexSearcher searcher, String id) throws IOException {
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      PostingsEnum found = leaf.reader().postings(term(id), PostingsEnum.NONE);
      var live = leaf.reader().getLiveDocs();
      while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(found.docID())) {
          var stored = leaf.reader().storedFields();
          return new Entry(
              StoredEvents.load(stored, found.docID()),
              AlertState.read(StoredEvents.bytes(stored, found.docID(), FieldLayout.STATE)));
        }
      }
    }
    return null;
  }

  private void show() throws IOException {
    index.refresh();
    recent.clear();
  }

  @Override
  public synchronized void commit() throws IOException {
    tellLoss();
    try {
      commitNow(writer());
    } catch (IOException | AlreadyClosedException | ThreadInterruptedException e) {
      throw failed("alerts can't be committed", e);
    }
  }

  private void commitNow(IndexWriter writer) throws IOException {
    if (uncommitted) {
      writer.commit();
      uncommitted = false;
      index.recorded(org.apache.lucene.index.SegmentInfos.getLastCommitGeneration(index.directory));
    }
  }

  @Override
  public synchronized void refresh() throws IOException {
    if (!broken) {
      show();
    }
  }

  private void tick() {
    List<Alert> told = new ArrayList<>();
    synchronized (this) {
      if (closed || broken || (recent.isEmpty() && news.isEmpty())) {
        return;
      }
      try {
        show();
      } catch (IOException | RuntimeException e) {
        LOG.warn("alert index could not be refreshed: {}", e.toString());
        return;
      }
      for (Entry entry : news.values()) {
        told.add(entry.state().alert(entry.event()));
      }
      news.clear();
    }
    for (Alert alert : told) {
      for (Consumer<Alert> listener : listeners) {
        try {
          listener.accept(alert);
        } catch (RuntimeException e) {
          LOG.warn("a listener for alerts failed: {}", e.toString());
        }
      }
    }
  }

  @Override
  public synchronized Optional<Alert> get(String id) throws IOException {
    Entry entry = entry(id);
    return entry == null ? Optional.empty() : Optional.of(entry.state().alert(entry.event()));
  }

  @Override
  public SearchResult search(SearchRequest request) throws IOException {
    Partition.Borrowed b = index.borrow();
    try {
      return search.run(List.of(b.searcher()), request);
    } finally {
      b.release();
    }
  }

  @Override
  public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException {
    Partition.Borrowed b = index.borrow();
    try {
      return search.suggest(List.of(b.searcher()), field, prefix, query, size);
    } finally {
      b.release();
    }
  }

  @Override
  public synchronized List<Outcome> edit(List<Request> requests, String who, Instant at)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try {
      IndexWriter writer = writer();
      for (Request request : requests) {
        Entry entry = entry(request.id());
        if (entry == null) {
          outcomes.add(new Outcome.Missing(request.id(), "alert"));
          continue;
        }
        if (entry.state().version() != request.version()) {
          outcomes.add(
              new Outcome.Conflicted(request.id(), request.version(), entry.state().version()));
          continue;
        }
        AlertState state = entry.state().edit(request.edits(), who, at);
        if (state == null) {
          outcomes.add(new Outcome.Missing(request.id(), "such comment"));
          continue;
        }
        Entry changed = new Entry(AlertFields.without(entry.event()), state);
        write(writer, request.id(), changed, true);
        outcomes.add(new Outcome.Changed(state.alert(changed.event())));
      }
      commitNow(writer);
      show();
    } catch (IOException | AlreadyClosedException e) {
      throw failed("the change of an alert can't be kept", e);
    }
    return outcomes;
  }

  @Override
  public Runnable subscribe(Consumer<Alert> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public long count() throws IOException {
    Partition.Borrowed b = index.borrow();
    try {
      return b.searcher().getIndexReader().numDocs();
    } finally {
      b.release();
    }
  }

  @Override
  public synchronized long retain(Instant olderThan) throws IOException {
    Query done =
        new Query.And(
            List.of(
                new Query.Or(
                    List.of(
                        new Query.Is(AlertFields.STATUS.name(), "resolved"),
                        new Query.Is(AlertFields.STATUS.name(), "dismissed"))),
                new Query.Range(Ecs.TIMESTAMP.name(), null, true, olderThan, false)));
    try {
      IndexWriter writer = writer();
      show();
      long before = count();
      writer.deleteDocuments(QueryTranslator.translate(done));
      uncommitted = true;
      commitNow(writer);
      show();
      return before - count();
    } catch (IOException | AlreadyClosedException e) {
      throw failed("old alerts can't be removed", e);
    }
  }

  /// Commits if it can.
  @Override
  public void close() throws IOException {
    thread.shutdown();
    synchronized (this) {
      if (closed) {
        return;
      }
      try {
        if (!broken) {
          commitNow(index.writer());
        }
      } finally {
        closed = true;
        search.close();
        index.abandon();
      }
    }
  }
}
