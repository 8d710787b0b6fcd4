package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

class AlertTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  private static String alert(String id) {
    server.alerts.add(List.of(TestServer.event(id, "10.0.0.1", TestServer.START)));
    return "/api/v1/alerts/" + id;
  }

  private static TestServer.Answer patch(String path, String ifMatch, String body)
      throws Exception {
    var request = server.as(Role.ANALYST, "PATCH", path, body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return server.send(request.build());
  }

  @Test
  void showsWhyItFired() throws Exception {
    var answer = server.get(Role.VIEWER, alert("alert-why"));
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    JsonNode view = answer.json();
    assertThat(view.get("status").asString()).isEqualTo("new");
    assertThat(view.has("assignee")).isFalse();
    JsonNode contribution = view.get("contributions").get(0);
    assertThat(contribution.get("kind").asString()).isEqualTo("indicator");
    assertThat(contribution.get("score").asDouble()).isEqualTo(80);
  }

  @Test
  void changesOnlyTheVersionThatWasSeen() throws Exception {
    String path = alert("alert-edit");
    assertThat(patch(path, null, "{\"status\":\"open\"}").status()).isEqualTo(428);
    assertThat(patch(path, "x", "{\"status\":\"open\"}").status()).isEqualTo(400);
    var changed = patch(path, "\"1\"", "{\"status\":\"open\",\"assignee\":\"analyst\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.json().get("assignee").asString()).isEqualTo("analyst");
    assertThat(changed.json().get("history")).hasSize(2);
    var late = patch(path, "\"1\"", "{\"status\":\"dismissed\"}");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.problem().get("detail").asString()).contains("version 2", "version 1");
    assertThat(patch(path, "\"2\"", "{\"assignee\":\"\"}").json().has("assignee")).isFalse();
    assertThat(patch(path, "\"3\"", "{\"assignee\":\"nobody-such\"}").status()).isEqualTo(422);
    assertThat(patch(path, "\"3\"", "{}").status()).isEqualTo(400);
    assertThat(server.audit.actions()).contains("analyst (token analyst) alert.change alert-edit");
  }

  @Test
  void keepsComments() throws Exception {
    String path = alert("alert-comment");
    var added = server.post(Role.ANALYST, path + "/comments", "{\"text\":\"looks bad\"}");
    assertThat(added.status()).as(added.text()).isEqualTo(200);
    JsonNode comment = added.json().get("comments").get(0);
    assertThat(comment.get("author").asString()).isEqualTo("analyst");
    assertThat(server.post(Role.ANALYST, path + "/comments", "{\"text\":\" \"}").status())
        .isEqualTo(422);
    String one = path + "/comments/" + comment.get("id").asString();
    server.post(Role.ENGINEER, path + "/comments", "{\"text\":\"mine\"}");
    assertThat(server.call(Role.ANALYST, "DELETE", path + "/comments/c1", null).status())
        .isEqualTo(403);
    assertThat(server.call(Role.ANALYST, "DELETE", one, null).json().get("comments")).hasSize(1);
    assertThat(server.call(Role.ANALYST, "DELETE", one, null).status()).isEqualTo(404);
  }

  @Test
  void changesManyAndTellsWhichFailed() throws Exception {
    alert("bulk-1");
    alert("bulk-2");
    var answer =
        server.post(
            Role.ANALYST,
            "/api/v1/alerts/bulk",
            """
            {"ids":[{"id":"bulk-1","version":1},{"id":"bulk-2","version":7},{"id":"gone","version":1}],
             "status":"resolved","comment":"done"}""");
    assertThat(answer.json().get("changed").get(0).get("version").asLong()).isEqualTo(2);
    assertThat(answer.json().get("failed")).hasSize(2);
    assertThat(answer.json().get("failed").get(0).get("problem").get("status").asInt())
        .isEqualTo(412);
    assertThat(answer.json().get("failed").get(1).get("problem").get("status").asInt())
        .isEqualTo(404);
  }

  @Test
  void findsWhatElseHappened() throws Exception {
    var answer = server.get(Role.VIEWER, alert("alert-related") + "/related?before=PT10M");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode groups = answer.json().get("groups");
    List<String> kinds = new ArrayList<>();
    groups.forEach(g -> kinds.add(g.get("kind").asString()));
    assertThat(kinds).contains("flow", "host", "user");
    assertThat(groups.get(0).get("query").asString()).isEqualTo("network.community_id:\"1:abc=\"");
    assertThat(groups.get(0).get("total").asLong()).isEqualTo(30);
    assertThat(server.get(Role.VIEWER, "/api/v1/alerts/alert-related/related?before=P99D").status())
        .isEqualTo(400);
  }

  @Test
  void showsOfManyRelatedEventsThoseNearestToTheAlert() throws Exception {
    Instant at = server.clock.instant().minus(Duration.ofDays(3));
    server.alerts.add(List.of(TestServer.event("alert-busy", "10.9.9.9", at)));
    for (int i = -100; i <= 100; i++) {
      if (i != 0) {
        server.events.all.add(TestServer.event("busy" + i, "10.9.9.9", at.plusSeconds(i)));
      }
    }
    JsonNode groups =
        server
            .get(Role.VIEWER, alert("alert-busy") + "/related?before=PT10M&after=PT10M")
            .json()
            .get("groups");
    JsonNode host = null;
    for (JsonNode group : groups) {
      if (group.get("key").asString().equals("10.9.9.9")) {
        host = group;
      }
    }
    assertThat(host).isNotNull();
    assertThat(host.get("total").asLong()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    host.get("events").forEach(e -> ids.add(e.get("event.id").asString()));
    assertThat(ids).hasSize(25);
    assertThat(ids.getFirst()).isEqualTo("busy12");
    assertThat(ids.getLast()).isEqualTo("busy-13");
    server.events.all.removeIf(e -> String.valueOf(e.string(Ecs.EVENT_ID)).startsWith("busy"));
  }

  private static BufferedReader stream(String query) throws Exception {
    return stream(query, null);
  }

  private static BufferedReader stream(String query, String last) throws Exception {
    var builder =
        server
            .as(Role.VIEWER, "GET", "/api/v1/alerts/stream" + query, null)
            .timeout(Duration.ofSeconds(60));
    if (last != null) {
      builder.header("Last-Event-ID", last);
    }
    var request = builder.build();
    var answer = server.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    var reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    while (!line.equals(": connected")) {
      line = reader.readLine();
    }
    return reader;
  }

  @Test
  @Timeout(30)
  void pushesNewAndChangedAlerts() throws Exception {
    try (BufferedReader in = stream("")) {
      String path = alert("alert-live");
      assertThat(next(in).get("id").asString()).isEqualTo("alert-live");
      patch(path, "\"1\"", "{\"status\":\"escalated\"}");
      JsonNode changed = next(in);
      assertThat(changed.get("version").asLong()).isEqualTo(2);
      assertThat(changed.get("event").get("alert.status").asString()).isEqualTo("escalated");
    }
  }

  @Test
  @Timeout(30)
  void givesAClientThatComesBackWhatItMissed() throws Exception {
    String last;
    try (BufferedReader in = stream("")) {
      alert("alert-seen");
      last = in.readLine();
      while (!last.startsWith("id: ")) {
        last = in.readLine();
      }
      last = last.substring(4);
    }
    alert("alert-missed-1");
    String path = alert("alert-missed-2");
    patch(path, "\"1\"", "{\"status\":\"open\"}");
    try (BufferedReader in = stream("", last)) {
      assertThat(next(in).get("id").asString()).isEqualTo("alert-missed-1");
      JsonNode second = next(in);
      assertThat(second.get("id").asString()).isEqualTo("alert-missed-2");
      assertThat(second.get("version").asLong()).isEqualTo(2);
      alert("alert-after");
      assertThat(next(in).get("id").asString()).isEqualTo("alert-after");
    }
    var alert = server.alerts.all.get("alert-after");
    for (int i = 0; i < 1500; i++) {
      server.alerts.listeners.forEach(l -> l.accept(alert));
    }
    try (BufferedReader in = stream("", last)) {
      assertThat(next(in).get("count").asLong()).isEqualTo(504);
      assertThat(next(in).get("id").asString()).isEqualTo("alert-after");
    }
    for (String strange : new String[] {"other-7", "x", "", last + "0".repeat(30)}) {
      try (BufferedReader in = stream("", strange)) {
        assertThat(next(in).get("count").asLong()).as(strange).isZero();
      }
    }
  }

  private static JsonNode next(BufferedReader in) throws Exception {
    String line = in.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = in.readLine();
    }
    return TestServer.JSON.readTree(line == null ? "{}" : line.substring(6));
  }

  @Test
  @Timeout(60)
  void neverLetsASlowClientHoldUpTheStore() throws Exception {
    int count = 3000;
    try (BufferedReader in = stream("")) {
      Event large = TestServer.event("alert-large", "10.0.0.1", server.clock.instant());
      large.set(Ecs.MESSAGE, "x".repeat(10_000));
      server.alerts.add(List.of(large));
      var alert = server.alerts.all.get("alert-large");
      long start = System.nanoTime();
      for (int i = 1; i < count; i++) {
        server.alerts.listeners.forEach(l -> l.accept(alert));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      long seen = 0;
      long missed = 0;
      while (seen + missed < count) {
        JsonNode data = next(in);
        if (data.has("count")) {
          missed += data.get("count").asLong();
        } else {
          seen++;
        }
      }
      assertThat(seen + missed).isEqualTo(count);
      assertThat(missed).isPositive();
    }
    server.alerts.all.remove("alert-large");
  }
}
