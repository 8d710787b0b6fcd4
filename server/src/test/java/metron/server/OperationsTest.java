package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import metron.server.health.HealthSource;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  @Test
  void tellsWhichPartIsNotWellAndWhy() throws Exception {
    assertThat(server.get(null, "/health").json().get("status").asString()).isEqualTo("ok");
    server.health.log = HealthSource.Status.DOWN;
    try {
      var down = server.get(null, "/health");
      assertThat(down.status()).isEqualTo(503);
      assertThat(down.json().get("status").asString()).isEqualTo("down");
      assertThat(down.json().get("parts").get(0).get("reason").asString())
          .contains("does not answer");
    } finally {
      server.health.log = HealthSource.Status.OK;
    }
    var health = server.get(Role.VIEWER, "/api/v1/health").json();
    assertThat(health.get("ledger").get("difference").asLong()).isZero();
    assertThat(health.get("sensors").get(0).get("eventsPerSecond").asDouble()).isEqualTo(12.5);
    assertThat(health.get("store").get("documents").asLong()).isEqualTo(30);
    assertThat(health.get("version").asString()).isEqualTo("1.0");
  }

  @Test
  void givesPrometheusItsNumbers() throws Exception {
    server.get(Role.VIEWER, "/api/v1/sensors");
    var answer = server.get(null, "/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains(
            "metron_sensor_received_total{sensor=\"zeek\"} 100.0",
            "metron_sensor_lag{sensor=\"zeek\"} 3.0",
            "metron_ledger_difference 0.0",
            "metron_event_store_documents 30.0",
            "metron_part_status{part=\"log\"} 0.0",
            "metron_indicators",
            "jvm_memory_used_bytes",
            "http_server_requests_seconds_count");
  }

  @Test
  void triesLinesWithoutKeepingThem() throws Exception {
    var answer =
        server.post(
            Role.ANALYST, "/api/v1/sensors/bro/preview", "{\"lines\":[\"ok 1\",\"#c\",\"bad\"]}");
    assertThat(answer.json().get(0).get("events").get(0).get("message").asString())
        .isEqualTo("ok 1");
    assertThat(answer.json().get(1).get("filtered").asString()).isEqualTo("comment");
    assertThat(answer.json().get(2).get("rejected").get("stage").asString()).isEqualTo("parse");
    assertThat(server.post(Role.ANALYST, "/api/v1/sensors/none/preview", "{\"lines\":[]}").status())
        .isEqualTo(404);
  }

  @Test
  void mendsAndReplaysADeadLetter() throws Exception {
    server.letters.add("dl-1", "bad 1");
    server.letters.add("dl-2", "bad 2");
    var list =
        server.get(Role.VIEWER, "/api/v1/dead-letters?sensor=zeek&stage=parse&size=1").json();
    assertThat(list.get("items").get(0).get("text").asString()).isEqualTo("bad 2");
    assertThat(list.get("items").get(0).get("base64").asString()).isEqualTo("YmFkIDI=");
    String next = list.get("next").asString();
    var second =
        server.get(
            Role.VIEWER, "/api/v1/dead-letters?sensor=zeek&stage=parse&size=1&cursor=" + next);
    assertThat(second.json().get("items").get(0).get("id").asString()).isEqualTo("dl-1");
    assertThat(server.get(Role.VIEWER, "/api/v1/dead-letters?cursor=" + next).status())
        .isEqualTo(400);
    String path = "/api/v1/dead-letters/dl-1";
    assertThat(server.post(Role.ANALYST, path + "/try", "{}").json().has("rejected")).isTrue();
    assertThat(server.post(Role.ANALYST, path + "/try", "{\"text\":\"ok\"}").json().get("events"))
        .hasSize(1);
    var replayed =
        server.post(Role.ENGINEER, path + "/replay", "{\"text\":\"ok\",\"sensor\":\"bro\"}");
    assertThat(replayed.json().get("origin").asString()).isEqualTo("raw.zeek/0/99");
    assertThat(server.letters.replayed).contains("zeek: ok");
    assertThat(server.post(Role.ENGINEER, path + "/replay", "{}").status()).isEqualTo(404);
    assertThat(server.audit.actions()).anyMatch(a -> a.contains("dead-letter.replay dl-1"));
  }

  @Test
  void loadsAndRemovesIndicators() throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/intel/indicators?source=list"))
            .header("Authorization", "Bearer " + server.token(Role.ENGINEER))
            .header("Content-Type", "text/csv; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString("192.0.2.1\nrubbish\n192.0.2.2\n"));
    var loaded = server.send(request.build());
    assertThat(loaded.status()).as(loaded.text()).isEqualTo(200);
    assertThat(loaded.json().get("loaded").asLong()).isEqualTo(2);
    assertThat(loaded.json().get("rejected").get(0).get("line").asLong()).isEqualTo(2);
    assertThat(server.get(Role.ENGINEER, "/api/v1/intel/indicators?prefix=192").json()).hasSize(2);
    String one = "/api/v1/intel/indicators/192.0.2.1";
    assertThat(server.call(Role.ENGINEER, "DELETE", one, null).status()).isEqualTo(204);
    assertThat(server.call(Role.ENGINEER, "DELETE", one, null).status()).isEqualTo(404);
  }

  private static TestServer.Answer put(String path, String header, String value, String text)
      throws Exception {
    var request =
        server.as(
            Role.ENGINEER, "PUT", "/api/v1/config/files/" + path, "{\"text\":\"" + text + "\"}");
    return server.send(request.header(header, value).build());
  }

  @Test
  void changesConfigurationWithHistoryAndRollback() throws Exception {
    var made = put("sensors/x.yaml", "If-None-Match", "*", "name: x");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String tag = made.header("ETag");
    assertThat(put("sensors/x.yaml", "If-None-Match", "*", "name: y").status()).isEqualTo(412);
    var faulty = put("sensors/x.yaml", "If-Match", tag, "fault: 1");
    assertThat(faulty.status()).isEqualTo(422);
    assertThat(faulty.problem().get("errors").get(0).get("line").asInt()).isEqualTo(3);
    var changed = put("sensors/x.yaml", "If-Match", tag, "name: z");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(put("sensors/x.yaml", "If-Match", tag, "name: w").status()).isEqualTo(412);
    var history = server.get(Role.ENGINEER, "/api/v1/config/history").json();
    assertThat(history.get(0).get("author").asString()).isEqualTo("engineer");
    String first = history.get(1).get("id").asString();
    assertThat(
            server
                .post(Role.ENGINEER, "/api/v1/config/rollback", "{\"revision\":\"" + first + "\"}")
                .status())
        .isEqualTo(200);
    assertThat(
            server
                .get(Role.ENGINEER, "/api/v1/config/files/sensors/x.yaml")
                .json()
                .get("text")
                .asString())
        .isEqualTo("name: x");
    assertThat(server.get(Role.ENGINEER, "/api/v1/config/files/../secret").status())
        .isBetween(400, 404);
    assertThat(
            server.post(Role.ENGINEER, "/api/v1/config/rollback", "{\"revision\":\"zz\"}").status())
        .isEqualTo(404);
  }

  @Test
  void pagesThroughTheAuditLog() throws Exception {
    server.get(Role.ANALYST, "/api/v1/events/export");
    server.get(Role.ANALYST, "/api/v1/events/export");
    var page = server.get(Role.ADMINISTRATOR, "/api/v1/audit?size=1").json();
    assertThat(page.get("items").get(0).get("action").asString()).isEqualTo("events.export");
    assertThat(page.get("items").get(0).get("from").asString()).isEqualTo("127.0.0.1");
    var next =
        server.get(
            Role.ADMINISTRATOR, "/api/v1/audit?size=1&cursor=" + page.get("next").asString());
    assertThat(next.json().get("items").get(0).get("number").asLong())
        .isEqualTo(page.get("items").get(0).get("number").asLong() - 1);
  }

  @Test
  void servesTheConsoleAndItsPages() throws Exception {
    for (String path : new String[] {"/", "/alerts/some-id", "/index.html"}) {
      var page = server.get(null, path);
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.text()).contains("console of the tests");
      assertThat(page.header("Cache-Control")).contains("no-cache");
    }
    var asset = server.get(null, "/assets/app-1a2b.js");
    assertThat(asset.status()).isEqualTo(200);
    assertThat(asset.header("Cache-Control")).contains("immutable", "max-age=31536000");
    assertThat(asset.header("Content-Type")).startsWith("text/javascript");
    assertThat(server.get(null, "/assets/none.js").status()).isEqualTo(404);
    assertThat(server.get(null, "/../application.properties").status()).isBetween(400, 404);
    assertThat(server.get(null, "/api/v1/openapi.json").json().get("openapi").asString())
        .isEqualTo("3.1.0");
  }
}
