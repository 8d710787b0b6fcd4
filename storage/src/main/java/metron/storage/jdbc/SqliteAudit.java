package metron.storage.jdbc;

import static metron.storage.jdbc.SqliteDatabase.instant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import metron.storage.AuditLog;
import org.jspecify.annotations.Nullable;

/// Triggers in the schema refuse `UPDATE` and `DELETE`, so only somebody with the file in hand can change a row.
final class SqliteAudit implements AuditLog {
  private static final String START = "0".repeat(64);

  private final SqliteDatabase database;

  SqliteAudit(SqliteDatabase database) {
    this.database = database;
  }

  private static Entry entry(ResultSet r) throws SQLException {
    return new Entry(
        r.getLong("number"),
        instant(r.getLong("at")),
        r.getString("who"),
        r.getString("from_address"),
        r.getString("action"),
        r.getString("target"),
        r.getString("detail"),
        r.getString("hash"));
  }

  @Override
  public Entry append(
      Instant when, String who, String from, String action, String target, String detail) {
    Instant at = when.truncatedTo(ChronoUnit.MICROS);
    return database.transaction(
        () -> {
          List<Entry> last =
              database.query(
                  "SELECT * FROM audit ORDER BY number DESC LIMIT 1", SqliteAudit::entry);
          long number = last.isEmpty() ? 1 : last.getFirst().number() + 1;
          String before = last.isEmpty() ? START : last.getFirst().hash();
          Entry entry =
              new Entry(
                  number,
                  at,
                  who,
                  from,
                  action,
                  target,
                  detail,
                  hash(before, number, at, who, from, action, target, detail));
          database.update(
              "INSERT INTO audit (number, at, who, from_address, action, target, detail, hash)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              number,
              at,
              who,
              from,
              action,
              target,
              detail,
              entry.hash());
          return entry;
        });
  }

  @Override
  public Page page(@Nullable String cursor, int size) {
    if (size < 1 || size > 1000) {
      throw new IllegalArgumentException("size is " + size + ", expected 1 to 1000");
    }
    long before = Long.MAX_VALUE;
    if (cursor != null) {
      try {
        before = Long.parseLong(cursor);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "the cursor does not belong to the audit log: start again without one", e);
      }
    }
    List<Entry> entries =
        database.query(
            "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
            SqliteAudit::entry,
            before,
            size + 1);
    return entries.size() <= size
        ? new Page(entries, null)
        : new Page(
            List.copyOf(entries.subList(0, size)), Long.toString(entries.get(size - 1).number()));
  }

  @Override
  public Verification verify() {
    String before = START;
    long expected = 1;
    while (true) {
      List<Entry> entries =
          database.query(
              "SELECT * FROM audit WHERE number >= ? ORDER BY number LIMIT 1000",
              SqliteAudit::entry,
              expected);
      if (entries.isEmpty()) {
        return new Verification.Intact(expected - 1, before);
      }
      for (Entry e : entries) {
        if (e.number() != expected) {
          return new Verification.Broken(
              expected, "entry " + expected + " is missing, the next is " + e.number());
        }
        String hash =
            hash(before, e.number(), e.at(), e.who(), e.from(), e.action(), e.target(), e.detail());
        if (!hash.equals(e.hash())) {
          return new Verification.Broken(
              expected, "entry " + expected + " does not fit its hash: it was changed");
        }
        before = hash;
        expected++;
      }
    }
  }

  private static String hash(String before, long number, Instant at, String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      part(digest, before);
      part(digest, Long.toString(number));
      part(digest, at.toString());
      for (String part : parts) {
        part(digest, part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void part(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
