package metron.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import metron.config.Fault;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.server.account.Accounts;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One server for all tests of this module, on a free port, with one user of each role, named as the role.
final class TestServer {
  static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
  static final String PASSWORD = "correct horse battery staple";
  static final JsonMapper JSON = new JsonMapper();
  private static TestServer instance;

  static {
    // Lets a test send a Host header of its own.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  final Memory.Clock clock = new Memory.Clock();
  final Memory.Events events = new Memory.Events();
  final Memory.Alerts alerts = new Memory.Alerts();
  final Memory.Accounts accounts = new Memory.Accounts();
  final Memory.Audits audit = new Memory.Audits();
  final Memory.Configuration configuration = new Memory.Configuration();
  final Pipeline.Letters letters = new Pipeline.Letters();
  final Pipeline.Intel intel = new Pipeline.Intel();
  final Pipeline.Health health = new Pipeline.Health();
  final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  final RunningServer server;
  final long startMillis;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  static synchronized TestServer get() throws IOException {
    if (instance == null) {
      instance = new TestServer();
    }
    return instance;
  }

  private TestServer() throws IOException {
    for (int i = 0; i < 30; i++) {
      events.all.add(event("raw.zeek-0-" + i, "10.0.0." + i % 3, clock.instant().minusSeconds(i)));
    }
    events.all.get(3).set(Ecs.MESSAGE, "=cmd|' /C calc'!A0");
    alerts.add(List.of(event("alert-1", "10.0.0.1", clock.instant())));
    letters.add("dl-0", "bad line");
    long start = System.nanoTime();
    server = MetronServer.start(ServerConfig.loopback(0, "1.0"), parts(), OpenApiGeneration.class);
    startMillis = (System.nanoTime() - start) / 1_000_000;
    String hash = null;
    for (Role role : Role.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      hash = hash == null ? hash() : hash;
      accounts.addUser(
          new AccountStore.User(
              name, hash, role, false, false, clock.instant(), clock.instant(), null));
      String secret = "metron_test_" + name;
      accounts.addToken(
          new AccountStore.Token(
              name, name, sha256(secret), role, name, clock.instant(), null, null));
      tokens.put(role, secret);
    }
  }

  ServerParts parts() {
    return new ServerParts(
        events,
        alerts,
        accounts,
        accounts,
        accounts,
        audit,
        configuration,
        files ->
            files.values().stream()
                .filter(t -> t.contains("fault"))
                .map(t -> new Fault("sensors/x.yaml", 3, 5, "unknown key 'fault'"))
                .toList(),
        health,
        letters,
        intel,
        new Pipeline.Sensors(),
        clock);
  }

  private static String hash() {
    return new org.springframework.security.crypto.argon2.Argon2PasswordEncoder(16, 32, 1, 1024, 1)
        .encode(PASSWORD);
  }

  private static String sha256(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Event event(String id, String source, Instant at) {
    Event e = new Event();
    e.set(Ecs.EVENT_ID, id);
    e.set(Ecs.TIMESTAMP, at);
    e.set(Ecs.SOURCE_IP, IpAddress.parse(source).orElseThrow());
    e.setBoxed(FieldCatalogue.get().field("network.community_id"), "1:abc=");
    e.setBoxed(FieldCatalogue.get().field("user.name"), "ann");
    e.set(Ecs.METRON_CONTRIBUTIONS_NAME, List.of("evil"));
    e.set(Ecs.METRON_CONTRIBUTIONS_KIND, List.of("INDICATOR"));
    e.set(Ecs.METRON_CONTRIBUTIONS_REASON, List.of("listed"));
    e.set(Ecs.METRON_CONTRIBUTIONS_SCORE, List.of(80.0));
    return e;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// What came back.
  record Answer(HttpResponse<byte[]> raw) {
    int status() {
      return raw.statusCode();
    }

    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return JSON.readTree(raw.body());
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    /// The problem; fails if it is not one.
    JsonNode problem() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        throw new AssertionError(
            "status " + status() + ", " + header("Content-Type") + ": " + text());
      }
      JsonNode problem = json();
      if (problem.get("status").asInt() != status() || problem.get("detail").asString().isBlank()) {
        throw new AssertionError(text());
      }
      return problem;
    }

    String cookie(String name) {
      for (String c : raw.headers().allValues("Set-Cookie")) {
        if (c.startsWith(name + "=")) {
          return c.substring(name.length() + 1, c.indexOf(';'));
        }
      }
      return "";
    }
  }

  Answer send(HttpRequest request) throws Exception {
    return new Answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    var builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    if (body == null) {
      return builder.method(method, HttpRequest.BodyPublishers.noBody());
    }
    return builder
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  String token(Role role) {
    return tokens.get(role);
  }

  HttpRequest.Builder as(Role role, String method, String path, String body) {
    var builder = request(method, path, body);
    return role == null ? builder : builder.header("Authorization", "Bearer " + token(role));
  }

  Answer call(Role role, String method, String path, String body) throws Exception {
    return send(as(role, method, path, body).build());
  }

  Answer get(Role role, String path) throws Exception {
    return call(role, "GET", path, null);
  }

  Answer post(Role role, String path, String body) throws Exception {
    return call(role, "POST", path, body);
  }

  /// A signed-in browser.
  record Browser(TestServer server, String session, String csrf) {
    HttpRequest.Builder request(String method, String path, String body) {
      return server
          .request(method, path, body)
          .header("Cookie", "METRON_SESSION=" + session + "; XSRF-TOKEN=" + csrf);
    }

    Answer call(String method, String path, String body) throws Exception {
      return server.send(request(method, path, body).header("X-XSRF-TOKEN", csrf).build());
    }
  }

  Answer signIn(String name, String password) throws Exception {
    return post(
        null,
        "/api/v1/session",
        JSON.writeValueAsString(Map.of("username", name, "password", password)));
  }

  Browser browser(String name, String password) throws Exception {
    Answer answer = signIn(name, password);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return new Browser(this, answer.cookie("METRON_SESSION"), answer.cookie("XSRF-TOKEN"));
  }

  static ServerConfig config(Accounts.SessionTimes times) {
    return new ServerConfig(
        java.net.InetAddress.ofLiteral("127.0.0.1"), 0, null, Set.of(), times, "1.0");
  }
}
