package metron.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import metron.storage.AccountStore.Role;
import metron.storage.AccountStore.Token;
import metron.storage.AccountStore.User;
import metron.storage.AuditLog;
import metron.storage.SessionStore.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.000001Z");

  @TempDir Path dir;

  private SqliteDatabase open() throws Exception {
    return SqliteDatabase.open(dir.resolve("metron.db"));
  }

  private static User user(String name, Role role) {
    return new User(name, "$argon2id$x", role, false, true, NOW, NOW, null);
  }

  @Test
  void keepsUsersTokensSessionsAndSettingsOverARestart() throws Exception {
    User anna = user("Anna", Role.ADMINISTRATOR);
    Token token =
        new Token("t1", "scripts", "ab", Role.VIEWER, "Anna", NOW, NOW.plusSeconds(9), null);
    Session session = new Session("cd", "Anna", "", NOW, NOW, NOW.plusSeconds(60));
    try (SqliteDatabase db = open()) {
      db.accounts().addUser(anna);
      db.accounts().addToken(token);
      db.sessions().add(session);
      db.settings().put("Anna", "search.1", "{}");
    }
    try (SqliteDatabase db = open()) {
      assertThat(db.accounts().user("anna")).contains(anna);
      assertThat(db.accounts().tokenBySecretHash("ab")).contains(token);
      assertThat(db.sessions().find("cd", NOW)).contains(session);
      assertThat(db.sessions().find("cd", NOW.plusSeconds(60))).isEmpty();
      assertThat(db.settings().all("Anna", "search.")).containsEntry("search.1", "{}");
      assertThat(db.accounts().removeExpiredTokens(NOW.plusSeconds(9))).isEqualTo(1);
    }
  }

  @Test
  void keepsOneAdministrator() throws Exception {
    try (SqliteDatabase db = open()) {
      db.accounts().addUser(user("anna", Role.ADMINISTRATOR));
      db.accounts().addUser(user("bert", Role.ANALYST));
      assertThatThrownBy(() -> db.accounts().addUser(user("ANNA", Role.VIEWER)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> db.accounts().removeUser("anna"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("last enabled administrator");
      assertThatThrownBy(() -> db.accounts().changeUser(user("anna", Role.VIEWER)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(db.accounts().users()).extracting(User::role).contains(Role.ADMINISTRATOR);
      assertThat(db.accounts().removeUser("bert")).isTrue();
    }
  }

  @Test
  void theAuditLogNamesTheFirstEntryThatWasChanged() throws Exception {
    String last;
    try (SqliteDatabase db = open()) {
      AuditLog audit = db.audit();
      for (int i = 0; i < 25; i++) {
        audit.append(NOW.plusSeconds(i), "anna", "127.0.0.1", "user.add", "u" + i, "{}");
      }
      AuditLog.Page page = audit.page(null, 10);
      assertThat(page.entries()).extracting(AuditLog.Entry::number).startsWith(25L, 24L);
      assertThat(audit.page(page.next(), 100).entries()).hasSize(15);
      last = page.entries().getFirst().hash();
      assertThat(audit.verify()).isEqualTo(new AuditLog.Verification.Intact(25, last));
    }
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("metron.db"));
        Statement s = c.createStatement()) {
      assertThatThrownBy(() -> s.execute("UPDATE audit SET who = 'eve' WHERE number = 7"))
          .hasMessageContaining("append-only");
      s.execute("DROP TRIGGER audit_keeps_values");
      s.execute("UPDATE audit SET who = 'eve' WHERE number = 7");
    }
    try (SqliteDatabase db = open()) {
      assertThat(db.audit().verify())
          .isInstanceOfSatisfying(
              AuditLog.Verification.Broken.class, b -> assertThat(b.number()).isEqualTo(7));
      for (String cursor : List.of("", "x", "1e9")) {
        assertThatThrownBy(() -> db.audit().page(cursor, 1))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
