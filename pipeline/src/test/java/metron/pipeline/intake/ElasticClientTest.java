package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._helpers.bulk.BulkIngester;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Elastic's own client against [ElasticApi]: whether it takes us for what we say we are.
@Timeout(60)
class ElasticClientTest {
  private final MemoryLog log = new MemoryLog();
  private HttpIntake intake;
  private ElasticsearchClient client;

  @BeforeEach
  void open() throws IOException {
    intake =
        new HttpIntake(
            new IntakeConfig.Http("127.0.0.1", 0, true, 1 << 20, 100_000),
            log,
            new SensorNames() {
              @Override
              public Optional<String> find(String name) {
                return all().stream().filter(name::equals).findFirst();
              }

              @Override
              public List<String> all() {
                return List.of("json", "suricata");
              }
            },
            "let-me"::equals,
            InstantSource.system());
    client = client("let-me");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    intake.close();
  }

  @Test
  void finishesItsHandshake() throws Exception {
    assertThat(client.ping().value()).isTrue();
    assertThat(client.info().version().number()).isEqualTo(ElasticApi.VERSION);
    assertThat(client.cluster().health().clusterName()).isEqualTo("metron");
    assertThat(client.indices().exists(e -> e.index("logs-suricata")).value()).isTrue();
    assertThat(client.indices().create(c -> c.index("logs-x")).acknowledged()).isTrue();
  }

  @Test
  void sendsInBulkAndReadsTheResultOfEachItem() throws Exception {
    BulkRequest.Builder request = new BulkRequest.Builder().index("logs-suricata-default");
    request.operations(o -> o.create(c -> c.document(json("{\"message\":\"{\\\"a\\\":1}\"}"))));
    request.operations(o -> o.index(i -> i.index("other").document(json("{\"b\":2}"))));
    request.operations(o -> o.index(i -> i.document(json("[1]"))));
    BulkResponse response = client.bulk(request.build());
    assertThat(response.errors()).isTrue();
    assertThat(response.items()).extracting(item -> item.status()).containsExactly(201, 201, 400);
    assertThat(response.items().getLast().error().reason()).contains("expected a JSON object");
    assertThat(log.texts()).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(log.entries).extracting(MemoryLog.Entry::sensor).containsExactly("suricata", "json");
  }

  @Test
  void sendsOneDocument() throws Exception {
    var response = client.index(i -> i.index("suricata").document(json("{\"x\":1}")));
    assertThat(response.result().jsonValue()).isEqualTo("created");
    assertThat(log.texts()).containsExactly("{\"x\":1}");
    assertThatThrownBy(() -> client.index(i -> i.index("suricata").document(json("7"))))
        .isInstanceOf(ElasticsearchException.class)
        .hasMessageContaining("expected a JSON object");
  }

  @Test
  void deliversThroughItsIngesterWhatTheLogRefusedAtFirst() throws Exception {
    log.refusing = true;
    assertThatThrownBy(
            () ->
                client.bulk(
                    b -> b.index("x").operations(o -> o.create(c -> c.document(json("{}"))))))
        .isInstanceOfSatisfying(
            ElasticsearchException.class,
            e -> {
              assertThat(e.status()).isEqualTo(429);
              assertThat(e).hasMessageContaining("send again later: the disk is full");
            });
    log.refusing = false;
    try (BulkIngester<Void> ingester =
        BulkIngester.of(b -> b.client(client).maxOperations(100).maxConcurrentRequests(2))) {
      for (int i = 0; i < 1_000; i++) {
        byte[] document = ("{\"n\":" + i + "}").getBytes(UTF_8);
        ingester.add(o -> o.create(c -> c.index("logs").document(json(document))));
      }
    }
    assertThat(log.texts())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_000).mapToObj(i -> "{\"n\":" + i + "}").toList());
  }

  @Test
  void isToldThatItsTokenIsWrong() throws Exception {
    try (ElasticsearchClient stranger = client("wrong")) {
      assertThatThrownBy(stranger::info).hasMessageContaining("a token is needed");
    }
  }

  private ElasticsearchClient client(String token) {
    String key = Base64.getEncoder().encodeToString(("metron:" + token).getBytes(UTF_8));
    return ElasticsearchClient.of(b -> b.host("http://127.0.0.1:" + intake.port()).apiKey(key));
  }

  private static BinaryData json(String text) {
    return json(text.getBytes(UTF_8));
  }

  private static BinaryData json(byte[] bytes) {
    return BinaryData.of(bytes, ContentType.APPLICATION_JSON);
  }
}
