package metron.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import metron.server.account.Accounts;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.get();
  }

  private static String detail(TestServer.Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.problem().get("detail").asString();
  }

  @Test
  void saysThatAnAddressDoesNotExist() throws Exception {
    assertThat(detail(server.get(Role.VIEWER, "/api/v1/nothing"), 404)).contains("openapi.json");
    assertThat(detail(server.post(Role.VIEWER, "/api/v1/nothing", "{}"), 404))
        .contains("POST /api/v1/nothing");
    assertThat(detail(server.get(null, "/api/v1/nothing"), 401)).contains("Bearer");
  }

  @Test
  void saysWhichMethodsAnAddressTakes() throws Exception {
    var answer = server.call(Role.VIEWER, "PUT", "/api/v1/events/search", "{}");
    assertThat(detail(answer, 405)).contains("POST");
    assertThat(answer.header("Allow")).contains("POST");
  }

  @Test
  void saysWhichKindOfBodyIsTaken() throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/events/search"))
            .header("Authorization", "Bearer " + server.token(Role.VIEWER))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(detail(server.send(request.build()), 415)).contains("application/json");
  }

  @Test
  void saysWhichFormTheAnswerHas() throws Exception {
    var request = server.as(Role.VIEWER, "GET", "/api/v1/sensors", null);
    var answer = server.send(request.header("Accept", "text/html").build());
    assertThat(detail(answer, 406)).contains("application/json");
  }

  @Test
  void saysHowLargeABodyMayBe() throws Exception {
    String body = "{\"query\":\"" + "x".repeat(3 << 20) + "\"}";
    assertThat(detail(server.post(Role.VIEWER, "/api/v1/events/search", body), 413))
        .contains("2097152");
    var chunked =
        HttpRequest.newBuilder(server.uri("/api/v1/events/search"))
            .header("Authorization", "Bearer " + server.token(Role.VIEWER))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    assertThat(detail(server.send(chunked.build()), 413)).contains("2097152");
  }

  @Test
  void saysWhatIsWrongInABodyAndWhere() throws Exception {
    String path = "/api/v1/events/search";
    var unknown = server.post(Role.VIEWER, path, "{\"query\":\"\",\"facetz\":[]}");
    assertThat(detail(unknown, 400)).contains("unknown key 'facetz'. Did you mean 'facets'?");
    assertThat(unknown.problem().get("errors").get(0).get("suggestion").asString())
        .isEqualTo("facets");
    assertThat(detail(server.post(Role.VIEWER, path, "{}"), 400))
        .contains("the key 'query' is missing");
    assertThat(detail(server.post(Role.VIEWER, path, "{\"query\":null}"), 400))
        .contains("query is null");
    assertThat(detail(server.post(Role.VIEWER, path, "{\"query\":\"\",\"size\":\"x\"}"), 400))
        .contains("size is 'x', expected an integer");
    assertThat(detail(server.post(Role.VIEWER, path, "{\"query\":\"\",\"facets\":[null]}"), 400))
        .contains("facets");
    assertThat(detail(server.post(Role.VIEWER, path, "{\"query\":"), 400)).contains("line 1");
    assertThat(detail(server.post(Role.VIEWER, path, ""), 400)).contains("body");
    assertThat(detail(server.post(Role.VIEWER, path, "[".repeat(5000)), 400)).isNotBlank();
    assertThat(
            detail(
                server.post(
                    Role.ADMINISTRATOR, "/api/v1/users", "{\"name\":\"x\",\"role\":\"boss\"}"),
                400))
        .contains("viewer, analyst, engineer, administrator");
  }

  @Test
  void saysWhatIsWrongWithAParameter() throws Exception {
    assertThat(detail(server.get(Role.VIEWER, "/api/v1/dead-letters?size=x"), 400))
        .contains("'size' is 'x', expected an integer");
    assertThat(detail(server.get(Role.ANALYST, "/api/v1/events/export?format=xml"), 400))
        .contains("csv, ndjson");
    assertThat(detail(server.get(Role.ANALYST, "/api/v1/events/export?from=yesterday"), 400))
        .contains("now-24h");
  }

  @Test
  void refusesHostsThatAreNotOurs() throws Exception {
    var request = server.request("GET", "/health", null).header("Host", "evil.example");
    assertThat(detail(server.send(request.build()), 421)).contains("evil.example", "localhost");
    var local = server.request("GET", "/health", null).header("Host", "localhost:1234");
    assertThat(server.send(local.build()).status()).isEqualTo(200);
  }

  @Test
  void refusesChangesFromPagesOfOtherOrigins() throws Exception {
    var request =
        server
            .as(Role.VIEWER, "POST", "/api/v1/events/search", "{\"query\":\"\"}")
            .header("Origin", "https://evil.example");
    assertThat(detail(server.send(request.build()), 403)).contains("evil.example");
  }

  @Test
  void answersARequestThatIsNotHttpWithAProblemToo() throws Exception {
    assertThat(raw("GET /a|b\\c HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:metron:problem:bad-request");
    assertThat(raw("GET /api/v1//health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains("application/problem+json")
        .doesNotContain("Tomcat", "html");
    assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").doesNotContain("html");
  }

  private static String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.server.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      int n = in.read(buffer);
      StringBuilder out = new StringBuilder();
      while (n > 0) {
        out.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        if (out.indexOf("\"detail\"") >= 0) {
          break;
        }
        n = in.read(buffer);
      }
      return out.toString();
    }
  }

  @Test
  void sendsStrictHeadersWithEveryAnswer() throws Exception {
    for (String path : new String[] {"/health", "/api/v1/session", "/", "/nothing.js"}) {
      var answer = server.get(null, path);
      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("script-src 'self' 'unsafe");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    }
  }

  @Test
  void listensForOthersOverTlsOnly() {
    assertThatThrownBy(
            () ->
                new ServerConfig(
                    InetAddress.ofLiteral("0.0.0.0"),
                    0,
                    null,
                    Set.of(),
                    Accounts.SessionTimes.DEFAULT,
                    "1"))
        .hasMessageContaining("without TLS");
  }

  @Test
  void saysInOneSentenceThatThePortIsTaken() {
    var config = ServerConfig.loopback(server.server.port(), "1");
    assertThatThrownBy(() -> MetronServer.start(config, server.parts()))
        .isInstanceOf(java.io.IOException.class)
        .hasMessageContaining("is used by another program");
  }
}
