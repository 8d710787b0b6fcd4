package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SearchTest {
  private static final String PATH = "/api/v1/events/search";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  private static JsonNode search(String body) throws Exception {
    var answer = server.post(Role.VIEWER, PATH, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void findsEventsWithFacetsAndAHistogramOfAFittingInterval() throws Exception {
    JsonNode answer =
        search(
            """
            {"query":"", "from":"2026-05-01", "to":"2026-05-02", "size":2,
             "facets":[{"field":"ip_src_addr","size":2}], "histogram":{}}""");
    assertThat(answer.get("total").asLong()).isEqualTo(30);
    assertThat(answer.get("hits")).hasSize(2);
    JsonNode event = answer.get("hits").get(0).get("event");
    assertThat(event.get("source.ip").asString()).isEqualTo("10.0.0.0");
    assertThat(event.get("@timestamp").asString()).isEqualTo("2026-05-01T12:00:00Z");
    assertThat(answer.get("facets").get("source.ip")).hasSize(2);
    assertThat(answer.get("facets").get("source.ip").get(0).get("count").asLong()).isEqualTo(10);
    assertThat(answer.get("histogram").get("interval").asString()).isEqualTo("PT15M");
    long sum = 0;
    for (JsonNode bucket : answer.get("histogram").get("buckets")) {
      sum += bucket.get("count").asLong();
    }
    assertThat(sum).isEqualTo(30);
  }

  @Test
  void takesTheTimeOfTheHistogramFromTheEventsWhereNoneIsGiven() throws Exception {
    assertThat(
            search("{\"query\":\"\",\"histogram\":{}}").get("histogram").get("interval").asString())
        .isEqualTo("PT1S");
  }

  @Test
  void turnsPagesWithoutLossOrDouble() throws Exception {
    Set<String> seen = new HashSet<>();
    String cursor = null;
    do {
      String body =
          "{\"query\":\"\",\"size\":7"
              + (cursor == null ? "" : ",\"cursor\":\"" + cursor + "\"")
              + "}";
      JsonNode page = search(body);
      for (JsonNode hit : page.get("hits")) {
        assertThat(seen.add(hit.get("event").get("event.id").asString())).isTrue();
      }
      cursor = page.has("next") ? page.get("next").asString() : null;
    } while (cursor != null);
    assertThat(seen).hasSize(30);
  }

  @Test
  void turnsThePageOfALifeBeforeTheRestart() throws Exception {
    String next = search("{\"query\":\"\",\"size\":7}").get("next").asString();
    String body = "{\"query\":\"\",\"size\":7,\"cursor\":\"" + next + "\"}";
    try (RunningServer other = MetronServer.start(ServerConfig.loopback(0, "1"), server.parts())) {
      var request =
          server
              .as(Role.VIEWER, "POST", PATH, body)
              .uri(java.net.URI.create("http://127.0.0.1:" + other.port() + PATH));
      var answer = server.send(request.build());
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("hits").get(0)).isEqualTo(search(body).get("hits").get(0));
    }
  }

  @Test
  void refusesACursorThatWasTamperedWithOrBelongsElsewhere() throws Exception {
    String next = search("{\"query\":\"\",\"size\":7}").get("next").asString();
    char last = next.charAt(next.length() - 3);
    String tampered =
        next.substring(0, next.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + next.substring(next.length() - 2);
    for (String body :
        new String[] {
          "{\"query\":\"\",\"size\":7,\"cursor\":\"" + tampered + "\"}",
          "{\"query\":\"\",\"size\":7,\"cursor\":\"MA\"}",
          "{\"query\":\"\",\"size\":7,\"cursor\":\"?\"}",
          "{\"query\":\"\",\"size\":7,\"cursor\":\"\"}",
          "{\"query\":\"\",\"from\":\"now-1h\",\"size\":7,\"cursor\":\"" + next + "\"}"
        }) {
      var answer = server.post(Role.VIEWER, PATH, body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.problem().get("type").asString()).isEqualTo("urn:metron:problem:cursor");
    }
    var elsewhere =
        server.post(
            Role.VIEWER,
            "/api/v1/alerts/search",
            "{\"query\":\"\",\"size\":7,\"cursor\":\"" + next + "\"}");
    assertThat(elsewhere.status()).isEqualTo(400);
  }

  @Test
  void pointsAtTheFaultInAQuery() throws Exception {
    var answer = server.post(Role.VIEWER, PATH, "{\"query\":\"source.ip:((\"}");
    assertThat(answer.status()).isEqualTo(400);
    JsonNode problem = answer.problem();
    assertThat(problem.get("type").asString()).isEqualTo("urn:metron:problem:query-syntax");
    JsonNode error = problem.get("errors").get(0);
    assertThat(error.get("column").asInt()).isPositive();
    assertThat(error.get("message").asString()).isNotBlank();
    var check =
        server.post(Role.VIEWER, "/api/v1/query/check", "{\"query\":\"source.ip:((\"}").json();
    assertThat(check.get("valid").asBoolean()).isFalse();
    assertThat(check.get("error").get("column").asInt()).isEqualTo(error.get("column").asInt());
    assertThat(
            server
                .post(Role.VIEWER, "/api/v1/query/check", "{\"query\":\"a\"}")
                .json()
                .get("valid")
                .asBoolean())
        .isTrue();
  }

  @Test
  void passesOnWhatTheStoreCannotDo() throws Exception {
    var answer =
        server.post(
            Role.VIEWER,
            PATH,
            "{\"query\":\"\",\"sort\":{\"field\":\"message\",\"descending\":true}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem().get("detail").asString()).contains("message is long text");
  }

  @Test
  void refusesWhatIsOutOfRange() throws Exception {
    for (String body :
        new String[] {
          "{\"query\":\"\",\"size\":1001}",
          "{\"query\":\"\",\"size\":-1}",
          "{\"query\":\"\",\"from\":\"2026-05-02\",\"to\":\"2026-05-01\"}",
          "{\"query\":\"\",\"from\":\"+999999999-12-31T23:59:59Z\"}",
          "{\"query\":\"\",\"facets\":[{\"field\":\"\"}]}",
          "{\"query\":\"\",\"from\":\"now-30d\",\"histogram\":{\"interval\":\"PT0.001S\"}}",
          "{\"query\":\"\",\"histogram\":{\"interval\":\"P99999999999D\"}}",
          "{\"query\":\"" + "a".repeat(30_000) + "\"}"
        }) {
      var answer = server.post(Role.VIEWER, PATH, body);
      assertThat(answer.status())
          .as(body.substring(0, Math.min(100, body.length())))
          .isEqualTo(400);
      answer.problem();
    }
  }

  @Test
  void givesOneEventWhole() throws Exception {
    var answer = server.get(Role.VIEWER, "/api/v1/events/raw.zeek-0-4");
    assertThat(answer.json().get("event").get("event.id").asString()).isEqualTo("raw.zeek-0-4");
    assertThat(server.get(Role.VIEWER, "/api/v1/events/none").status()).isEqualTo(404);
  }

  @Test
  void completesFieldsAndValues() throws Exception {
    JsonNode fields = server.get(Role.VIEWER, "/api/v1/fields?prefix=source.").json();
    assertThat(fields.get(0).get("name").asString()).isEqualTo("source.ip");
    assertThat(fields.get(0).get("type").asString()).isEqualTo("ip");
    assertThat(fields.get(0).get("documents").asLong()).isEqualTo(30);
    JsonNode values =
        server.get(Role.VIEWER, "/api/v1/fields/ip_src_addr/values?prefix=10.&size=2").json();
    assertThat(values).hasSize(2);
    JsonNode alerts =
        server.get(Role.VIEWER, "/api/v1/fields/source.ip/values?index=alerts").json();
    assertThat(alerts.toString()).contains("10.0.0.1");
  }

  @Test
  void exportsNdjsonWithAllEvents() throws Exception {
    var answer = server.get(Role.ANALYST, "/api/v1/events/export?format=ndjson");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Disposition")).contains("events.ndjson");
    assertThat(answer.text().lines()).hasSize(30);
    answer.text().lines().forEach(l -> assertThat(TestServer.JSON.readTree(l).isObject()).isTrue());
    assertThat(server.audit.actions()).anyMatch(a -> a.contains("events.export"));
  }

  @Test
  void exportsCsvThatNoSpreadsheetRuns() throws Exception {
    String fields = URLEncoder.encode("event.id,source.ip,message", StandardCharsets.UTF_8);
    var answer = server.get(Role.ANALYST, "/api/v1/events/export?format=csv&fields=" + fields);
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    var lines = answer.text().split("\r\n");
    assertThat(lines[0]).isEqualTo("event.id,source.ip,message");
    assertThat(lines).hasSize(31);
    assertThat(lines).contains("raw.zeek-0-3,10.0.0.0,'=cmd|' /C calc'!A0");
  }
}
