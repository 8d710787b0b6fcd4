package metron.storage.jdbc;

import static metron.storage.jdbc.SqliteDatabase.instant;
import static metron.storage.jdbc.SqliteDatabase.instantOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import metron.storage.AccountStore;

final class SqliteAccounts implements AccountStore {
  private final SqliteDatabase database;

  SqliteAccounts(SqliteDatabase database) {
    this.database = database;
  }

  private static User user(ResultSet r) throws SQLException {
    return new User(
        r.getString("name"),
        r.getString("password_hash"),
        Role.valueOf(r.getString("role")),
        r.getBoolean("disabled"),
        r.getBoolean("must_change_password"),
        instant(r.getLong("created")),
        instant(r.getLong("changed")),
        instantOrNull(r, "signed_in"));
  }

  private static Token token(ResultSet r) throws SQLException {
    return new Token(
        r.getString("id"),
        r.getString("name"),
        r.getString("secret_hash"),
        Role.valueOf(r.getString("role")),
        r.getString("owner"),
        instant(r.getLong("created")),
        instantOrNull(r, "expires"),
        instantOrNull(r, "used"));
  }

  @Override
  public List<User> users() {
    return database.query("SELECT * FROM users ORDER BY name", SqliteAccounts::user);
  }

  @Override
  public Optional<User> user(String name) {
    return database.query("SELECT * FROM users WHERE name = ?", SqliteAccounts::user, name).stream()
        .findFirst();
  }

  @Override
  public void addUser(User u) {
    int added =
        database.update(
            "INSERT OR IGNORE INTO users (name, password_hash, role, disabled,"
                + " must_change_password, created, changed, signed_in)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            u.name(),
            u.passwordHash(),
            u.role(),
            u.disabled(),
            u.mustChangePassword(),
            u.created(),
            u.changed(),
            u.signedIn());
    if (added == 0) {
      throw new IllegalStateException("there is a user " + u.name() + " already");
    }
  }

  @Override
  public void changeUser(User u) {
    database.transaction(
        () -> {
          boolean hadAdministrator = hasAdministrator();
          int changed =
              database.update(
                  "UPDATE users SET password_hash = ?, role = ?, disabled = ?,"
                      + " must_change_password = ?, changed = ?, signed_in = ? WHERE name = ?",
                  u.passwordHash(),
                  u.role(),
                  u.disabled(),
                  u.mustChangePassword(),
                  u.changed(),
                  u.signedIn(),
                  u.name());
          if (changed == 0) {
            throw new NoSuchElementException("there is no user " + u.name());
          }
          requireAdministrator(hadAdministrator);
          return changed;
        });
  }

  @Override
  public void signedIn(String name, Instant at) {
    database.update("UPDATE users SET signed_in = ? WHERE name = ?", at, name);
  }

  @Override
  public boolean removeUser(String name) {
    return database.transaction(
        () -> {
          boolean hadAdministrator = hasAdministrator();
          int removed = database.update("DELETE FROM users WHERE name = ?", name);
          requireAdministrator(hadAdministrator);
          database.update("DELETE FROM tokens WHERE owner = ? COLLATE NOCASE", name);
          database.update("DELETE FROM sessions WHERE user = ? COLLATE NOCASE", name);
          database.update("DELETE FROM settings WHERE user = ? COLLATE NOCASE", name);
          return removed > 0;
        });
  }

  private boolean hasAdministrator() {
    return !database
        .query(
            "SELECT 1 FROM users WHERE role = 'ADMINISTRATOR' AND disabled = 0 LIMIT 1",
            r -> r.getInt(1))
        .isEmpty();
  }

  private void requireAdministrator(boolean before) {
    if (before && !hasAdministrator()) {
      throw new IllegalStateException(
          "this is the last enabled administrator: make another one first");
    }
  }

  @Override
  public List<Token> tokens() {
    return database.query("SELECT * FROM tokens ORDER BY created DESC, id", SqliteAccounts::token);
  }

  @Override
  public Optional<Token> tokenBySecretHash(String secretHash) {
    return database
        .query("SELECT * FROM tokens WHERE secret_hash = ?", SqliteAccounts::token, secretHash)
        .stream()
        .findFirst();
  }

  @Override
  public void addToken(Token t) {
    database.update(
        "INSERT INTO tokens (id, name, secret_hash, role, owner, created, expires, used)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        t.id(),
        t.name(),
        t.secretHash(),
        t.role(),
        t.owner(),
        t.created(),
        t.expires(),
        t.used());
  }

  @Override
  public void tokenUsed(String id, Instant at) {
    database.update(
        "UPDATE tokens SET used = ? WHERE id = ? AND (used IS NULL OR used < ?)",
        at,
        id,
        at.minus(Duration.ofMinutes(1)));
  }

  @Override
  public boolean removeToken(String id) {
    return database.update("DELETE FROM tokens WHERE id = ?", id) > 0;
  }

  @Override
  public int removeExpiredTokens(Instant now) {
    return database.update("DELETE FROM tokens WHERE expires <= ?", now);
  }
}
