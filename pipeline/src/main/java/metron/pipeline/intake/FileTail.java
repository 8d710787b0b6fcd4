package metron.pipeline.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import metron.event.RawMessage;
import metron.pipeline.kafka.RawLog;
import metron.pipeline.kafka.RawRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows files line by line, as `tail -F` does, and remembers how far it got.
///
/// A stretch of lines is appended to the log, confirmed by it, and only then is the position saved: after a crash the
/// lines since the last saved position are read again, none is lost. What a file is, is decided by content, not by name:
///
/// - **Renamed** (`eve.json` becomes `eve.json.1`): the open file is read to its end, then the new one from its start. When
///   that happened while Metron was stopped, the old file is found beside it by inode and content.
/// - **Copied and truncated** (logrotate's `copytruncate`): seen by a size below the position, or by other bytes before it.
///   What was written between our last look and the truncation is read from the copy, which is found by its content.
/// - **A copy that the pattern matches too** is known by its content and not read a second time.
///
/// A last line without a line end waits; it is taken when the file has been rotated away.
final class FileTail implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(FileTail.class);
  private static final int BUFFER = IntakeConfig.LARGEST_RECORD + (256 << 10);
  // So that one large file does not keep the others waiting.
  private static final int STRETCH = 8 << 20;
  private static final Duration SCAN = Duration.ofSeconds(2);
  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final int MOST_MARKS = 10_000;

  private static final class Tailed {
    final Path path;
    final FileChannel channel;
    final long inode;
    long offset;
    boolean skipping;
    long idleSince = System.nanoTime();
    FileMark mark;

    Tailed(Path path, FileChannel channel, FileMark mark) {
      this.path = path;
      this.channel = channel;
      this.inode = mark.inode();
      this.offset = mark.offset();
      this.skipping = mark.skipping();
      this.mark = mark;
    }
  }

  private final IntakeConfig.Files config;
  private final RawLog log;
  private final InstantSource clock;
  private final FileMarks state;
  private final List<PathPattern> patterns = new ArrayList<>();
  private final SourceCounters counters = new SourceCounters();
  private final Map<Long, FileMark> marks = new LinkedHashMap<>();
  private final Map<Path, Tailed> open = new HashMap<>();
  private final List<Tailed> rotated = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Thread thread;
  private boolean firstScan = true;
  private boolean fresh;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  /// @param positions folder for the state file; made when missing
  FileTail(IntakeConfig.Files config, Path positions, RawLog log, InstantSource clock)
      throws IOException {
    this.config = config;
    this.log = log;
    this.clock = clock;
    Files.createDirectories(positions);
    this.state = new FileMarks(positions.resolve(config.name() + ".tsv"));
    this.fresh = !state.exists();
    for (FileMark mark : state.load()) {
      marks.put(mark.inode(), mark);
    }
    for (String path : config.paths()) {
      patterns.add(new PathPattern(path));
    }
    this.thread = Thread.ofPlatform().name("files:" + config.name()).daemon().start(this::run);
  }

  private void run() {
    long nextScan = System.nanoTime();
    while (!closed) {
      boolean busy = false;
      try {
        if (System.nanoTime() - nextScan >= 0) {
          scan();
          nextScan = System.nanoTime() + Math.min(SCAN.toNanos(), config.poll().toNanos() * 4);
        }
        busy = readAll();
        counters.problem(null);
      } catch (IOException e) {
        if (!closed) {
          String problem = String.valueOf(e.getMessage());
          counters.problem(problem);
          LOG.warn("files of {}: {}", config.name(), problem);
        }
      }
      if (!busy && !idle()) {
        break;
      }
    }
    for (Tailed file : open.values()) {
      closeQuietly(file.channel);
    }
    for (Tailed file : rotated) {
      closeQuietly(file.channel);
    }
  }

  /// Finds files that are new, renamed or gone.
  private void scan() throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (PathPattern pattern : patterns) {
      pattern.find(found);
    }
    for (Tailed file : List.copyOf(open.values())) {
      Optional<Long> inode = inode(file.path);
      if (inode.isEmpty() || inode.get() != file.inode) {
        open.remove(file.path);
        file.idleSince = System.nanoTime();
        rotated.add(file);
      }
    }
    for (Path path : found) {
      if (!open.containsKey(path)) {
        try {
          take(path);
        } catch (NoSuchFileException e) {
          LOG.debug("{} vanished before it was opened", path);
        }
      }
    }
    if (firstScan) {
      firstScan = false;
      finishRotatedWhileStopped();
      save();
    }
    counters.connections.set(open.size() + rotated.size());
  }

  private void take(Path path) throws IOException {
    Long inode = inode(path).orElse(null);
    if (inode == null) {
      return;
    }
    for (Tailed file : rotated) {
      if (file.inode == inode) {
        // Renamed within the pattern: it goes on under its new name.
        rotated.remove(file);
        open.put(path, new Tailed(path, file.channel, mark(file, path)));
        return;
      }
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      FileMark mark = marks.get(inode);
      if (mark == null || !mark.fits(channel)) {
        if (copyOfAnOpenFile(path, channel)) {
          channel.close();
          return;
        }
        long start = fresh && firstScan && !config.fromStart() ? startOfLastLine(channel) : 0;
        if (mark != null && mark.path().equals(path.toString())) {
          rescueCopy(mark, path);
        }
        mark = FileMark.of(channel, inode, start, false, path.toString());
      }
      open.put(path, new Tailed(path, channel, mark));
      LOG.info("reading {} as {} from byte {}", path, config.sensor(), mark.offset());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static long startOfLastLine(FileChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0) {
      one.clear();
      if (channel.read(one, end - 1) == 1 && one.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }

  /// A copy that rotation has just made of a file which is not truncated yet, or that somebody keeps beside it.
  private boolean copyOfAnOpenFile(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size == 0) {
      return false;
    }
    for (Tailed file : open.values()) {
      if (file.path.equals(path) || !path.startsWith(parent(file.path))) {
        continue;
      }
      if (file.mark.offset() > 0 && file.mark.fits(channel)) {
        return true;
      }
      // The copy is shorter than what was read: compare as far as it goes.
      if (size <= file.channel.size()
          && FileMark.of(channel, 0, size, false, "").fits(file.channel)) {
        return true;
      }
    }
    // Its original has been truncated in the meantime, and the rest was read from this copy.
    FileMark known = marks.get(inode(path).orElse(-1L));
    return known != null && known.fits(channel);
  }

  /// Files that were open when Metron stopped and now lie beside their successors under another name.
  private void finishRotatedWhileStopped() throws IOException {
    Set<Long> reading = new java.util.HashSet<>();
    open.values().forEach(file -> reading.add(file.inode));
    for (FileMark mark : List.copyOf(marks.values())) {
      Path path = Path.of(mark.path());
      if (reading.contains(mark.inode()) || mark.offset() == 0) {
        continue;
      }
      rescueCopy(mark, path);
    }
  }

  /// Reads what a file that is no longer at `path` had after the mark, from the file beside it that has the same content.
  private void rescueCopy(FileMark mark, Path path) throws IOException {
    if (mark.offset() == 0) {
      return;
    }
    Path folder = parent(path);
    if (!Files.isDirectory(folder)) {
      return;
    }
    String name = path.getFileName().toString();
    String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    List<Path> beside;
    try (Stream<Path> files = Files.list(folder)) {
      beside =
          files
              .filter(f -> f.getFileName().toString().startsWith(stem) && Files.isRegularFile(f))
              .toList();
    }
    for (Path candidate : beside) {
      if (open.containsKey(candidate)) {
        continue;
      }
      try (FileChannel channel = FileChannel.open(candidate, StandardOpenOption.READ)) {
        long inode = inode(candidate).orElse(0L);
        if (mark.fits(channel)) {
          long before = counters.records.sum();
          Tailed rest = new Tailed(path, channel, mark);
          while (read(rest)) {
            LOG.debug("reading the rest of {} from {}", path, candidate);
          }
          lastLine(rest);
          // Under the copy's own inode, so that it is never read again.
          FileMark done = FileMark.of(channel, inode, rest.offset, false, candidate.toString());
          marks.put(inode, done);
          LOG.info(
              "{} was rotated to {}, read its last {} lines",
              path,
              candidate,
              counters.records.sum() - before);
          return;
        }
      } catch (NoSuchFileException e) {
        LOG.debug("{} vanished", candidate);
      }
    }
  }

  /// @return whether some file may have more
  private boolean readAll() throws IOException {
    boolean more = false;
    boolean moved = false;
    for (Tailed file : open.values()) {
      long before = file.offset;
      more |= follow(file);
      moved |= file.offset != before;
    }
    for (Tailed file : List.copyOf(rotated)) {
      long before = file.offset;
      more |= read(file);
      moved |= file.offset != before;
      if (file.offset != before) {
        file.idleSince = System.nanoTime();
      } else if (System.nanoTime() - file.idleSince > LINGER.toNanos()) {
        lastLine(file);
        closeQuietly(file.channel);
        rotated.remove(file);
        moved = true;
      }
    }
    if (moved) {
      save();
    }
    return more;
  }

  private boolean follow(Tailed file) throws IOException {
    long size = file.channel.size();
    if (size == file.offset) {
      return false;
    }
    // Truncated, or truncated and already longer again: then the bytes before the position are
    // others.
    if (size < file.offset || !file.mark.fits(file.channel)) {
      LOG.info("{} was truncated, reading it from its start", file.path);
      rescueCopy(file.mark, file.path);
      file.offset = 0;
      file.skipping = false;
      file.mark = FileMark.of(file.channel, file.inode, 0, false, file.path.toString());
      marks.put(file.inode, file.mark);
    }
    return read(file);
  }

  /// Reads a stretch of whole lines and confirms them.
  ///
  /// @return whether there is more
  private boolean read(Tailed file) throws IOException {
    long offset = file.offset;
    boolean skipping = file.skipping;
    Instant received = clock.instant();
    LogBatch batch = new LogBatch(log);
    Map<String, String> metadata = Map.of(RawMessage.FILE, file.path.toString());
    long records = 0;
    long bytes = 0;
    boolean more = true;
    while (offset - file.offset < STRETCH && !closed) {
      buffer.clear();
      int n = file.channel.read(buffer, offset);
      if (n <= 0) {
        more = false;
        break;
      }
      byte[] data = buffer.array();
      int from = 0;
      for (int i = 0; i < n; i++) {
        if (data[i] != '\n') {
          continue;
        }
        if (skipping) {
          skipping = false;
        } else {
          int end = i > from && data[i - 1] == '\r' ? i - 1 : i;
          if (end > from) {
            append(batch, received, Arrays.copyOfRange(data, from, end), metadata);
            records++;
            bytes += end - from;
          }
        }
        from = i + 1;
      }
      if (from == 0 && skipping) {
        from = n;
      } else if (from == 0 && n > IntakeConfig.LARGEST_RECORD) {
        Map<String, String> cut = new HashMap<>(metadata);
        cut.put(RawRecords.OVERSIZE, Integer.toString(n));
        append(batch, received, Arrays.copyOf(data, IntakeConfig.LARGEST_RECORD), Map.copyOf(cut));
        records++;
        bytes += IntakeConfig.LARGEST_RECORD;
        skipping = true;
        from = n;
      } else if (from == 0) {
        more = false;
        break;
      }
      offset += from;
    }
    if (offset != file.offset) {
      batch.confirm();
      counters.records.add(records);
      counters.bytes.add(bytes);
      file.offset = offset;
      file.skipping = skipping;
      file.mark = mark(file, file.path);
      marks.put(file.inode, file.mark);
    }
    return more;
  }

  private void append(LogBatch batch, Instant received, byte[] record, Map<String, String> metadata)
      throws IOException {
    batch.append(config.sensor(), received, record, metadata);
  }

  /// Takes what stands after the last line end of a file that nobody writes to any more.
  private void lastLine(Tailed file) throws IOException {
    buffer.clear();
    int n = file.channel.read(buffer, file.offset);
    if (n > 0 && !file.skipping) {
      LogBatch batch = new LogBatch(log);
      append(
          batch,
          clock.instant(),
          Arrays.copyOf(buffer.array(), Math.min(n, IntakeConfig.LARGEST_RECORD)),
          Map.of(RawMessage.FILE, file.path.toString()));
      batch.confirm();
      counters.taken(n);
    }
    if (n > 0) {
      file.offset += n;
      file.mark = mark(file, file.path);
      marks.put(file.inode, file.mark);
    }
  }

  private static FileMark mark(Tailed file, Path path) throws IOException {
    return FileMark.of(file.channel, file.inode, file.offset, file.skipping, path.toString());
  }

  private void save() throws IOException {
    for (Tailed file : open.values()) {
      marks.put(file.inode, file.mark);
    }
    if (marks.size() > MOST_MARKS) {
      marks.values().removeIf(mark -> !Files.exists(Path.of(mark.path())));
    }
    state.save(marks.values());
    fresh = false;
  }

  private static Path parent(Path path) {
    @Nullable Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  private static Optional<Long> inode(Path path) {
    try {
      if (Files.getFileStore(path).supportsFileAttributeView("unix")
          && Files.getAttribute(path, "unix:ino") instanceof Long inode) {
        return Optional.of(inode);
      }
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return Optional.of((long) (key == null ? path.toString() : key).hashCode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a file that was only read: {}", e.getMessage());
    }
  }

  @Override
  public SourceStatus status() {
    return counters.status("files:" + config.name(), String.join(", ", config.paths()), 0);
  }

  /// Waits for the next look, or until it is closed.
  ///
  /// @return false if the thread was interrupted
  private boolean idle() {
    try {
      var _ = closing.await(config.poll().toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Lets the stretch that is being read come to its end, so that its position is saved and a clean stop reads nothing
  /// twice; one that is stuck in a full log is left behind after a few seconds.
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    Threads.join(thread);
  }
}
