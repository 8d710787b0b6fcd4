package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any bytes to the HTTP intake and the Elasticsearch API: an answer that says what is wrong, never an error of the server, what
/// is counted as accepted is in the log, and the next one is served as if nothing had been.
@Timeout(120)
class ForeignRequestsTest {
  private static final int ROUNDS = 2_000;
  private static final List<String> PATHS =
      List.of(
          "/intake/json", "/intake/squid", "/_bulk", "/json/_bulk", "/json/_doc", "/intake/none");
  private static final List<String> BODIES =
      List.of(
          "{\"a\":1}\n{\"b\":[1,{\"c\":\"\\ud83d\\ude00\"}]}\n",
          "[{\"a\":1},{\"b\":2}]",
          "one\ntwo\n\nthree",
          "{\"index\":{\"_index\":\"json\"}}\n{\"message\":\"a\"}\n"
              + "{\"create\":{\"_index\":\"json\",\"_id\":\"7\"}}\n{\"message\":\"b\"}\n",
          "{\"delete\":{\"_index\":\"json\",\"_id\":\"7\"}}\n");
  private static final List<String> TYPES =
      List.of("application/x-ndjson", "application/json", "text/plain", "", "a/b;c=\"");

  private final MemoryLog log = new MemoryLog();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpIntake intake;

  @BeforeEach
  void open() throws IOException {
    intake =
        new HttpIntake(
            new IntakeConfig.Http("127.0.0.1", 0, true, 100_000, 10_000),
            log,
            new SensorNames() {
              @Override
              public Optional<String> find(String name) {
                return all().stream().filter(name::equals).findFirst();
              }

              @Override
              public List<String> all() {
                return List.of("json", "squid");
              }
            },
            token -> token.equals("let-me"),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    intake.close();
    client.close();
  }

  @Test
  void anyBodyIsTakenOrRefusedWithAReason() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = broken(pick(random, BODIES).getBytes(UTF_8), random);
      boolean packed = random.nextInt(4) == 0;
      if (packed) {
        body = gzip(body);
        if (random.nextBoolean()) {
          body = broken(body, random);
        }
      }
      String path = pick(random, PATHS);
      String type = pick(random, TYPES);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake.port() + path))
              .header("Authorization", "Bearer let-me")
              .POST(BodyPublishers.ofByteArray(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      if (packed) {
        request.header("Content-Encoding", "gzip");
      }
      int before = log.entries.size();
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      String seen =
          "%s %s, %s: %d %s"
              .formatted(
                  path, type, new String(body, ISO_8859_1), answer.statusCode(), answer.body());
      assertThat(answer.statusCode()).as(seen).isBetween(200, 499);
      assertThat(answer.body()).as(seen).isNotBlank().doesNotContain("Exception");
      if (path.startsWith("/intake/") && answer.statusCode() == 200) {
        assertThat(answer.body())
            .as(seen)
            .contains("\"accepted\":" + (log.entries.size() - before) + ",");
      }
    }
  }

  @Test
  void whatIsNoHttpHarmsNobody() throws Exception {
    Random random = new Random(8);
    byte[] good =
        ("POST /intake/json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer let-me\r\n"
                + "Content-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1}")
            .getBytes(UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] request = broken(good, random);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), intake.port())) {
        socket.setSoTimeout(200);
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        InputStream answer = socket.getInputStream();
        byte[] first = answer.readNBytes(12);
        assertThat(new String(first, ISO_8859_1))
            .as(new String(request, ISO_8859_1))
            .doesNotContain(" 500");
      } catch (SocketException | java.net.SocketTimeoutException e) {
        // Hung up on, or waited for the rest: either is fine while others are served.
        assertThat(e).isNotNull();
      }
    }
    int before = log.entries.size();
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake.port() + "/intake/json"))
                .header("Authorization", "Bearer let-me")
                .POST(BodyPublishers.ofString("{\"a\":1}\n"))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(log.entries).hasSize(before + 1);
  }

  private static byte[] broken(byte[] bytes, Random random) {
    byte[] out = bytes.clone();
    for (int i = random.nextInt(5); i > 0 && out.length > 0; i--) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(4)) {
        case 0 -> out[at] = (byte) random.nextInt(256);
        case 1 -> out = java.util.Arrays.copyOf(out, at);
        case 2 -> {
          byte[] twice = java.util.Arrays.copyOf(out, out.length + at);
          System.arraycopy(out, 0, twice, out.length, at);
          out = twice;
        }
        default -> out[at] = "\0\n\r{}[]\",:\\".getBytes(UTF_8)[random.nextInt(11)];
      }
    }
    return out;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
