package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String PATH = "/api/v1/settings/";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  private static TestServer.Answer put(Role role, String key, String value) throws Exception {
    return server.call(
        role,
        "PUT",
        PATH + key,
        TestServer.JSON.writeValueAsString(java.util.Map.of("value", value)));
  }

  @Test
  void keepsWhatEachUserHasChosenApart() throws Exception {
    assertThat(put(Role.ANALYST, "theme", "light").status()).isEqualTo(204);
    assertThat(put(Role.VIEWER, "theme", "dark").status()).isEqualTo(204);
    assertThat(server.get(Role.ANALYST, "/api/v1/settings").json().get("theme").asString())
        .isEqualTo("light");
    assertThat(server.audit.actions()).contains("analyst (token analyst) setting.change theme");
    assertThat(server.call(Role.ANALYST, "DELETE", PATH + "theme", null).status()).isEqualTo(204);
    assertThat(server.call(Role.ANALYST, "DELETE", PATH + "theme", null).status()).isEqualTo(404);
    assertThat(server.get(Role.VIEWER, "/api/v1/settings").json().get("theme").asString())
        .isEqualTo("dark");
  }

  @Test
  void showsNobodyWhatTheServerKeepsForItself() throws Exception {
    for (Role role : Role.values()) {
      assertThat(server.get(role, "/api/v1/settings").text()).doesNotContain("cursor-key");
    }
  }

  @Test
  void refusesKeysAndValuesThatNoConsoleWrites() throws Exception {
    for (String key : new String[] {"Theme", "a_b", ".a", "%20", "a".repeat(65)}) {
      assertThat(put(Role.VIEWER, key, "x").problem().get("status").asInt()).isEqualTo(400);
    }
    assertThat(put(Role.VIEWER, "long", "x".repeat(16 * 1024)).status()).isEqualTo(204);
    assertThat(put(Role.VIEWER, "long", "x".repeat(16 * 1024 + 1)).problem().get("status").asInt())
        .isEqualTo(422);
  }

  @Test
  void keepsAHundredOfAUserAndNoMore() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(put(Role.ENGINEER, "k" + i, "v").status()).isEqualTo(204);
    }
    assertThat(put(Role.ENGINEER, "k100", "v").problem().get("detail").asString())
        .contains("100 settings");
    assertThat(put(Role.ENGINEER, "k5", "w").status()).isEqualTo(204);
  }

  @Test
  void forgetsTheSettingsOfAUserWhoIsRemoved() throws Exception {
    server.post(
        Role.ADMINISTRATOR, "/api/v1/users", "{\"name\":\"short.stay\",\"role\":\"viewer\"}");
    server.accounts.put("short.stay", "theme", "dark");
    assertThat(server.call(Role.ADMINISTRATOR, "DELETE", "/api/v1/users/Short.Stay", null).status())
        .isEqualTo(204);
    assertThat(server.accounts.all("short.stay", "")).isEmpty();
  }
}
