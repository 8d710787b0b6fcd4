package metron.storage.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import metron.storage.ConfigStore;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of one folder under git. The head commit is the truth; the files on disk are its copy, written (draft, then rename)
/// before the commit, so that a crash in between leaves an edit that the next [#scan] picks up, never half a file.
///
/// Commits are built from a tree in memory, without git's index and hooks; symbolic links on disk are not followed. The
/// user's git configuration is not asked for anything.
public final class GitConfigStore implements ConfigStore {
  private static final Logger LOG = LoggerFactory.getLogger(GitConfigStore.class);
  private static final String BRANCH = Constants.R_HEADS + "main";

  private final Path folder;
  private final InstantSource clock;
  private final Repository repository;
  private final List<Consumer<Changed>> listeners = new CopyOnWriteArrayList<>();

  private GitConfigStore(Path folder, InstantSource clock, Repository repository) {
    this.folder = folder;
    this.clock = clock;
    this.repository = repository;
  }

  /// Opens the folder, and makes it a repository if it is none; what lies in it becomes the first revision.
  public static GitConfigStore open(Path folder, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    try {
      boolean there = Files.isDirectory(folder.resolve(".git"));
      Git git =
          there
              ? Git.open(folder.toFile())
              : Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
      var config = git.getRepository().getConfig();
      config.load();
      config.setBoolean("core", null, "autocrlf", false);
      config.save();
      GitConfigStore store = new GitConfigStore(folder, clock, git.getRepository());
      if (store.repository.resolve(Constants.HEAD) == null) {
        store.commit(Map.of(), "metron", "Begin", clock.instant());
      }
      store.scan();
      return store;
    } catch (GitAPIException | ConfigInvalidException e) {
      throw new IOException(folder + " can't be opened as a git repository: " + e.getMessage(), e);
    }
  }

  /// A checked path: relative, normal, inside, not hidden.
  private static String checked(String path) {
    boolean ok = !path.isEmpty() && path.length() <= 250 && !path.contains("\\");
    for (String part : path.split("/", -1)) {
      ok &= !part.isEmpty() && !part.startsWith(".") && part.chars().noneMatch(c -> c < ' ');
    }
    if (!ok) {
      throw new IllegalArgumentException(
          "'"
              + path
              + "' is no path of a configuration file: expected a relative one with '/' such as"
              + " sensors/asa/sensor.yaml, no part of which starts with a dot");
    }
    return path;
  }

