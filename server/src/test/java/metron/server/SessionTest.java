package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import metron.server.account.Accounts;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  @Test
  void signsInWithACookieThatNoScriptCanRead() throws Exception {
    var answer = server.signIn("analyst", TestServer.PASSWORD);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("name").asString()).isEqualTo("analyst");
    assertThat(answer.json().get("role").asString()).isEqualTo("analyst");
    assertThat(answer.json().get("mustChangePassword").asBoolean()).isFalse();
    assertThat(answer.raw().headers().allValues("Set-Cookie"))
        .anyMatch(
            c ->
                c.startsWith("METRON_SESSION=")
                    && c.contains("HttpOnly")
                    && c.contains("SameSite=Strict"))
        .anyMatch(c -> c.startsWith("XSRF-TOKEN=") && !c.contains("HttpOnly"));
    assertThat(server.accounts.sessions).doesNotContainKey(answer.cookie("METRON_SESSION"));
    assertThat(server.audit.actions()).contains("analyst sign-in analyst");
  }

  @Test
  void saysWhoIsSignedInAndForgetsAtSignOut() throws Exception {
    var browser = server.browser("viewer", TestServer.PASSWORD);
    assertThat(browser.call("GET", "/api/v1/session", null).json().get("name").asString())
        .isEqualTo("viewer");
    assertThat(browser.call("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
    var after = browser.call("GET", "/api/v1/session", null);
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.problem().get("detail").asString()).contains("POST /api/v1/session");
  }

  @Test
  void refusesAChangeWithoutTheCsrfTokenOfTheSession() throws Exception {
    var browser = server.browser("analyst", TestServer.PASSWORD);
    var other = server.browser("analyst", TestServer.PASSWORD);
    String path = "/api/v1/alerts/search";
    String body = "{\"query\":\"\"}";
    for (String token : new String[] {null, "", "x", other.csrf()}) {
      var request = browser.request("POST", path, body);
      if (token != null) {
        request.header("X-XSRF-TOKEN", token);
      }
      var answer = server.send(request.build());
      assertThat(answer.status()).as("token " + token).isEqualTo(403);
      assertThat(answer.problem().get("type").asString()).isEqualTo("urn:metron:problem:csrf");
    }
    assertThat(browser.call("POST", path, body).status()).isEqualTo(200);
  }

  @Test
  void endsAnIdleSessionAndAnOldOne() throws Exception {
    var idle = server.browser("viewer", TestServer.PASSWORD);
    server.clock.advance(Duration.ofMinutes(119));
    assertThat(idle.call("GET", "/api/v1/session", null).status()).isEqualTo(200);
    server.clock.advance(Duration.ofMinutes(121));
    assertThat(idle.call("GET", "/api/v1/session", null).status()).isEqualTo(401);

    var busy = server.browser("viewer", TestServer.PASSWORD);
    for (int hour = 1; hour < 12; hour++) {
      server.clock.advance(Duration.ofHours(1));
      assertThat(busy.call("GET", "/api/v1/session", null).status()).isEqualTo(200);
    }
    server.clock.advance(Duration.ofHours(1));
    assertThat(busy.call("GET", "/api/v1/session", null).status()).isEqualTo(401);
  }

  @Test
  void limitsTriesForAnAccountAndTellsHowLongToWait() throws Exception {
    server.clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      assertThat(server.signIn("Nobody", "wrong password " + i).status()).isEqualTo(401);
    }
    var limited = server.signIn("nobody", "wrong again");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("30");
    assertThat(limited.problem().get("detail").asString()).contains("30 seconds");
    server.clock.advance(Duration.ofSeconds(30));
    assertThat(server.signIn("nobody", "wrong again").status()).isEqualTo(401);
    assertThat(server.signIn("nobody", "wrong again").status()).isEqualTo(429);
    assertThat(server.audit.actions())
        .contains(" sign-in.failed nobody", " sign-in.limited nobody");
    server.clock.advance(Duration.ofHours(1));
  }

  @Test
  void limitsTriesFromAnAddressOverAllAccounts() throws Exception {
    server.clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 30; i++) {
      assertThat(server.signIn("stranger" + i, "wrong password").status()).isEqualTo(401);
    }
    assertThat(server.signIn("stranger99", "wrong password").status()).isEqualTo(429);
    server.clock.advance(Duration.ofHours(1));
  }

  @Test
  void tellsNotWhetherTheUserExists() throws Exception {
    var unknown = server.signIn("no-such-user", "wrong password");
    var known = server.signIn("engineer", "wrong password");
    assertThat(known.status()).isEqualTo(401);
    assertThat(known.text()).isEqualTo(unknown.text());
  }

  @Test
  void letsAOneTimePasswordDoNothingButBeChanged() throws Exception {
    var created =
        server.post(
            Role.ADMINISTRATOR, "/api/v1/users", "{\"name\":\"newcomer\",\"role\":\"analyst\"}");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String password = created.json().get("oneTimePassword").asString();
    assertThat(password).hasSizeGreaterThanOrEqualTo(24);
    var browser = server.browser("newcomer", password);
    var refused = browser.call("POST", "/api/v1/alerts/search", "{\"query\":\"\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem().get("type").asString())
        .isEqualTo("urn:metron:problem:password-change-required");

    String path = "/api/v1/session/password";
    var wrong =
        browser.call("PUT", path, "{\"current\":\"x\",\"replacement\":\"a much better secret\"}");
    assertThat(wrong.status()).isEqualTo(422);
    var easy =
        browser.call(
            "PUT", path, "{\"current\":\"" + password + "\",\"replacement\":\"newcomer-1234\"}");
    assertThat(easy.problem().get("detail").asString()).contains("user name");
    var changed =
        browser.call(
            "PUT",
            path,
            "{\"current\":\"" + password + "\",\"replacement\":\"a much better secret\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().get("mustChangePassword").asBoolean()).isFalse();
    // The old session has ended with the old password.
    assertThat(browser.call("GET", "/api/v1/session", null).status()).isEqualTo(401);
    var again = server.browser("newcomer", "a much better secret");
    assertThat(again.call("POST", "/api/v1/alerts/search", "{\"query\":\"\"}").status())
        .isEqualTo(200);
    assertThat(server.call(Role.ADMINISTRATOR, "DELETE", "/api/v1/users/newcomer", null).status())
        .isEqualTo(204);
    assertThat(again.call("GET", "/api/v1/session", null).status()).isEqualTo(401);
  }

  @Test
  void takesARoleAwayAtOnce() throws Exception {
    String body = "{\"name\":\"falling\",\"role\":\"engineer\"}";
    var created = server.post(Role.ADMINISTRATOR, "/api/v1/users", body);
    String password = created.json().get("oneTimePassword").asString();
    server.browser("falling", password);
    var token =
        new AccountStore.Token(
            "t-falling",
            "t",
            "d0a3b4d3a4ee3f6d3a4f1e3f0a2c9c0a0c8fbf8b4f0e2b7e1f6f3a8f3d0e5c11",
            Role.ENGINEER,
            "falling",
            server.clock.instant(),
            null,
            null);
    server.accounts.addToken(token);
    var disabled =
        server.call(Role.ADMINISTRATOR, "PATCH", "/api/v1/users/falling", "{\"disabled\":true}");
    assertThat(disabled.status()).as(disabled.text()).isEqualTo(200);
    assertThat(server.signIn("falling", password).status()).isEqualTo(401);
    assertThat(server.accounts.sessions.values()).noneMatch(s -> s.user().equals("falling"));
  }

  @Test
  void keepsTheLastAdministrator() throws Exception {
    assertThat(
            server.call(Role.ADMINISTRATOR, "DELETE", "/api/v1/users/administrator", null).status())
        .isEqualTo(409);
    var self =
        server.call(
            Role.ADMINISTRATOR, "PATCH", "/api/v1/users/administrator", "{\"role\":\"viewer\"}");
    assertThat(self.status()).isEqualTo(409);
  }

  @Test
  void makesATokenThatIsShownOnceAndEndsWithItsTime() throws Exception {
    String expires = server.clock.instant().plus(Duration.ofHours(1)).toString();
    var made =
        server.post(
            Role.ADMINISTRATOR,
            "/api/v1/tokens",
            "{\"name\":\"script\",\"role\":\"viewer\",\"expires\":\"" + expires + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String secret = made.json().get("secret").asString();
    String id = made.json().get("token").get("id").asString();
    var request =
        server
            .request("POST", "/api/v1/alerts/search", "{\"query\":\"\"}")
            .header("Authorization", "Bearer " + secret);
    assertThat(server.send(request.build()).status()).isEqualTo(200);
    assertThat(server.get(Role.ADMINISTRATOR, "/api/v1/tokens").text())
        .contains(id)
        .doesNotContain(secret);
    assertThat(server.accounts.tokens.values()).noneMatch(t -> t.secretHash().contains(secret));
    server.clock.advance(Duration.ofMinutes(61));
    var late = server.send(request.build());
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.problem().get("type").asString()).isEqualTo("urn:metron:problem:token");
  }

  @Test
  void makesOneFirstAdministratorOnly() {
    var store = new Memory.Accounts();
    var audit = new Memory.Audits();
    var accounts = new Accounts(store, store, audit, server.clock, Accounts.SessionTimes.DEFAULT);
    Optional<String> password = accounts.ensureAdministrator();
    assertThat(password.orElse("")).hasSizeGreaterThanOrEqualTo(24);
    assertThat(store.users().getFirst().mustChangePassword()).isTrue();
    assertThat(store.users().getFirst().passwordHash()).startsWith("$argon2id$");
    assertThat(accounts.ensureAdministrator()).isEmpty();
    String first = accounts.renewLocalToken();
    String second = accounts.renewLocalToken();
    assertThat(first).isNotEqualTo(second);
    assertThat(store.tokens()).hasSize(1);
  }

  @Test
  void keepsSessionsOverARestart() throws Exception {
    var browser = server.browser("viewer", TestServer.PASSWORD);
    try (RunningServer other = MetronServer.start(ServerConfig.loopback(0, "1"), server.parts())) {
      var request =
          browser
              .request("GET", "/api/v1/session", null)
              .uri(java.net.URI.create("http://127.0.0.1:" + other.port() + "/api/v1/session"));
      assertThat(server.send(request.build()).status()).isEqualTo(200);
    }
  }
}
