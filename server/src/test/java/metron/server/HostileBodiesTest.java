package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import metron.storage.AccountStore.Role;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Any bytes to any address that takes a body: an answer, never a failure of the server.
class HostileBodiesTest {
  private record Target(String method, String path, String valid) {}

  private static final Target[] TARGETS = {
    new Target("POST", "/api/v1/session", "{\"username\":\"hostile\",\"password\":\"x\"}"),
    new Target("PUT", "/api/v1/session/password", "{\"current\":\"a\",\"replacement\":\"b\"}"),
    new Target(
        "POST",
        "/api/v1/events/search",
        "{\"query\":\"a\",\"from\":\"now-1h\",\"sort\":{\"field\":\"source.ip\",\"descending\":true},"
            + "\"size\":3,\"facets\":[{\"field\":\"user.name\"}],\"histogram\":{\"interval\":\"PT1H\"}}"),
    new Target("POST", "/api/v1/alerts/search", "{\"query\":\"source.ip:10.0.0.0/8\"}"),
    new Target("POST", "/api/v1/query/check", "{\"query\":\"a:[1 TO 2]\"}"),
    new Target("PATCH", "/api/v1/alerts/alert-1", "{\"status\":\"open\"}"),
    new Target("POST", "/api/v1/alerts/none/comments", "{\"text\":\"x\"}"),
    new Target(
        "POST",
        "/api/v1/alerts/bulk",
        "{\"ids\":[{\"id\":\"x\",\"version\":1}],\"status\":\"new\"}"),
    new Target("POST", "/api/v1/sensors/zeek/preview", "{\"lines\":[\"ok\"]}"),
    new Target("POST", "/api/v1/dead-letters/none/try", "{\"text\":\"ok\"}"),
    new Target("POST", "/api/v1/dead-letters/none/replay", "{\"text\":\"ok\"}"),
    new Target("POST", "/api/v1/users", "{\"name\":\"-\",\"role\":\"viewer\"}"),
    new Target("PATCH", "/api/v1/users/none", "{\"role\":\"viewer\"}"),
    new Target("POST", "/api/v1/tokens", "{\"name\":\"\",\"role\":\"viewer\"}"),
    new Target("PUT", "/api/v1/config/files/x.yaml", "{\"text\":\"a: b\"}"),
    new Target("POST", "/api/v1/config/rollback", "{\"revision\":\"ffff\"}"),
    new Target("PUT", "/api/v1/settings/hostile", "{\"value\":\"a,b\"}")
  };

  @Provide
  Arbitrary<Integer> targets() {
    return Arbitraries.integers().between(0, TARGETS.length - 1);
  }

  @Property(tries = 200)
  void answersAnyBytes(@ForAll("targets") int target, @ForAll byte[] body) throws Exception {
    send(TARGETS[target], body);
  }

  /// A valid body with a few bytes changed gets further in than noise.
  @Provide
  Arbitrary<byte[]> changes() {
    return Combinators.combine(
            Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4),
            Arbitraries.integers().between(0, 1_000_000))
        .as(
            (bytes, at) -> {
              byte[] out = new byte[bytes.length + 4];
              System.arraycopy(bytes, 0, out, 4, bytes.length);
              java.nio.ByteBuffer.wrap(out).putInt(at);
              return out;
            });
  }

  @Property(tries = 300)
  void answersValidBodiesWithDamage(@ForAll("targets") int target, @ForAll("changes") byte[] change)
      throws Exception {
    byte[] body = TARGETS[target].valid().getBytes(StandardCharsets.UTF_8);
    int at = java.nio.ByteBuffer.wrap(change).getInt();
    for (int i = 4; i < change.length; i++) {
      body[(at + i) % body.length] = change[i];
    }
    send(TARGETS[target], body);
  }

  private static void send(Target target, byte[] body) throws Exception {
    TestServer server = TestServer.get();
    var request =
        HttpRequest.newBuilder(server.uri(target.path()))
            .header("Authorization", "Bearer " + server.token(Role.ADMINISTRATOR))
            .header("Content-Type", "application/json")
            .method(target.method(), HttpRequest.BodyPublishers.ofByteArray(body));
    var answer = server.send(request.build());
    String what =
        target + " " + new String(body, StandardCharsets.ISO_8859_1) + ": " + answer.text();
    assertThat(answer.status()).as(what).isBetween(200, 499);
    if (answer.status() >= 400) {
      answer.problem();
    }
    server.clock.advance(java.time.Duration.ofSeconds(60));
  }
}