  private RevCommit head() throws IOException {
    ObjectId id = repository.resolve(Constants.HEAD);
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(id);
    }
  }

  /// Path to blob of all files of a commit.
  private SortedMap<String, ObjectId> tree(RevCommit commit) throws IOException {
    TreeMap<String, ObjectId> tree = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        tree.put(walk.getPathString(), walk.getObjectId(0));
      }
    }
    return tree;
  }

  private String text(ObjectId blob) throws IOException {
    ObjectLoader loader = repository.open(blob, Constants.OBJ_BLOB);
    return new String(loader.getCachedBytes(MAX_FILE * 4), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized List<File> list() throws IOException {
    List<File> files = new ArrayList<>();
    for (var e : tree(head()).entrySet()) {
      files.add(
          new File(
              e.getKey(),
              e.getValue().name(),
              repository.open(e.getValue(), Constants.OBJ_BLOB).getSize()));
    }
    return files;
  }

  @Override
  public synchronized Optional<Text> read(String path) throws IOException {
    return text(head(), checked(path));
  }

  private Optional<Text> text(RevCommit commit, String path) throws IOException {
    ObjectId blob = tree(commit).get(path);
    return blob == null ? Optional.empty() : Optional.of(new Text(path, blob.name(), text(blob)));
  }

  @Override
  public synchronized Map<String, String> readAll() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (var e : tree(head()).entrySet()) {
      all.put(e.getKey(), text(e.getValue()));
    }
    return all;
  }

  @Override
  public Revision write(
      String path, String text, @Nullable String expectedBlob, String author, String message)
      throws IOException, Conflict {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_FILE) {
      throw new IllegalArgumentException(
          path + " would have " + bytes.length + " bytes, expected at most " + MAX_FILE);
    }
    return change(checked(path), bytes, expectedBlob, author, message);
  }

  @Override
  public Revision delete(String path, String expectedBlob, String author, String message)
      throws IOException, Conflict {
    return change(checked(path), null, expectedBlob, author, message);
  }

  private Revision change(
      String path,
      byte @Nullable [] bytes,
      @Nullable String expectedBlob,
      String author,
      String message)
      throws IOException, Conflict {
    Changed changed;
    synchronized (this) {
      // An edit by hand that nobody has seen must not be lost.
      var _ = scanned();
      RevCommit head = head();
      SortedMap<String, ObjectId> tree = tree(head);
      ObjectId found = tree.get(path);
      String foundName = found == null ? null : found.name();
      if (!java.util.Objects.equals(foundName, expectedBlob)) {
        throw new Conflict(path, expectedBlob, foundName);
      }
      if (bytes == null) {
        tree.remove(path);
        Files.deleteIfExists(onDisk(path));
      } else {
        ObjectId blob = insert(bytes);
        if (blob.equals(found)) {
          return revision(head);
        }
        String folderOfOther = clash(tree, path);
        if (folderOfOther != null) {
          throw new IllegalArgumentException(
              path + " can't be written, since " + folderOfOther + " is there already");
        }
        tree.put(path, blob);
        toDisk(path, bytes);
      }
      Revision revision = commit(tree, author, message, clock.instant());
      changed = new Changed(revision, List.of(path));
    }
    tell(changed);
    return changed.revision();
  }

  private static @Nullable String clash(SortedMap<String, ObjectId> tree, String path) {
    for (String other : tree.keySet()) {
      if (other.startsWith(path + "/") || path.startsWith(other + "/")) {
        return other;
      }
    }
    return null;
  }

  private Path onDisk(String path) throws IOException {
    Path file = folder.resolve(path);
    for (Path p = file.getParent(); p != null && !p.equals(folder); p = p.getParent()) {
      if (Files.isSymbolicLink(p)) {
        throw new IOException(p + " is a link, which could lead out of " + folder + ": remove it");
      }
    }
    return file;
  }

  private void toDisk(String path, byte[] bytes) throws IOException {
    Path file = onDisk(path);
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(draft, bytes);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectId insert(byte[] bytes) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, bytes);
      inserter.flush();
      return id;
    }
  }

  private Revision commit(Map<String, ObjectId> tree, String author, String message, Instant at)
      throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD);
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache cache = DirCache.newInCore();
      DirCacheBuilder builder = cache.builder();
      for (var e : tree.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(e.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(e.getValue());
        builder.add(entry);
      }
      builder.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(cache.writeTree(inserter));
      if (head != null) {
        commit.setParentId(head);
      }
      PersonIdent person = new PersonIdent(clean(author), "", at, ZoneOffset.UTC);
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setMessage(message.isBlank() ? "Change" : message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate update =
          repository.updateRef(
              repository.getFullBranch() == null ? BRANCH : repository.getFullBranch());
      update.setNewObjectId(id);
      update.setExpectedOldObjectId(head == null ? ObjectId.zeroId() : head);
      RefUpdate.Result result = update.update();
      if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
        throw new IOException(
            folder + ": the new revision was refused (" + result + "): is git running there?");
      }
      writeIndex(tree);
      try (RevWalk walk = new RevWalk(repository)) {
        return revision(walk.parseCommit(id));
      }
    }
  }

  /// Git's own index follows, so that `git status` in the folder tells the truth.
  private void writeIndex(Map<String, ObjectId> tree) throws IOException {
    DirCache index = repository.lockDirCache();
    try {
      DirCacheBuilder builder = index.builder();
      for (var e : tree.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(e.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(e.getValue());
        builder.add(entry);
      }
      builder.finish();
      index.write();
      if (!index.commit()) {
        LOG.warn("{}: git's index could not be written; its next change does", folder);
      }
    } finally {
      index.unlock();
    }
  }

  private static String clean(String author) {
    String name = author.replaceAll("[\\p{Cntrl}<>]", " ").strip();
    return name.isEmpty() ? "unknown" : name;
  }

  private Revision revision(RevCommit commit) throws IOException {
    return new Revision(
        commit.name(),
        commit.getAuthorIdent().getName(),
        commit.getAuthorIdent().getWhenAsInstant(),
        commit.getFullMessage().strip(),
        paths(commit));
  }

  private List<String> paths(RevCommit commit) throws IOException {
    SortedMap<String, ObjectId> now = tree(commit);
    SortedMap<String, ObjectId> before = new TreeMap<>();
    if (commit.getParentCount() > 0) {
      try (RevWalk walk = new RevWalk(repository)) {
        before = tree(walk.parseCommit(commit.getParent(0)));
      }
    }
    return different(before, now);
  }

  private static List<String> different(Map<String, ObjectId> a, Map<String, ObjectId> b) {
    TreeSet<String> paths = new TreeSet<>(a.keySet());
    paths.addAll(b.keySet());
    paths.removeIf(p -> java.util.Objects.equals(a.get(p), b.get(p)));
    return List.copyOf(paths);
  }

  @Override
  public synchronized List<Revision> history(@Nullable String path, int size) throws IOException {
    List<Revision> revisions = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(head()));
      if (path != null) {
        walk.setTreeFilter(
            AndTreeFilter.create(PathFilter.create(checked(path)), TreeFilter.ANY_DIFF));
      }
      for (RevCommit commit : walk) {
        if (revisions.size() >= size) {
          break;
        }
        revisions.add(revision(repository.parseCommit(commit)));
      }
    }
    return revisions;
  }

  private RevCommit find(String revision) throws IOException {
    // Only a plain id: JGit would take expressions such as "HEAD@{yesterday}" too.
    if (revision.matches("[0-9a-f]{7,40}")) {
      ObjectId id = repository.resolve(revision);
      if (id != null) {
        try (RevWalk walk = new RevWalk(repository)) {
          return walk.parseCommit(id);
        } catch (org.eclipse.jgit.errors.IncorrectObjectTypeException e) {
          throw new NoSuchElementException(revision + " is no revision but another object", e);
        }
      }
    }
    throw new NoSuchElementException("there is no revision '" + revision + "'");
  }

  @Override
  public synchronized Optional<Text> read(String revision, String path) throws IOException {
    return text(find(revision), checked(path));
  }

  @Override
  public synchronized String diff(String revision) throws IOException {
    RevCommit commit = find(revision);
    var out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out);
        RevWalk walk = new RevWalk(repository)) {
      formatter.setRepository(repository);
      RevCommit parent =
          commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
      List<DiffEntry> entries =
          formatter.scan(parent == null ? null : parent.getTree(), commit.getTree());
      formatter.format(entries);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Revision rollback(String revision, String author) throws IOException {
    Changed changed;
    synchronized (this) {
      var _ = scanned();
      RevCommit wanted = find(revision);
      RevCommit head = head();
      SortedMap<String, ObjectId> now = tree(head);
      SortedMap<String, ObjectId> then = tree(wanted);
      List<String> paths = different(now, then);
      if (paths.isEmpty()) {
        return revision(head);
      }
      for (String path : paths) {
        if (!then.containsKey(path)) {
          Files.deleteIfExists(onDisk(path));
        }
      }
      for (String path : paths) {
        ObjectId blob = then.get(path);
        if (blob != null) {
          toDisk(path, repository.open(blob, Constants.OBJ_BLOB).getCachedBytes(MAX_FILE * 4));
        }
      }
      Revision made =
          commit(
              then,
              author,
              "Go back to " + wanted.abbreviate(10).name() + ": " + wanted.getShortMessage(),
              clock.instant());
      changed = new Changed(made, paths);
    }
    tell(changed);
    return changed.revision();
  }

  @Override
  public Optional<Revision> scan() throws IOException {
    Optional<Revision> revision;
    synchronized (this) {
      revision = scanned();
    }
    revision.ifPresent(r -> tell(new Changed(r, r.paths())));
    return revision;
  }

  private Optional<Revision> scanned() throws IOException {
    SortedMap<String, ObjectId> known = tree(head());
    TreeMap<String, ObjectId> found = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return !dir.equals(folder) && dir.getFileName().toString().startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path =
                folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || file.getFileName().toString().startsWith(".")
                || file.getFileName().toString().endsWith("~")) {
              return FileVisitResult.CONTINUE;
            }
            if (attributes.size() > MAX_FILE) {
              LOG.warn(
                  "{} has {} bytes and is left out, expected at most {}",
                  file,
                  attributes.size(),
                  MAX_FILE);
              ObjectId before = known.get(path);
              if (before != null) {
                found.put(path, before);
              }
              return FileVisitResult.CONTINUE;
            }
            byte[] bytes = Files.readAllBytes(file);
            ObjectId id;
            try (ObjectInserter inserter = repository.newObjectInserter()) {
              id = inserter.idFor(Constants.OBJ_BLOB, bytes);
            }
            found.put(path, id.equals(known.get(path)) ? id : insert(bytes));
            return FileVisitResult.CONTINUE;
          }
        });
    List<String> paths = different(known, found);
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(commit(found, "disk", "Take over what was edited on disk", clock.instant()));
  }

  private void tell(Changed changed) {
    for (Consumer<Changed> listener : listeners) {
      listener.accept(changed);
    }
  }

  @Override
  public Runnable subscribe(Consumer<Changed> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    repository.close();
  }
}
