package metron.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.query.Query;
import metron.event.query.QueryPredicate;
import metron.storage.AccountStore;
import metron.storage.Alert;
import metron.storage.AlertStore;
import metron.storage.AuditLog;
import metron.storage.ConfigStore;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import metron.storage.SessionStore;
import metron.storage.SettingsStore;

/// Stores that keep everything in memory, for the tests of the server: right in what the server asks of them, slow and small.
final class Memory {
  private Memory() {}

  /// A clock that stands still until it is told to move.
  static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-05-01T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }
  }

  static SearchResult search(List<Event> all, SearchRequest request) {
    if (request.sort().field().equals("message")) {
      throw new IllegalArgumentException("message is long text, which has no order");
    }
    Predicate<Event> matches = QueryPredicate.compile(request.query());
    List<Event> found = new ArrayList<>();
    for (Event e : all) {
      Instant at = (Instant) e.get(Ecs.TIMESTAMP);
      boolean inTime =
          at != null
              && (request.from() == null || !at.isBefore(request.from()))
              && (request.to() == null || at.isBefore(request.to()));
      if (inTime && matches.test(e)) {
        found.add(e);
      }
    }
    var field = FieldCatalogue.get().field(request.sort().field());
    Comparator<Event> order =
        Comparator.comparing(e -> String.valueOf(e.get(field)), Comparator.naturalOrder());
    found.sort(request.sort().descending() ? order.reversed() : order);
    int start = request.after() == null ? 0 : Integer.parseInt(request.after());
    int end = Math.min(found.size(), start + request.size());
    Map<String, List<SearchResult.Count>> facets = new LinkedHashMap<>();
    for (SearchRequest.Facet f : request.facets()) {
      facets.put(f.field(), counts(found, f.field(), "", f.size()));
    }
    List<SearchResult.Bucket> buckets = new ArrayList<>();
    if (request.histogram() != null) {
      long width = request.histogram().interval().toMillis();
      Map<Long, Long> byStart = new TreeMap<>();
      for (Event e : found) {
        long at = ((Instant) e.get(Ecs.TIMESTAMP)).toEpochMilli();
        byStart.merge(Math.floorDiv(at, width) * width, 1L, Long::sum);
      }
      byStart.forEach(
          (at, n) -> buckets.add(new SearchResult.Bucket(Instant.ofEpochMilli(at), n, Map.of())));
    }
    return new SearchResult(
        found.size(),
        found.subList(Math.min(start, end), end).stream()
            .map(e -> new SearchResult.Hit(e, Map.of()))
            .toList(),
        request.size() > 0 && end < found.size() ? Integer.toString(end) : null,
        facets,
        buckets,
        Map.of(),
        1);
  }

  static List<SearchResult.Count> counts(List<Event> events, String name, String prefix, int size) {
    Map<String, Long> counts = new TreeMap<>();
    for (Event e : events) {
      for (Object v : e.values(FieldCatalogue.get().field(name))) {
        if (v.toString().toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT))) {
          counts.merge(v.toString(), 1L, Long::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .map(e -> new SearchResult.Count(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(SearchResult.Count::count).reversed())
        .limit(size)
        .toList();
  }

  static final class Events implements EventStore {
    final List<Event> all = new CopyOnWriteArrayList<>();

    @Override
    public Writer writer() {
      return new Writer() {
        @Override
        public void write(List<Positioned> batch) {
          batch.forEach(p -> all.add(p.event()));
        }

        @Override
        public void commit() {
          // What is in memory is as durable as it gets.
        }
      };
    }

    @Override
    public List<Position> positions() {
      return List.of();
    }

    @Override
    public void forget(String topic) {
      // There are no positions.
    }

    @Override
    public void refresh() {
      // Everything is visible at once.
    }

    @Override
    public SearchResult search(SearchRequest request) {
      return Memory.search(all, request);
    }

    @Override
    public Optional<Event> get(String eventId) {
      return all.stream().filter(e -> eventId.equals(e.string(Ecs.EVENT_ID))).findFirst();
    }

    @Override
    public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size) {
      return counts(all, field, prefix, size);
    }

    @Override
    public List<SearchResult.Count> fields() {
      Map<String, Long> counts = new TreeMap<>();
      all.forEach(e -> e.forEach((f, v) -> counts.merge(f.name(), 1L, Long::sum)));
      return counts.entrySet().stream()
          .map(e -> new SearchResult.Count(e.getKey(), e.getValue()))
          .toList();
    }

    @Override
    public int retain(Instant olderThan, long maxBytes) {
      return 0;
    }

    @Override
    public Status status() {
      return new Status(all.size(), 1000L * all.size(), 1, null);
    }

    @Override
    public void close() {
      throw new IllegalStateException("the server must not close what it was given");
    }
  }

  static final class Alerts implements AlertStore {
    final Map<String, Alert> all = new ConcurrentHashMap<>();
    final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void add(List<Event> alerts) {
      for (Event e : alerts) {
        var alert = new Alert(e, 1, Alert.Status.NEW, null, List.of(), List.of());
        if (all.putIfAbsent(e.string(Ecs.EVENT_ID), alert) == null) {
          listeners.forEach(l -> l.accept(alert));
        }
      }
    }

    @Override
    public void commit() {
      // What is in memory is as durable as it gets.
    }

    @Override
    public void refresh() {
      // Everything is visible at once.
    }

    @Override
    public Optional<Alert> get(String id) {
      return Optional.ofNullable(all.get(id));
    }

    private List<Event> events() {
      return all.values().stream().map(Alert::event).toList();
    }

    @Override
    public SearchResult search(SearchRequest request) {
      return Memory.search(events(), request);
    }

    @Override
    public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size) {
      return counts(events(), field, prefix, size);
    }

    @Override
    public synchronized List<Outcome> edit(List<Request> requests, String who, Instant at) {
      List<Outcome> out = new ArrayList<>();
      for (Request r : requests) {
        Alert old = all.get(r.id());
        if (old == null) {
          out.add(new Outcome.Missing(r.id(), "alert"));
        } else if (old.version() != r.version()) {
          out.add(new Outcome.Conflicted(r.id(), r.version(), old.version()));
        } else {
          out.add(edit(old, r, who, at));
        }
      }
      return out;
    }

    private Outcome edit(Alert old, Request r, String who, Instant at) {
      Alert.Status status = old.status();
      String assignee = old.assignee();
      List<Alert.Comment> comments = new ArrayList<>(old.comments());
      List<Alert.Change> history = new ArrayList<>(old.history());
      for (Edit edit : r.edits()) {
        switch (edit) {
          case Edit.SetStatus(Alert.Status s) -> {
            history.add(new Alert.Change(at, who, "status", status.name(), s.name()));
            status = s;
          }
          case Edit.Assign(String name) -> {
            history.add(new Alert.Change(at, who, "assignee", assignee, name));
            assignee = name;
          }
          case Edit.AddComment(String text) ->
              comments.add(new Alert.Comment("c" + comments.size(), who, at, text));
          case Edit.RemoveComment(String id) -> {
            if (!comments.removeIf(c -> c.id().equals(id))) {
              return new Outcome.Missing(r.id(), "comment " + id);
            }
          }
        }
      }
      Alert alert = new Alert(old.event(), old.version() + 1, status, assignee, comments, history);
      all.put(r.id(), alert);
      listeners.forEach(l -> l.accept(alert));
      return new Outcome.Changed(alert);
    }

    @Override
    public Runnable subscribe(Consumer<Alert> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    @Override
    public long count() {
      return all.size();
    }

    @Override
    public long retain(Instant olderThan) {
      return 0;
    }

    @Override
    public void close() {
      throw new IllegalStateException("the server must not close what it was given");
    }
  }

  static final class Accounts implements AccountStore, SessionStore, SettingsStore {
    final Map<String, User> users = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, Token> tokens = new LinkedHashMap<>();
    final Map<String, Session> sessions = new LinkedHashMap<>();
    final Map<String, String> settings = new TreeMap<>();

    @Override
    public synchronized List<User> users() {
      return List.copyOf(users.values());
    }

    @Override
    public synchronized Optional<User> user(String name) {
      return Optional.ofNullable(users.get(name));
    }

    @Override
    public synchronized void addUser(User user) {
      if (users.putIfAbsent(user.name(), user) != null) {
        throw new IllegalStateException("the name is taken");
      }
    }

    @Override
    public synchronized void changeUser(User user) {
      User old = users.get(user.name());
      if (old == null) {
        throw new NoSuchElementException("no user " + user.name());
      }
      users.put(user.name(), user);
      if (noAdministrator()) {
        users.put(user.name(), old);
        throw new IllegalStateException("no administrator would be left");
      }
    }

    private boolean noAdministrator() {
      return users.values().stream()
          .noneMatch(u -> u.role() == Role.ADMINISTRATOR && !u.disabled());
    }

    @Override
    public synchronized void signedIn(String name, Instant at) {
      User u = users.get(name);
      users.put(
          name,
          new User(
              u.name(),
              u.passwordHash(),
              u.role(),
              u.disabled(),
              u.mustChangePassword(),
              u.created(),
              u.changed(),
              at));
    }

    @Override
    public synchronized boolean removeUser(String name) {
      User old = users.remove(name);
      if (old != null && noAdministrator()) {
        users.put(name, old);
        throw new IllegalStateException("no administrator would be left");
      }
      tokens.values().removeIf(t -> t.owner().equalsIgnoreCase(name));
      return old != null;
    }

    @Override
    public synchronized List<Token> tokens() {
      return List.copyOf(tokens.values());
    }

    @Override
    public synchronized Optional<Token> tokenBySecretHash(String secretHash) {
      return tokens.values().stream().filter(t -> t.secretHash().equals(secretHash)).findFirst();
    }

    @Override
    public synchronized void addToken(Token token) {
      tokens.put(token.id(), token);
    }

    @Override
    public void tokenUsed(String id, Instant at) {
      // No test asks when a token was used.
    }

    @Override
    public synchronized boolean removeToken(String id) {
      return tokens.remove(id) != null;
    }

    @Override
    public synchronized int removeExpiredTokens(Instant now) {
      int before = tokens.size();
      tokens.values().removeIf(t -> t.expires() != null && !t.expires().isAfter(now));
      return before - tokens.size();
    }

    @Override
    public synchronized void add(Session session) {
      sessions.put(session.idHash(), session);
    }

    @Override
    public synchronized Optional<Session> find(String idHash, Instant now) {
      return Optional.ofNullable(sessions.get(idHash)).filter(s -> s.expires().isAfter(now));
    }

    @Override
    public synchronized void seen(String idHash, Instant at, Instant expires) {
      sessions.computeIfPresent(
          idHash, (k, s) -> new Session(k, s.user(), s.csrfHash(), s.created(), at, expires));
    }

    @Override
    public synchronized boolean remove(String idHash) {
      return sessions.remove(idHash) != null;
    }

    @Override
    public synchronized int removeAll(String user) {
      int before = sessions.size();
      sessions.values().removeIf(s -> s.user().equalsIgnoreCase(user));
      return before - sessions.size();
    }

    @Override
    public synchronized int removeExpired(Instant now) {
      int before = sessions.size();
      sessions.values().removeIf(s -> !s.expires().isAfter(now));
      return before - sessions.size();
    }

    @Override
    public synchronized Optional<String> get(String user, String key) {
      return Optional.ofNullable(settings.get(user + "\0" + key));
    }

    @Override
    public synchronized Map<String, String> all(String user, String prefix) {
      Map<String, String> out = new TreeMap<>();
      settings.forEach(
          (k, v) -> {
            if (k.startsWith(user + "\0" + prefix)) {
              out.put(k.substring(user.length() + 1), v);
            }
          });
      return out;
    }

    @Override
    public synchronized void put(String user, String key, String value) {
      settings.put(user + "\0" + key, value);
    }

    @Override
    public synchronized boolean remove(String user, String key) {
      return settings.remove(user + "\0" + key) != null;
    }
  }

  static final class Audits implements AuditLog {
    final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized Entry append(
        Instant at, String who, String from, String action, String target, String detail) {
      var entry = new Entry(entries.size() + 1L, at, who, from, action, target, detail, "");
      entries.add(entry);
      return entry;
    }

    synchronized List<String> actions() {
      return entries.stream().map(e -> e.who() + " " + e.action() + " " + e.target()).toList();
    }

    @Override
    public synchronized Page page(String cursor, int size) {
      int end = cursor == null ? entries.size() : Integer.parseInt(cursor);
      int start = Math.max(0, end - size);
      return new Page(
          new ArrayList<>(entries.subList(start, end)).reversed(),
          start == 0 ? null : Integer.toString(start));
    }

    @Override
    public Verification verify() {
      return new Verification.Intact(entries.size(), "");
    }
  }

  static final class Configuration implements ConfigStore {
    private final List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
    private final List<Revision> revisions = new ArrayList<>();

    private Map<String, String> now() {
      return states.getLast();
    }

    private static String blob(String text) {
      return HexFormat.of().toHexDigits((long) text.hashCode() << 8 | text.length());
    }

    private static void check(String path) {
      if (path.isBlank() || path.contains("..") || path.startsWith("/") || path.startsWith(".")) {
        throw new IllegalArgumentException("path leaves the folder or is hidden");
      }
    }

    @Override
    public synchronized List<File> list() {
      return now().entrySet().stream()
          .map(
              e ->
                  new File(
                      e.getKey(),
                      blob(e.getValue()),
                      e.getValue().getBytes(StandardCharsets.UTF_8).length))
          .toList();
    }

    @Override
    public synchronized Optional<Text> read(String path) {
      check(path);
      return Optional.ofNullable(now().get(path)).map(t -> new Text(path, blob(t), t));
    }

    @Override
    public synchronized Map<String, String> readAll() {
      return now();
    }

    @Override
    public synchronized Revision write(
        String path, String text, String expectedBlob, String author, String message)
        throws Conflict {
      expect(path, expectedBlob);
      Map<String, String> next = new TreeMap<>(now());
      next.put(path, text);
      return commit(next, author, message, List.of(path));
    }

    private void expect(String path, String expected) throws Conflict {
      String found = read(path).map(Text::blob).orElse(null);
      if (found == null ? expected != null : !found.equals(expected)) {
        throw new Conflict(path, expected, found);
      }
    }

    private Revision commit(
        Map<String, String> next, String author, String message, List<String> paths) {
      states.add(next);
      var revision =
          new Revision(
              HexFormat.of().toHexDigits((long) states.size()),
              author,
              Instant.EPOCH,
              message,
              paths);
      revisions.add(revision);
      return revision;
    }

    @Override
    public synchronized Revision delete(
        String path, String expectedBlob, String author, String message) throws Conflict {
      expect(path, expectedBlob);
      Map<String, String> next = new TreeMap<>(now());
      next.remove(path);
      return commit(next, author, message, List.of(path));
    }

    @Override
    public synchronized List<Revision> history(String path, int size) {
      return new ArrayList<>(revisions)
          .reversed().stream()
              .filter(r -> path == null || r.paths().contains(path))
              .limit(size)
              .toList();
    }

    private Map<String, String> state(String revision) {
      for (int i = 0; i < revisions.size(); i++) {
        if (revisions.get(i).id().equals(revision)) {
          return states.get(i + 1);
        }
      }
      throw new NoSuchElementException("no revision " + revision);
    }

    @Override
    public synchronized Optional<Text> read(String revision, String path) {
      return Optional.ofNullable(state(revision).get(path)).map(t -> new Text(path, blob(t), t));
    }

    @Override
    public synchronized String diff(String revision) {
      return "+" + state(revision);
    }

    @Override
    public synchronized Revision rollback(String revision, String author) {
      return commit(state(revision), author, "Go back to " + revision, List.of());
    }

    @Override
    public Optional<Revision> scan() {
      return Optional.empty();
    }

    @Override
    public Runnable subscribe(Consumer<Changed> listener) {
      return () -> {};
    }

    @Override
    public void close() {
      throw new IllegalStateException("the server must not close what it was given");
    }
  }
}
