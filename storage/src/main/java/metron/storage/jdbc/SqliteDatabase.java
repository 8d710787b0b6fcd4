package metron.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.storage.AccountStore;
import metron.storage.AuditLog;
import metron.storage.SessionStore;
import metron.storage.SettingsStore;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// The embedded relational store: one file, write-ahead log, one connection used by one thread at a time. The console's few
/// writes a second wait for each other here for less than a disk's sync.
///
/// The schema is the scripts `schema/1.sql`, `schema/2.sql`, …, each run once, in one transaction; SQLite's `user_version` says
/// how far a file has come. A script that was released is never changed.
public final class SqliteDatabase implements AutoCloseable {
  private static final int SCHEMA = 1;

  private final Path file;
  private final Connection connection;

  private SqliteDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the file, or makes it; only its owner may read it.
  public static SqliteDatabase open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!Files.exists(file)) {
      Files.createFile(
          file,
          java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
              java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    try {
      SqliteDatabase database =
          new SqliteDatabase(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
      try {
        database.migrate();
      } catch (SQLException | IOException | RuntimeException e) {
        database.close();
        throw e;
      }
      return database;
    } catch (SQLException e) {
      throw new IOException(file + " can't be opened as a database: " + e.getMessage(), e);
    }
  }

  private void migrate() throws SQLException, IOException {
    int version;
    try (Statement s = connection.createStatement();
        ResultSet r = s.executeQuery("PRAGMA user_version")) {
      version = r.getInt(1);
    }
    if (version > SCHEMA) {
      throw new IOException(
          file
              + " has schema "
              + version
              + ", this version of Metron knows up to "
              + SCHEMA
              + ": start the version that wrote it, or restore a copy made before");
    }
    for (int next = version + 1; next <= SCHEMA; next++) {
      try (InputStream in = SqliteDatabase.class.getResourceAsStream("schema/" + next + ".sql")) {
        if (in == null) {
          throw new IOException("resource schema/" + next + ".sql is missing from the jar");
        }
        String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
          for (String statement : script.split(";\\s*\n\\s*\n")) {
            if (!statement.isBlank()) {
              s.execute(statement);
            }
          }
          s.execute("PRAGMA user_version = " + next);
          connection.commit();
        } catch (SQLException e) {
          connection.rollback();
          throw e;
        } finally {
          connection.setAutoCommit(true);
        }
      }
    }
  }

  public AccountStore accounts() {
    return new SqliteAccounts(this);
  }

  public SessionStore sessions() {
    return new SqliteSessions(this);
  }

  public SettingsStore settings() {
    return new SqliteSettings(this);
  }

  public AuditLog audit() {
    return new SqliteAudit(this);
  }

  /// Statements that belong together; all of them or none.
  interface Work<T> {
    T run() throws SQLException;
  }

  synchronized <T> T transaction(Work<T> work) {
    try {
      connection.setAutoCommit(false);
      try {
        T result = work.run();
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  interface Row<T> {
    T read(ResultSet r) throws SQLException;
  }

  synchronized <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
    try (PreparedStatement s = prepare(sql, parameters);
        ResultSet r = s.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (r.next()) {
        rows.add(row.read(r));
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// @return rows changed
  synchronized int update(String sql, @Nullable Object... parameters) {
    try (PreparedStatement s = prepare(sql, parameters)) {
      return s.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement s = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object p = parameters[i];
      switch (p) {
        case null -> s.setObject(i + 1, null);
        case Instant t -> s.setLong(i + 1, micros(t));
        case Boolean b -> s.setInt(i + 1, b ? 1 : 0);
        case Enum<?> e -> s.setString(i + 1, e.name());
        default -> s.setObject(i + 1, p);
      }
    }
    return s;
  }

  static long micros(Instant t) {
    return Math.addExact(Math.multiplyExact(t.getEpochSecond(), 1_000_000L), t.getNano() / 1000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }

  static @Nullable Instant instantOrNull(ResultSet r, String column) throws SQLException {
    long micros = r.getLong(column);
    return r.wasNull() ? null : instant(micros);
  }

  private UncheckedIOException failed(SQLException e) {
    String message =
        e.getMessage() != null && e.getMessage().contains("SQLITE_FULL")
            ? "the disk that holds " + file + " is full; free space there"
            : file + ": " + e.getMessage();
    return new UncheckedIOException(new IOException(message, e));
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(file + " can't be closed: " + e.getMessage(), e);
    }
  }
}
