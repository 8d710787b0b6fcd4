package metron.storage.jdbc;

import static metron.storage.jdbc.SqliteDatabase.instant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import metron.storage.SessionStore;

final class SqliteSessions implements SessionStore {
  private final SqliteDatabase database;

  SqliteSessions(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void add(Session s) {
    database.update(
        "INSERT INTO sessions (id_hash, user, csrf_hash, created, seen, expires)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        s.idHash(),
        s.user(),
        s.csrfHash(),
        s.created(),
        s.seen(),
        s.expires());
  }

  @Override
  public Optional<Session> find(String idHash, Instant now) {
    return database
        .query(
            "SELECT * FROM sessions WHERE id_hash = ? AND expires > ?",
            r ->
                new Session(
                    r.getString("id_hash"),
                    r.getString("user"),
                    r.getString("csrf_hash"),
                    instant(r.getLong("created")),
                    instant(r.getLong("seen")),
                    instant(r.getLong("expires"))),
            idHash,
            now)
        .stream()
        .findFirst();
  }

  @Override
  public void seen(String idHash, Instant at, Instant expires) {
    database.update(
        "UPDATE sessions SET seen = ?, expires = ? WHERE id_hash = ? AND seen < ?",
        at,
        expires,
        idHash,
        at.minus(Duration.ofMinutes(1)));
  }

  @Override
  public boolean remove(String idHash) {
    return database.update("DELETE FROM sessions WHERE id_hash = ?", idHash) > 0;
  }

  @Override
  public int removeAll(String user) {
    return database.update("DELETE FROM sessions WHERE user = ? COLLATE NOCASE", user);
  }

  @Override
  public int removeExpired(Instant now) {
    return database.update("DELETE FROM sessions WHERE expires <= ?", now);
  }
}
