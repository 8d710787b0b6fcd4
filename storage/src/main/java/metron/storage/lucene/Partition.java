package metron.storage.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/// One index: always open for searching, open for writing while events come.
///
/// The last *recorded* Lucene commit is kept beside newer ones until the store has written down the newer generation, so a
/// crash between the commits of two partitions can be undone by opening the recorded one. Opening, closing and committing is
/// done under the store's lock; adding, refreshing and searching need none.
final class Partition {
  /// Makes the directory of an index; the tests put one in between that runs out of space.
  interface Directories {
    Directory open(Path path) throws IOException;
  }

  /// Searchers without Lucene's own query cache: it fills by running a clause to its end, over any time limit.
  static final SearcherFactory SEARCHERS =
      new SearcherFactory() {
        @Override
        public IndexSearcher newSearcher(
            org.apache.lucene.index.IndexReader reader,
            org.apache.lucene.index.@Nullable IndexReader previous) {
          IndexSearcher searcher = new IndexSearcher(reader);
          searcher.setQueryCache(null);
          return searcher;
        }
      };

  /// For the documents of one index that are not yet in a segment; the store gives a lonely writer more.
  private static final int RAM_MEGABYTES = 32;

  private static final String ARRIVAL = "arrival";

  final String name;
  final Directory directory;
  private volatile @Nullable IndexWriter writer;
  private volatile SearcherManager searchers;

  /// Generation of the last commit that the store has written down; 0: none.
  private volatile long recorded;

  /// Set by each added event, cleared before a refresh.
  volatile boolean unseen;

  /// Set by each added event, cleared before a commit.
  volatile boolean uncommitted;

  volatile long lastWrite;

  /// When the newest of its events arrived, by the store's clock; it lasts over a restart, since each commit carries it.
  private volatile Instant arrival = Instant.MIN;

  private Partition(
      String name, Directory directory, @Nullable IndexWriter writer, SearcherManager searchers) {
    this.name = name;
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
  }

  /// A new, empty index, open for writing.
  static Partition create(String name, Directory directory) throws IOException {
    Keep keep = new Keep();
    IndexWriter writer =
        new IndexWriter(directory, config(keep).setOpenMode(IndexWriterConfig.OpenMode.CREATE));
    Partition p = new Partition(name, directory, writer, new SearcherManager(writer, SEARCHERS));
    keep.partition = p;
    return p;
  }

  /// The index as of a recorded commit; newer commits are dropped for good.
  ///
  /// @param generation recorded commit; 0: the newest there is
  static Partition open(String name, Directory directory, long generation) throws IOException {
    List<IndexCommit> commits = DirectoryReader.listCommits(directory);
    IndexCommit last = commits.getLast();
    if (generation == 0 || last.getGeneration() == generation) {
      Partition p =
          new Partition(
              name, directory, null, new SearcherManager(DirectoryReader.open(last), SEARCHERS));
      p.recorded = last.getGeneration();
      p.arrival = arrival(last);
      return p;
    }
    IndexCommit wanted = null;
    for (IndexCommit commit : commits) {
      if (commit.getGeneration() == generation) {
        wanted = commit;
      }
    }
    if (wanted == null) {
      throw new IOException(
          "index "
              + name
              + " has no commit "
              + generation
              + ", its newest is "
              + last.getGeneration()
              + ": its files were changed or restored by hand; restore the whole index folder, or remove"
              + " the file 'commit' in it to take what is there");
    }
    Keep keep = new Keep();
    keep.floor = generation;
    IndexWriter writer = new IndexWriter(directory, config(keep).setIndexCommit(wanted));
    Partition p = new Partition(name, directory, writer, new SearcherManager(writer, SEARCHERS));
    p.recorded = generation;
    p.arrival = arrival(wanted);
    keep.partition = p;
    // Also makes the next commit a new one though nothing else has changed.
    writer.setLiveCommitData(
        Map.of("rolled-back-to", Long.toString(generation), ARRIVAL, p.arrival.toString())
            .entrySet());
    p.uncommitted = true;
    return p;
  }

  private static Instant arrival(IndexCommit commit) throws IOException {
    String text = commit.getUserData().get(ARRIVAL);
    try {
      return text == null ? Instant.MIN : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IOException(
          "commit "
              + commit.getGeneration()
              + " of an index says its newest event arrived '"
              + text
              + "', expected an instant",
          e);
    }
  }

  Instant arrival() {
    return arrival;
  }

