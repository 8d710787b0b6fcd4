package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.Test;

/// Every change is in the audit log: who, from where, what. The calls below are all operations of the OpenAPI document that
/// change something; a new one must be put in, or among the questions.
class AuditTest {
  /// Not GET, but nothing is changed.
  private static final Set<String> QUESTIONS =
      Set.of("searchEvents", "searchAlerts", "checkQuery", "previewSensor", "tryDeadLetter");

  private interface Call {
    TestServer.Answer make() throws Exception;
  }

  private final Map<String, String> actions = new LinkedHashMap<>();
  private final TestServer server;

  AuditTest() throws Exception {
    server = TestServer.get();
  }

  private TestServer.Answer change(String operation, Call call) throws Exception {
    int before = server.audit.entries.size();
    TestServer.Answer answer = call.make();
    assertThat(answer.status()).as(operation + ": " + answer.text()).isBetween(200, 204);
    List<String> made =
        server.audit.entries.subList(before, server.audit.entries.size()).stream()
            .map(e -> e.action() + (e.who().isEmpty() || e.from().isEmpty() ? " by nobody" : ""))
            .toList();
    actions.put(operation, String.join(", ", new TreeSet<>(made)));
    return answer;
  }

  private TestServer.Answer config(String method, String tag, String text) throws Exception {
    String body = text == null ? null : "{\"text\":\"" + text + "\"}";
    var request = server.as(Role.ENGINEER, method, "/api/v1/config/files/sensors/audit.yaml", body);
    return server.send(
        request
            .header(tag == null ? "If-None-Match" : "If-Match", tag == null ? "*" : tag)
            .build());
  }

  @Test
  void everyChangeLeavesAnEntry() throws Exception {
    String users = "/api/v1/users";
    String password =
        change(
                "createUser",
                () ->
                    server.post(
                        Role.ADMINISTRATOR, users, "{\"name\":\"audited\",\"role\":\"viewer\"}"))
            .json()
            .get("oneTimePassword")
            .asString();
    change(
        "changeUser",
        () ->
            server.call(Role.ADMINISTRATOR, "PATCH", users + "/audited", "{\"role\":\"analyst\"}"));
    change("signIn", () -> server.signIn("audited", password));
    var browser = server.browser("audited", password);
    String passwords =
        "{\"current\":\"" + password + "\",\"replacement\":\"a much better secret\"}";
    change("changePassword", () -> browser.call("PUT", "/api/v1/session/password", passwords));
    var again = server.browser("audited", "a much better secret");
    change("putSetting", () -> again.call("PUT", "/api/v1/settings/theme", "{\"value\":\"dark\"}"));
    change("deleteSetting", () -> again.call("DELETE", "/api/v1/settings/theme", null));
    change("exportEvents", () -> again.call("GET", "/api/v1/events/export", null));
    change("signOut", () -> again.call("DELETE", "/api/v1/session", null));
    change("deleteUser", () -> server.call(Role.ADMINISTRATOR, "DELETE", users + "/audited", null));

    String token =
        change(
                "createToken",
                () ->
                    server.post(
                        Role.ADMINISTRATOR,
                        "/api/v1/tokens",
                        "{\"name\":\"audited\",\"role\":\"viewer\"}"))
            .json()
            .get("token")
            .get("id")
            .asString();
    change(
        "deleteToken",
        () -> server.call(Role.ADMINISTRATOR, "DELETE", "/api/v1/tokens/" + token, null));

    server.alerts.add(List.of(TestServer.event("alert-audited", "10.0.0.1", TestServer.START)));
    String alert = "/api/v1/alerts/alert-audited";
    change(
        "changeAlert",
        () ->
            server.send(
                server
                    .as(Role.ANALYST, "PATCH", alert, "{\"status\":\"open\"}")
                    .header("If-Match", "\"1\"")
                    .build()));
    change(
        "changeAlerts",
        () ->
            server.post(
                Role.ANALYST,
                "/api/v1/alerts/bulk",
                "{\"ids\":[{\"id\":\"alert-audited\",\"version\":2}],\"status\":\"resolved\"}"));
    String comment =
        change(
                "addComment",
                () -> server.post(Role.ANALYST, alert + "/comments", "{\"text\":\"seen\"}"))
            .json()
            .get("comments")
            .get(0)
            .get("id")
            .asString();
    change(
        "deleteComment",
        () -> server.call(Role.ANALYST, "DELETE", alert + "/comments/" + comment, null));

    server.letters.add("dl-audited", "bad line");
    change(
        "replayDeadLetter",
        () ->
            server.post(
                Role.ENGINEER, "/api/v1/dead-letters/dl-audited/replay", "{\"text\":\"ok\"}"));

    change(
        "loadIndicators",
        () ->
            server.send(
                HttpRequest.newBuilder(server.uri("/api/v1/intel/indicators?source=audited"))
                    .header("Authorization", "Bearer " + server.token(Role.ENGINEER))
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofString("192.0.2.77\n"))
                    .build()));
    change(
        "deleteIndicator",
        () -> server.call(Role.ENGINEER, "DELETE", "/api/v1/intel/indicators/192.0.2.77", null));

    String tag = change("putConfigFile", () -> config("PUT", null, "name: a")).header("ETag");
    String revision =
        server.get(Role.ENGINEER, "/api/v1/config/history").json().get(0).get("id").asString();
    change("deleteConfigFile", () -> config("DELETE", tag, null));
    change(
        "rollbackConfig",
        () ->
            server.post(
                Role.ENGINEER, "/api/v1/config/rollback", "{\"revision\":\"" + revision + "\"}"));

    assertThat(actions.values()).noneMatch(String::isEmpty).noneMatch(a -> a.contains("nobody"));
    Set<String> changing = new TreeSet<>(Set.of("exportEvents"));
    TestServer.JSON
        .readTree(
            Files.readAllBytes(
                Path.of(System.getProperty("metron.openapi.document", "openapi.json"))))
        .get("paths")
        .forEach(
            path ->
                path.properties()
                    .forEach(
                        method -> {
                          String id = method.getValue().get("operationId").asString();
                          if (!method.getKey().equals("get") && !QUESTIONS.contains(id)) {
                            changing.add(id);
                          }
                        }));
    assertThat(actions.keySet()).containsExactlyInAnyOrderElementsOf(changing);
  }
}
