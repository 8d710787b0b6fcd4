package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import metron.event.RawMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpIntakeTest {
  private static final List<String> SENSORS = List.of("json", "suricata", "zeek", "squid");
  private static final int BODY = 100_000;

  private final MemoryLog log = new MemoryLog();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpIntake intake;

  @BeforeEach
  void open() throws IOException {
    intake =
        new HttpIntake(
            new IntakeConfig.Http("127.0.0.1", 0, true, BODY, 10_000),
            log,
            new SensorNames() {
              @Override
              public Optional<String> find(String name) {
                String lower = name.toLowerCase(Locale.ROOT);
                return lower.equals("eve")
                    ? Optional.of("suricata")
                    : SENSORS.stream().filter(lower::equals).findFirst();
              }

              @Override
              public List<String> all() {
                return SENSORS;
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
  void takesLines() throws Exception {
    HttpResponse<String> answer = post("/intake/squid", "text/plain", "one\r\ntwo\n\nthree");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"sensor\":\"squid\",\"accepted\":3,\"rejected\":[],\"rejectedCount\":0}");
    assertThat(log.texts()).containsExactly("one", "two", "three");
    assertThat(log.entries.getFirst().metadata())
        .containsEntry(RawMessage.SOURCE_ADDRESS, "127.0.0.1");
  }

  @Test
  void tellsWhichJsonLinesItRefusesAndWhy() throws Exception {
    HttpResponse<String> answer =
        post(
            "/intake/eve",
            "application/x-ndjson",
            "{\"a\":1}\nnonsense\n{\"a\":\n{\"b\":{}}\n[1]\n");
    assertThat(answer.body())
        .startsWith("{\"sensor\":\"suricata\",\"accepted\":2,\"rejected\":[{\"line\":2,\"reason\":")
        .contains("\"line\":3")
        .contains("\"line\":5,\"reason\":\"expected a JSON object, found \\\"[1]\\\"\"")
        .endsWith("\"rejectedCount\":3}");
    assertThat(log.texts()).containsExactly("{\"a\":1}", "{\"b\":{}}");
  }

  @Test
  void takesTheElementsOfAnArray() throws Exception {
    HttpResponse<String> answer =
        post(
            "/intake/json",
            "application/json",
            " [ {\"a\":\"],}\\\"\"} ,\n{\"b\":[1,{\"c\":2}]}, 7 ]\n");
    assertThat(answer.body()).contains("\"accepted\":2").contains("{\"line\":3,");
    assertThat(log.texts()).containsExactly("{\"a\":\"],}\\\"\"}", "{\"b\":[1,{\"c\":2}]}");
  }

  @Test
  void saysThatAnArrayIsCutShort() throws Exception {
    HttpResponse<String> answer = post("/intake/json", "application/json", "[{\"a\":1},{\"b\":");
    assertThat(answer.body())
        .contains("\"accepted\":1")
        .contains("the JSON array does not end with ']'");
  }

  @Test
  void refusesARecordThatIsTooLongAndTakesTheOthers() throws Exception {
    HttpResponse<String> answer =
        post("/intake/squid", "text/plain", "short\n" + "x".repeat(20_000) + "\nlast\n");
    assertThat(answer.body())
        .contains("\"accepted\":2")
        .contains("{\"line\":2,\"reason\":\"record has 20000 bytes, expected at most 10000\"}");
  }

  @Test
  void needsTheToken() throws Exception {
    for (String header : List.of("Bearer wrong", "Basic " + base64("x:wrong"), "Bearer")) {
      HttpResponse<String> answer =
          client.send(
              request("/intake/squid", header)
                  .POST(HttpRequest.BodyPublishers.ofString("x"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    assertThat(log.entries).isEmpty();
    for (String header :
        List.of("Basic " + base64("elastic:let-me"), "ApiKey " + base64("id:let-me"))) {
      HttpResponse<String> answer =
          client.send(request("/", header).GET().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(header).isEqualTo(200);
    }
  }

  @Test
  void namesTheSensorThatWasMeant() throws Exception {
    HttpResponse<String> answer = post("/intake/suricta", "text/plain", "x");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Did you mean 'suricata'?");
  }

  @Test
  void expandsGzipAndBoundsIt() throws Exception {
    assertThat(postGzip("/intake/squid", "one\ntwo\n").body()).contains("\"accepted\":2");
    HttpResponse<String> bomb = postGzip("/intake/squid", "0123456789\n".repeat(50_000));
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(bomb.body()).contains("more than 100000 bytes").contains("\"accepted\":");
  }

  @Test
  void refusesAnAnnouncedLengthBeforeReading() throws Exception {
    HttpResponse<String> answer = post("/intake/squid", "text/plain", "x\n".repeat(BODY));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(log.entries).isEmpty();
  }

  @Test
  void refusesWhatIsNotGzip() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/intake/squid", "Bearer let-me")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("plain"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void asksToComeAgainWhileTheLogIsAway() throws Exception {
    log.losing = true;
    assertThat(post("/intake/squid", "text/plain", "one\n").statusCode()).isEqualTo(503);
    log.losing = false;
    log.refusing = true;
    assertThat(post("/intake/squid", "text/plain", "one\n").statusCode()).isEqualTo(503);
    HttpResponse<String> bulk =
        post("/_bulk", "application/x-ndjson", "{\"create\":{}}\n{\"a\":1}\n");
    assertThat(bulk.statusCode()).isEqualTo(429);
    assertThat(bulk.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(bulk.body()).contains("\"error\":{\"type\":\"es_rejected_execution_exception\"");
    assertThat(intake.status().problem()).contains("the disk is full");
    log.refusing = false;
    assertThat(post("/intake/squid", "text/plain", "one\n").statusCode()).isEqualTo(200);
    assertThat(intake.status().problem()).isNull();
  }

  @Test
  void answersTheHandshakeAndProbesOfShippers() throws Exception {
    HttpResponse<String> root = get("/");
    assertThat(root.body()).contains("\"number\":\"8.").contains("You Know, for Search");
    assertThat(root.headers().firstValue("X-Elastic-Product")).hasValue("Elasticsearch");
    for (String path :
        List.of(
            "/_license",
            "/_xpack",
            "/_nodes/http",
            "/_cluster/health",
            "/_cat/health",
            "/_data_stream/filebeat-8.17.0",
            "/filebeat-8.17.0",
            "/_index_template/filebeat-8.17.0",
            "/_ilm/policy/filebeat",
            "/_ingest/pipeline/x",
            "/_alias/filebeat")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/somewhere/_search").statusCode()).isEqualTo(404);
  }

  @Test
  void takesWhatEachShipperPutsAtItsStart() throws Exception {
    for (String path :
        List.of(
            "/_index_template/filebeat-8.17.0",
            "/_template/logstash",
            "/_ilm/policy/filebeat",
            "/_ingest/pipeline/filebeat-8.17.0-suricata-eve-pipeline",
            "/_data_stream/filebeat-8.17.0",
            "/%3Clogstash-%7Bnow%2Fd%7D-000001%3E")) {
      HttpResponse<String> answer =
          client.send(
              request(path, "Bearer let-me")
                  .PUT(HttpRequest.BodyPublishers.ofString("{\"template\":{}}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains("\"acknowledged\":true");
    }
    for (String path : List.of("/", "/logstash", "/_index_template/ecs-logstash")) {
      HttpResponse<Void> answer =
          client.send(
              request(path, "Bearer let-me")
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
    }
    assertThat(log.entries).isEmpty();
  }

  @Test
  void takesBulkAsEachShipperSendsIt() throws Exception {
    String body = "{\"create\":{\"_index\":\"x\",\"_type\":\"_doc\"}}\n{\"a\":1}\n";
    for (String path :
        List.of(
            "/_bulk?filter_path=errors%2Citems.%2A.error%2Citems.%2A.status",
            "/_bulk/",
            "/_bulk?timeout=60s",
            "/x/_bulk",
            "/x/_doc/_bulk",
            "/_bulk?require_data_stream=true")) {
      HttpResponse<String> answer =
          post(path, "application/vnd.elasticsearch+json; compatible-with=8", body);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains("\"errors\":false").contains("\"status\":201");
    }
    assertThat(log.texts()).hasSize(6).containsOnly("{\"a\":1}");
  }

  @Test
  void takesOneDocument() throws Exception {
    assertThat(post("/eve/_doc", "application/json", "{\"a\":1}").statusCode()).isEqualTo(201);
    assertThat(post("/x/_create/7", "application/json", "{\"b\":1}").body())
        .contains("\"_index\":\"x\",\"_id\":\"7\",\"status\":201");
    assertThat(post("/x/_doc/8", "application/json", "{").statusCode()).isEqualTo(400);
    assertThat(
            post("/x/_doc/9", "application/json", "{\"c\":\"" + "x".repeat(20_000) + "\"}").body())
        .contains("the document has more than 10000 bytes");
    assertThat(log.texts()).containsExactly("{\"a\":1}", "{\"b\":1}");
  }

  @Test
  void expandsDeflateAndNamesEncodingsThatItDoesNotKnow() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var deflate = new java.util.zip.DeflaterOutputStream(bytes)) {
      deflate.write("one\n".getBytes(UTF_8));
    }
    assertThat(encoded("deflate", bytes.toByteArray()).body()).contains("\"accepted\":1");
    HttpResponse<String> answer = encoded("zstd", new byte[] {1, 2, 3});
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("Content-Encoding is zstd, expected gzip, deflate or none");
    assertThat(encoded("deflate", new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    assertThat(log.texts()).containsExactly("one");
  }

  @Test
  void answersAnUnauthorisedOversizedBodyWithoutReadingIt() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", intake.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("POST /intake/squid HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000\r\n\r\n")
                  .getBytes(UTF_8));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(reader.readLine()).startsWith("HTTP/1.1 401");
    }
    assertThat(log.entries).isEmpty();
  }

  private HttpResponse<String> encoded(String encoding, byte[] body) throws Exception {
    return client.send(
        request("/intake/squid", "Bearer let-me")
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void bulkFindsTheSensorOfEachDocument() throws Exception {
    String body =
        """
        {"index":{"_index":"filebeat-8.17.0","_id":"a1"}}
        {"message":"hello","host":{"name":"web"}}
        {"create":{"_index":"logs-suricata.eve-default"}}
        {"message":"{\\"event_type\\":\\"dns\\"}","log":{"file":{"path":"/var/log/eve.json"}}}
        {"create":{"_index":"x","pipeline":"squid"}}
        {"log":"1286536308.779 180 192.168.0.224 TCP_MISS/200\\n"}
        {"create":{}}
        {"metron":{"sensor":"zeek"},"uid":"C1"}
        {"create":{}}
        {"data_stream":{"dataset":"zeek.conn"},"event":{"original":"1\\t2"}}
        """;
    HttpResponse<String> answer = post("/things/_bulk", "application/x-ndjson", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"errors\":false")
        .contains("{\"index\":{\"_index\":\"filebeat-8.17.0\",\"_id\":\"a1\",\"status\":201");
    assertThat(log.entries)
        .extracting(MemoryLog.Entry::sensor)
        .containsExactly("json", "suricata", "squid", "zeek", "zeek");
    assertThat(log.texts())
        .containsExactly(
            "{\"message\":\"hello\",\"host\":{\"name\":\"web\"}}",
            "{\"event_type\":\"dns\"}",
            "1286536308.779 180 192.168.0.224 TCP_MISS/200",
            "{\"metron\":{\"sensor\":\"zeek\"},\"uid\":\"C1\"}",
            "1\t2");
    assertThat(log.entries.get(1).metadata()).containsEntry(RawMessage.FILE, "/var/log/eve.json");
  }

  @Test
  void fluentBitGetsAnAnswerThatFitsItsBuffer() throws Exception {
    assertThat(fluentBit("{\"create\":{}}\n{\"a\":1}\n".repeat(3_000)))
        .contains("\"errors\":false,\"items\":[]");
    assertThat(log.entries).hasSize(3_000);
    assertThat(fluentBit("{\"create\":{}}\nnot json\n{\"create\":{}}\n{\"a\":1}\n"))
        .contains("\"errors\":true", "\"status\":400", "\"status\":201");
  }

  private String fluentBit(String body) throws Exception {
    return client
        .send(
            request("/_bulk", "Bearer let-me")
                .header("User-Agent", "Fluent-Bit")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void bulkTellsTheResultOfEachItem() throws Exception {
    String body =
        """
        {"create":{"_index":"i"}}
        {"a":1}
        {"create":{"_index":"i"}}
        not json
        {"delete":{"_index":"i","_id":"7"}}
        {"update":{"_index":"i","_id":"7"}}
        {"doc":{}}
        {"create":{"_index":"i"}}
        {"metron.sensor":"zeeek"}
        """;
    HttpResponse<String> answer = post("/_bulk", "application/x-ndjson", body);
    assertThat(answer.body())
        .contains("\"errors\":true")
        .contains("not valid JSON")
        .contains("{\"delete\":{\"_index\":\"i\",\"_id\":\"7\",\"status\":400")
        .contains("{\"update\":{\"_index\":\"i\",\"_id\":\"7\",\"status\":400")
        .contains("Did you mean 'zeek'?");
    assertThat(log.texts()).containsExactly("{\"a\":1}");
    assertThat(intake.status().rejected()).isEqualTo(4);
  }

  @Test
  void bulkRefusesALineThatIsNoAction() throws Exception {
    HttpResponse<String> answer = post("/_bulk", "application/x-ndjson", "{\"a\":1}\n{\"b\":2}\n");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Malformed action/metadata line [1]");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private HttpRequest.Builder request(String path, String authorization) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake.port() + path))
        .header("Authorization", authorization);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        request(path, "Bearer let-me").GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return client.send(
        request(path, "Bearer let-me")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> postGzip(String path, String body) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes(UTF_8));
    }
    byte[] packed = bytes.toByteArray();
    return client.send(
        request(path, "Bearer let-me")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(packed)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