  /// An event has arrived. A clock that was set back does not make the partition older.
  void arrived(Instant now) {
    if (now.isAfter(arrival)) {
      arrival = now;
    }
  }

  private static IndexWriterConfig config(Keep keep) {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setIndexDeletionPolicy(keep);
    config.setCommitOnClose(false);
    config.setCodec(new EventIndexCodec());
    config.setRAMBufferSizeMB(RAM_MEGABYTES);
    TieredMergePolicy merges = new TieredMergePolicy();
    merges.setSegmentsPerTier(10);
    // What is above half of this is never merged again. A full stream cuts segments of that size
    // itself, and would pay a fifth of its time for merging them; a slow one cuts small ones, which
    // are merged up to it. Searches take segments in parallel.
    merges.setMaxMergedSegmentMB(100);
    merges.setFloorSegmentMB(8);
    config.setMergePolicy(merges);
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(6, 1);
    config.setMergeScheduler(scheduler);
    return config;
  }

  /// The writer, opened if need be.
  IndexWriter writer() throws IOException {
    IndexWriter w = writer;
    if (w == null) {
      Keep keep = new Keep();
      keep.floor = recorded;
      keep.partition = this;
      w = new IndexWriter(directory, config(keep));
      SearcherManager before = searchers;
      searchers = new SearcherManager(w, SEARCHERS);
      writer = w;
      before.close();
    }
    return w;
  }

  /// Prepares a commit that carries [#arrival].
  void prepareCommit() throws IOException {
    IndexWriter w = java.util.Objects.requireNonNull(writer);
    w.setLiveCommitData(Map.of(ARRIVAL, arrival.toString()).entrySet());
    w.prepareCommit();
  }

  /// Takes effect at once.
  ///
  /// @param megabytes for documents that are not yet in a segment
  void memory(int megabytes) {
    IndexWriter w = writer;
    if (w != null) {
      w.getConfig().setRAMBufferSizeMB(megabytes);
    }
  }

  @Nullable IndexWriter openWriter() {
    return writer;
  }

  /// A searcher; give it back with [#release].
  Borrowed borrow() throws IOException {
    while (true) {
      SearcherManager from = searchers;
      try {
        return new Borrowed(from, from.acquire());
      } catch (org.apache.lucene.store.AlreadyClosedException e) {
        // The partition changed between reading and writing just now.
        if (from == searchers) {
          throw new IOException("index " + name + " is closed", e);
        }
      }
    }
  }

  record Borrowed(SearcherManager from, IndexSearcher searcher) {
    void release() throws IOException {
      from.release(searcher);
    }
  }

  void refresh() throws IOException {
    unseen = false;
    try {
      searchers.maybeRefreshBlocking();
    } catch (org.apache.lucene.store.AlreadyClosedException e) {
      // Its writer was closed after a failure, or it went read-only: what is visible stays visible.
      unseen = true;
    }
  }

  long recorded() {
    return recorded;
  }

  /// The store has written the generation down: older commits may go.
  void recorded(long generation) throws IOException {
    boolean news = generation != recorded;
    recorded = generation;
    IndexWriter w = writer;
    if (news && w != null) {
      w.deleteUnusedFiles();
    }
  }

  /// Stops writing; everything must be committed and recorded.
  void closeWriter() throws IOException {
    IndexWriter w = writer;
    if (w != null) {
      SearcherManager before = searchers;
      w.close();
      searchers = new SearcherManager(DirectoryReader.open(directory), SEARCHERS);
      writer = null;
      unseen = false;
      before.close();
    }
  }

  /// Drops what was not committed; what is visible stays so.
  void stopWriting() throws IOException {
    IndexWriter w = writer;
    writer = null;
    if (w != null) {
      w.rollback();
    }
  }

  /// Drops what was not committed, and closes.
  void abandon() throws IOException {
    try {
      stopWriting();
    } finally {
      searchers.close();
      directory.close();
    }
  }

  private static final class Keep extends IndexDeletionPolicy {
    private @Nullable Partition partition;
    private long floor;

    @Override
    public void onInit(List<? extends IndexCommit> commits) {
      onCommit(commits);
    }

    @Override
    public void onCommit(List<? extends IndexCommit> commits) {
      Partition p = partition;
      long keep = Math.max(floor, p == null ? 0 : p.recorded);
      for (IndexCommit commit : commits.subList(0, Math.max(0, commits.size() - 1))) {
        if (commit.getGeneration() < keep) {
          commit.delete();
        }
      }
    }
  }
}
