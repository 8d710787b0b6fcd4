package metron.storage.lucene;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import metron.storage.lucene.CommitRecord.Log;
import metron.storage.lucene.CommitRecord.Written;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.ThreadInterruptedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in one Lucene index a day ([DayPartitions]) under one folder.
///
/// **Exactly once.** Positions are counted over the whole store, not per index: an event whose offset is at or before the one
/// written last of its log partition is passed over without looking anything up, any other is added. A commit holds writers
/// back while each changed index prepares (so documents and positions agree), lets them go on, and then replaces one small file,
/// [CommitRecord], that names the Lucene commit of each index and all positions. Opening goes back to exactly that record: a
/// Lucene commit that it does not name is undone, an index that it does not name is removed. An event whose `@timestamp`
/// comes out differently the second time (another parser version) can therefore not end up in two days.
///
/// **Seen within a second** while somebody searches: a thread refreshes what changed. Nobody searching for
/// [#IDLE], it refreshes every [#IDLE_REFRESH] only, since each refresh writes a segment that has to be merged later;
/// the first search after that refreshes first.
///
/// **A full disk** or another failure of writing kills all writers (see [EventStore.Writer]); [#writer] then goes back to the
/// last commit and starts anew, as soon as the disk lets it. Searching goes on all the while.
public final class LuceneEventStore implements EventStore {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneEventStore.class);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration IDLE_REFRESH = Duration.ofSeconds(60);
  private static final int MAX_WRITERS = 6;

  // Shared by the writers that are open: mostly one or two. Larger segments at the start are fewer
  // merges later.
  private static final int WRITER_MEGABYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / (3 << 20), 32, 512);

  /// Below this much free space nothing is written any more: a merge or a commit would fail half way.
  private static final long MIN_FREE = 64L * 1024 * 1024;

  private final Path folder;
  private final InstantSource clock;
  private final Partition.Directories directories;
  private final Search search;

  /// Read side: adding events. Write side: preparing a commit, and opening or closing partitions.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private final Object commitLock = new Object();
  private volatile ConcurrentHashMap<String, Partition> partitions = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Log, Progress> progress = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong commitsAsked = new AtomicLong();

  /// Of the commits that were asked for, the first so many are done. Guarded by commitLock.
  private long commitsDone;

  private final ConcurrentLinkedQueue<EventDocument> documents = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("event-index-refresh").daemon().factory());
  private volatile CommitRecord record;
  private volatile long generation;
  private volatile @Nullable IOException failure;
  private volatile long lastSearch = System.nanoTime() - IDLE.toNanos();
  private volatile long lastRefresh = System.nanoTime();
  private volatile boolean closed;

  /// Guarded by itself: one log partition is written by one thread at a time.
  private static final class Progress {
    private long offset = -1;
    private int index;
    private long events;
  }

  public LuceneEventStore(Path folder, InstantSource clock) throws IOException {
    this(folder, clock, FSDirectory::open, Duration.ofSeconds(30));
  }

  LuceneEventStore(
      Path folder, InstantSource clock, Partition.Directories directories, Duration searchTimeout)
      throws IOException {
    this.folder = folder;
    this.clock = clock;
    this.directories = directories;
    Files.createDirectories(folder);
    this.record = open(partitions);
    this.search = new Search("event-search", searchTimeout);
    var _ = refresher.scheduleWithFixedDelay(this::tick, 250, 250, TimeUnit.MILLISECONDS);
  }

  /// Opens what the record names.
  private CommitRecord open(ConcurrentHashMap<String, Partition> into) throws IOException {
    List<Path> indexes;
    try (Stream<Path> list = Files.list(folder)) {
      indexes = list.filter(p -> DayPartitions.isName(p.getFileName().toString())).toList();
    }
    CommitRecord found = CommitRecord.read(folder);
    if (found == null) {
      found = new CommitRecord(0, Map.of(), Map.of());
      if (!indexes.isEmpty()) {
        LOG.warn(
            "{} is missing or damaged: taking each of {} indexes as it was last committed, without"
                + " positions; events that are delivered again are doubled",
            folder.resolve(CommitRecord.FILE),
            indexes.size());
        Map<String, Long> generations = new HashMap<>();
        long documents = 0;
        for (Path path : indexes) {
          String name = path.getFileName().toString();
          if (org.apache.lucene.index.DirectoryReader.indexExists(directories.open(path))) {
            Partition p = Partition.open(name, directories.open(path), 0);
            into.put(name, p);
            generations.put(name, p.recorded());
            documents = Math.max(documents, Search.maxSequence(p) + 1);
          }
        }
        found = new CommitRecord(documents, generations, Map.of());
      }
      found.write(folder);
    } else {
      for (Path path : indexes) {
        String name = path.getFileName().toString();
        Long wanted = found.generations().get(name);
        if (wanted == null) {
          LOG.info("removing index {}: it was never committed, or has been retired", name);
          remove(path);
        } else {
          into.put(name, Partition.open(name, directories.open(path), wanted));
        }
      }
      for (String name : found.generations().keySet()) {
        if (!into.containsKey(name)) {
          LOG.warn("index {} is missing in {}: its events are gone", name, folder);
        }
      }
    }
    sequence.accumulateAndGet(found.sequence(), Math::max);
    progress.clear();
    found
        .positions()
        .forEach(
            (log, w) -> {
              Progress p = new Progress();
              p.offset = w.offset();
              p.index = w.index();
              p.events = w.events();
              progress.put(log, p);
            });
    return found;
  }

  @Override
  public Writer writer() throws IOException {
    synchronized (commitLock) {
      if (failure != null) {
        lock.writeLock().lock();
        try {
          // Searches go on in what was visible until the indexes are open again.
          ConcurrentHashMap<String, Partition> before = partitions;
          for (Partition p : before.values()) {
            p.stopWriting();
          }
          ConcurrentHashMap<String, Partition> after = new ConcurrentHashMap<>();
          record = open(after);
          partitions = after;
          for (Partition p : before.values()) {
            p.abandon();
          }
          failure = null;
          LOG.info("event index is written again, from the last commit");
        } catch (IOException e) {
          throw explain("the event index can't be opened again", e);
        } finally {
          lock.writeLock().unlock();
        }
      }
      return new LuceneWriter(generation);
    }
  }

  private final class LuceneWriter implements Writer {
    private final long born;

    LuceneWriter(long born) {
      this.born = born;
    }

    @Override
    public void write(List<Positioned> batch) throws IOException {
      lock.readLock().lock();
      try {
        check(born);
        add(batch);
      } catch (IllegalArgumentException e) {
        // Nothing of a message may stay when another event of it is refused.
        var _ = failed("events can't be written", e);
        throw e;
      } catch (IOException | RuntimeException e) {
        throw failed("events can't be written", e);
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    public void commit() throws IOException {
      // Before the lock: a commit that holds it may not yet have come to where it takes everything
      // in.
      long asked = commitsAsked.incrementAndGet();
      try {
        check(born);
        flushOne();
      } catch (IOException | RuntimeException e) {
        // One that ended before says so, and does not end those that were taken since.
        check(born);
        throw failed("events can't be written", e);
      }
      synchronized (commitLock) {
        try {
          check(born);
          if (commitsDone < asked) {
            commitAll();
          }
        } catch (IOException | RuntimeException e) {
          // Also an interrupt (a runtime exception in Lucene): a partition that was to be committed
          // may not be.
          throw failed("events can't be committed", e);
        }
      }
    }
  }

  /// Cuts one segment of each index that has documents in memory. Subtasks come to a checkpoint together: each cuts one beside
  /// the other, where the first one alone would cut all while the rest wait for the lock.
  private void flushOne() throws IOException {
    for (Partition p : partitions.values()) {
      IndexWriter w = p.openWriter();
      if (p.uncommitted && w != null) {
        w.flushNextBuffer();
      }
    }
  }

  /// A writer that was dead before: nothing new is lost by its call.
  private static final class Dead extends IOException {
    private static final long serialVersionUID = 1;

    Dead(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private void check(long born) throws IOException {
    if (closed) {
      throw new Dead("the event index is closed", null);
    }
    IOException before = failure;
    if (before != null || born != generation) {
      throw new Dead(
          "this writer ended when an earlier write failed: take a new one and write again from the"
              + " committed position",
          before);
    }
  }

  private IOException failed(String what, Exception e) {
    if (e instanceof Dead dead) {
      return dead;
    }
    IOException told = explain(what, e);
    synchronized (this) {
      if (failure == null) {
        failure = told;
        generation++;
        LOG.error("{}", told.getMessage());
      }
    }
    return told;
  }

  private IOException explain(String what, Exception e) {
    return explain(folder, what, e);
  }

  static IOException explain(Path folder, String what, Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String m = t.getMessage();
      if (m != null && (m.contains("No space left") || m.contains("disk is full"))) {
        return new IOException(
            what
                + ": the disk that holds "
                + folder
                + " is full; free space there or lower the retention (what was committed is safe)",
            e);
      }
    }
    return new IOException(what + " in " + folder + ": " + e.getMessage(), e);
  }

  private void add(List<Positioned> batch) throws IOException {
    EventDocument document = documents.poll();
    if (document == null) {
      document = new EventDocument();
    }
    long next = sequence.getAndAdd(batch.size());
    Instant now = clock.instant();
    List<RefusedException.Refusal> refusals = new ArrayList<>();
    Log log = null;
    Progress at = null;
    Partition partition = null;
    long day = Long.MIN_VALUE;
    for (Positioned p : batch) {
      if (log == null || log.partition() != p.partition() || !log.topic().equals(p.topic())) {
        if (p.topic().isEmpty() || p.topic().chars().anyMatch(c -> c < ' ')) {
          throw new IllegalArgumentException("topic is '" + p.topic() + "', expected a name");
        }
        log = new Log(p.topic(), p.partition());
        at = progress.computeIfAbsent(log, l -> new Progress());
      }
      long nanos = p.event().nanos(Ecs.TIMESTAMP, Long.MAX_VALUE);
      long itsDay = Math.floorDiv(nanos, 86_400L * 1_000_000_000L);
      synchronized (java.util.Objects.requireNonNull(at)) {
        if (p.offset() < at.offset || (p.offset() == at.offset && p.index() <= at.index)) {
          next++;
          continue;
        }
        if (partition == null || itsDay != day) {
          partition = partitionFor(DayPartitions.name(nanos, now), now);
          day = itsDay;
        }
        IndexWriter writer = java.util.Objects.requireNonNull(partition.openWriter());
        RefusedException.Refusal refused = add(p, next, document, writer);
        if (refused != null) {
          refusals.add(refused);
        }
        next++;
        at.offset = p.offset();
        at.index = p.index();
        at.events++;
        partition.unseen = true;
        partition.uncommitted = true;
        partition.lastWrite = System.nanoTime();
        partition.arrived(now);
      }
    }
    documents.offer(document);
    if (!refusals.isEmpty()) {
      throw new RefusedException(refusals, null);
    }
  }

  @Override
  public @Nullable String refusal(Event event) {
    return EventDocument.refusal(event);
  }

  /// @return null if it was added
  private static RefusedException.@Nullable Refusal add(
      Positioned p, long sequence, EventDocument document, IndexWriter writer) throws IOException {
    EventDocument filled;
    try {
      filled = document.fill(p.event(), sequence);
      writer.addDocument(filled);
      return null;
    } catch (AlreadyClosedException | ThreadInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn(
          "event {} is kept, but found by id and time only: {}",
          p.event().string(Ecs.EVENT_ID),
          e.toString());
    }
    try {
      writer.addDocument(document.fillBare(p.event(), sequence));
      return null;
    } catch (AlreadyClosedException | ThreadInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      return new RefusedException.Refusal(p.topic(), p.partition(), p.offset(), e.toString());
    }
  }

  /// The partition of that name, open for writing; while too many are, the one for all others. Called under the read lock.
  private Partition partitionFor(String name, Instant now) throws IOException {
    Partition p = partitions.get(name);
    if (p != null && p.openWriter() != null) {
      return p;
    }
    synchronized (progress) {
      long open = partitions.values().stream().filter(o -> o.openWriter() != null).count();
      String chosen = open >= MAX_WRITERS ? DayPartitions.other(now) : name;
      p = partitions.get(chosen);
      if (p == null) {
        if (!record.generations().containsKey(chosen)) {
          remove(folder.resolve(chosen));
        }
        p = Partition.create(chosen, directories.open(folder.resolve(chosen)));
        partitions.put(chosen, p);
      }
      var _ = p.writer();
      shareMemory();
      return p;
    }
  }

  private void shareMemory() {
    int open = 0;
    for (Partition p : partitions.values()) {
      if (p.openWriter() != null) {
        open++;
      }
    }
    for (Partition p : partitions.values()) {
      p.memory(Math.max(16, WRITER_MEGABYTES / Math.max(1, open)));
    }
  }

  /// Called under the commit lock.
  private void commitAll() throws IOException {
    List<Partition> changed = new ArrayList<>();
    for (Partition p : partitions.values()) {
      IndexWriter w = p.openWriter();
      if (p.uncommitted && w != null) {
        // The bulk is written before writers are held back; under the lock only the rest is.
        w.flush();
      }
    }
    Map<Log, Written> positions = new HashMap<>();
    long nextSequence;
    long asked;
    lock.writeLock().lock();
    try {
      // Whoever asked before this moment wrote before it. Two subtasks that come to a checkpoint
      // together
      // make one commit this way; two made twice the segments, half of them tiny.
      asked = commitsAsked.get();
      for (Partition p : partitions.values()) {
        IndexWriter w = p.openWriter();
        if (p.uncommitted && w != null) {
          p.uncommitted = false;
          changed.add(p);
          p.prepareCommit();
        }
      }
      progress.forEach(
          (log, p) -> {
            if (p.offset >= 0) {
              positions.put(log, new Written(p.offset, p.index, p.events));
            }
          });
      nextSequence = sequence.get();
    } finally {
      lock.writeLock().unlock();
    }
    if (!changed.isEmpty() || !positions.equals(record.positions())) {
      Map<String, Long> generations = new HashMap<>();
      for (Partition p : partitions.values()) {
        if (p.recorded() > 0) {
          generations.put(p.name, p.recorded());
        }
      }
      for (Partition p : changed) {
        java.util.Objects.requireNonNull(p.openWriter()).commit();
        generations.put(
            p.name, org.apache.lucene.index.SegmentInfos.getLastCommitGeneration(p.directory));
      }
      CommitRecord written = new CommitRecord(nextSequence, generations, positions);
      written.write(folder);
      record = written;
      for (Partition p : changed) {
        p.recorded(generations.getOrDefault(p.name, p.recorded()));
      }
    }
    commitsDone = asked;
    closeIdle();
  }

  private void closeIdle() throws IOException {
    long now = System.nanoTime();
    List<Partition> open =
        new ArrayList<>(
            partitions.values().stream()
                .filter(p -> p.openWriter() != null && !p.uncommitted && p.recorded() > 0)
                .sorted(Comparator.comparingLong(p -> p.lastWrite))
                .toList());
    // Always room for two new days at once; a day that still gets events stays open for a while.
    while (!open.isEmpty()) {
      Partition p = open.removeFirst();
      boolean old = now - p.lastWrite > TimeUnit.SECONDS.toNanos(60);
      if (!old && open.size() + 1 <= MAX_WRITERS - 2) {
        break;
      }
      lock.writeLock().lock();
      try {
        if (!p.uncommitted && p.recorded() > 0) {
          p.closeWriter();
          shareMemory();
        }
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      boolean watched = now - lastSearch < IDLE.toNanos();
      long wait = watched ? TimeUnit.MILLISECONDS.toNanos(900) : IDLE_REFRESH.toNanos();
      if (now - lastRefresh >= wait) {
        refreshAll();
      }
      if (failure == null && partitions.values().stream().anyMatch(p -> p.uncommitted)) {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < MIN_FREE) {
          var _ =
              failed(
                  "events can't be written",
                  new IOException("disk is full: " + free / 1024 + " KiB left"));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("event index could not be refreshed: {}", e.toString());
    }
  }

  private void refreshAll() throws IOException {
    lastRefresh = System.nanoTime();
    for (Partition p : partitions.values()) {
      if (p.unseen) {
        p.refresh();
      }
    }
  }

  @Override
  public void refresh() throws IOException {
    refreshAll();
  }

  @Override
  public List<Position> positions() {
    return record.positions().entrySet().stream()
        .map(e -> CommitRecord.position(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Position::topic).thenComparingInt(Position::partition))
        .toList();
  }

  @Override
  public void forget(String topic) throws IOException {
    synchronized (commitLock) {
      lock.writeLock().lock();
      try {
        progress.keySet().removeIf(log -> log.topic().equals(topic));
      } finally {
        lock.writeLock().unlock();
      }
      commitAll();
    }
  }

  private List<Partition.Borrowed> borrow() throws IOException {
    long now = System.nanoTime();
    boolean wasIdle = now - lastSearch >= IDLE.toNanos();
    lastSearch = now;
    if (wasIdle) {
      refreshAll();
    }
    for (int attempt = 0; ; attempt++) {
      List<Partition.Borrowed> borrowed = new ArrayList<>();
      try {
        for (Partition p : partitions.values()) {
          borrowed.add(p.borrow());
        }
        return borrowed;
      } catch (IOException e) {
        // One was retired or opened anew just now.
        release(borrowed);
        if (closed || attempt == 5) {
          throw e;
        }
      }
    }
  }

  private static void release(List<Partition.Borrowed> borrowed) throws IOException {
    for (Partition.Borrowed b : borrowed) {
      b.release();
    }
  }

  @Override
  public SearchResult search(SearchRequest request) throws IOException {
    List<Partition.Borrowed> borrowed = borrow();
    try {
      return search.run(borrowed.stream().map(Partition.Borrowed::searcher).toList(), request);
    } finally {
      release(borrowed);
    }
  }

  @Override
  public Optional<Event> get(String eventId) throws IOException {
    List<Partition.Borrowed> borrowed = borrow();
    try {
      return search.get(borrowed.stream().map(Partition.Borrowed::searcher).toList(), eventId);
    } finally {
      release(borrowed);
    }
  }

  @Override
  public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException {
    List<Partition.Borrowed> borrowed = borrow();
    try {
      return search.suggest(
          borrowed.stream().map(Partition.Borrowed::searcher).toList(), field, prefix, query, size);
    } finally {
      release(borrowed);
    }
  }

  @Override
  public List<SearchResult.Count> fields() throws IOException {
    List<Partition.Borrowed> borrowed = borrow();
    try {
      return Search.fields(borrowed.stream().map(Partition.Borrowed::searcher).toList());
    } finally {
      release(borrowed);
    }
  }

  @Override
  public int retain(Instant olderThan, long maxBytes) throws IOException {
    synchronized (commitLock) {
      List<Partition> byDay =
          partitions.values().stream()
              .sorted(Comparator.comparing(p -> DayPartitions.end(p.name)))
              .toList();
      List<Partition> mayGo = new ArrayList<>(byDay.subList(0, Math.max(0, byDay.size() - 1)));
      List<Partition> retired = new ArrayList<>();
      for (Partition p : mayGo) {
        if (!DayPartitions.end(p.name).isAfter(olderThan) && p.arrival().isBefore(olderThan)) {
          retired.add(p);
        }
      }
      mayGo.removeAll(retired);
      long bytes = size(folder);
      for (Partition p : retired) {
        bytes -= size(folder.resolve(p.name));
      }
      Instant yesterday = clock.instant().minus(Duration.ofDays(1));
      // Stable: by day among those that are quiet, and among those that are not.
      mayGo.sort(Comparator.comparing(p -> p.arrival().isAfter(yesterday)));
      for (Partition p : mayGo) {
        if (bytes <= maxBytes) {
          break;
        }
        bytes -= size(folder.resolve(p.name));
        retired.add(p);
      }
      if (retired.isEmpty()) {
        return 0;
      }
      lock.writeLock().lock();
      try {
        Map<String, Long> left = new HashMap<>(record.generations());
        for (Partition p : retired) {
          partitions.remove(p.name);
          left.remove(p.name);
        }
        CommitRecord written = new CommitRecord(record.sequence(), left, record.positions());
        written.write(folder);
        record = written;
      } finally {
        lock.writeLock().unlock();
      }
      for (Partition p : retired) {
        p.abandon();
        remove(folder.resolve(p.name));
        LOG.info("index {} retired", p.name);
      }
      return retired.size();
    }
  }

  @Override
  public Status status() throws IOException {
    long documentCount = 0;
    long newest = Long.MIN_VALUE;
    int count = 0;
    for (Partition p : partitions.values()) {
      Partition.Borrowed b = p.borrow();
      try {
        count++;
        documentCount += b.searcher().getIndexReader().numDocs();
        if (b.searcher().getIndexReader().numDocs() > 0) {
          newest =
              Math.max(
                  newest,
                  org.apache.lucene.index.DocValuesSkipper.globalMaxValue(
                      b.searcher().getIndexReader(), Search.TIME));
        }
      } finally {
        b.release();
      }
    }
    return new Status(
        documentCount,
        size(folder),
        count,
        newest == Long.MIN_VALUE ? null : ValueText.instant(newest));
  }

  /// Commits if it can; after a failure the uncommitted tail is dropped, as the last writer was told.
  @Override
  public void close() throws IOException {
    synchronized (commitLock) {
      if (closed) {
        return;
      }
      refresher.shutdown();
      try {
        if (failure == null) {
          commitAll();
        }
      } finally {
        closed = true;
        search.close();
        lock.writeLock().lock();
        try {
          for (Partition p : partitions.values()) {
            p.abandon();
          }
        } finally {
          lock.writeLock().unlock();
        }
      }
    }
  }

  static long size(Path folder) throws IOException {
    long[] bytes = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A merge has just removed it.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return bytes[0];
  }

  private static void remove(Path index) throws IOException {
    if (!Files.isDirectory(index)) {
      return;
    }
    try (Stream<Path> files = Files.list(index)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(index);
  }
}
