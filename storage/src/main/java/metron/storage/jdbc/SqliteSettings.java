package metron.storage.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import metron.storage.SettingsStore;

final class SqliteSettings implements SettingsStore {
  private final SqliteDatabase database;

  SqliteSettings(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<String> get(String user, String key) {
    return database
        .query(
            "SELECT value FROM settings WHERE user = ? AND key = ?", r -> r.getString(1), user, key)
        .stream()
        .findFirst();
  }

  @Override
  public Map<String, String> all(String user, String prefix) {
    Map<String, String> all = new LinkedHashMap<>();
    var _ =
        database.query(
            "SELECT key, value FROM settings WHERE user = ? AND substr(key, 1, ?) = ? ORDER BY key",
            r -> all.put(r.getString(1), r.getString(2)) == null,
            user,
            prefix.length(),
            prefix);
    return all;
  }

  @Override
  public void put(String user, String key, String value) {
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException(
          "the value of "
              + key
              + " has "
              + value.length()
              + " characters, expected at most "
              + MAX_VALUE);
    }
    database.update(
        "INSERT INTO settings (user, key, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (user, key) DO UPDATE SET value = excluded.value",
        user,
        key,
        value);
  }

  @Override
  public boolean remove(String user, String key) {
    return database.update("DELETE FROM settings WHERE user = ? AND key = ?", user, key) > 0;
  }
}
