package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static metron.pipeline.intake.MemoryLog.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaTopicSourceTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123Z");

  @TempDir Path dir;
  private final MemoryLog log = new MemoryLog();

  @Test
  void copiesExactlyWhatWasSentAndGoesOnWhereItEnded() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      create(broker, "firewall");
      send(broker, "firewall", "one", "\u0000two\u00ff", "");
      try (var source = source(broker.address(), true)) {
        log.await(3);
        assertThat(log.texts()).containsExactlyInAnyOrder("one", "\u0000two\u00ff", "");
        assertThat(log.entries)
            .allSatisfy(
                e -> {
                  assertThat(e.sensor()).isEqualTo("cef");
                  assertThat(e.received()).isEqualTo(TIME);
                  assertThat(e.metadata())
                      .isEqualTo(Map.of("kafka.topic", "firewall", "file", "fw.log"));
                });
        awaitThat(() -> source.status().records() == 3);
        assertThat(source.status().records()).isEqualTo(3);
        assertThat(source.status().problem()).isNull();
      }
      send(broker, "firewall", "while away");
      try (var source = source(broker.address(), true)) {
        send(broker, "firewall", "four");
        log.await(5);
        assertThat(log.texts().subList(3, 5)).containsExactlyInAnyOrder("while away", "four");
        assertThat(source.status().name()).isEqualTo("kafka:firewall");
      }
    }
  }

  @Test
  void commitsNothingThatTheLogDidNotConfirm() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      create(broker, "firewall");
      send(broker, "firewall", "one");
      log.losing = true;
      try (var source = source(broker.address(), true)) {
        awaitThat(() -> source.status().problem() != null);
        assertThat(source.status().problem()).contains("the broker went away");
        assertThat(source.status().records()).isZero();
        log.losing = false;
        log.await(1);
        awaitThat(() -> source.status().problem() == null);
        assertThat(source.status().problem()).isNull();
      }
      assertThat(log.texts()).containsExactly("one");
    }
  }

  @Test
  void saysThatTheOtherKafkaIsAwayAndGoesOnWhenItIsBack() throws Exception {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      port = broker.port();
      create(broker, "firewall");
      send(broker, "firewall", "before");
    }
    try (var source = source("127.0.0.1:" + port, true)) {
      awaitLong(() -> source.status().problem() != null);
      assertThat(source.status().problem()).contains("topic 'firewall' at 127.0.0.1:" + port);
      try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port)) {
        awaitLong(() -> log.entries.size() == 1);
        send(broker, "firewall", "after");
        awaitLong(() -> log.entries.size() == 2 && source.status().problem() == null);
        assertThat(log.texts()).containsExactly("before", "after");
        assertThat(source.status().problem()).isNull();
      }
    }
  }

  @Test
  void saysThatThereIsNoSuchTopicAndTakesItUpOnceThereIs() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        var source = source(broker.address(), true)) {
      awaitLong(() -> source.status().problem() != null);
      assertThat(source.status().problem())
          .isEqualTo("there is no topic 'firewall' at " + broker.address());
      create(broker, "firewall");
      send(broker, "firewall", "one");
      awaitLong(() -> log.entries.size() == 1);
      assertThat(log.texts()).containsExactly("one");
    }
  }

  @Test
  void handsTlsAndSaslSettingsToTheClientAndTellsWhatIsWrongWithThem() throws Exception {
    Path wrong = Files.writeString(dir.resolve("ca.pem"), "nothing");
    var config =
        new IntakeConfig.Kafka(
            "127.0.0.1:9",
            "firewall",
            "cef",
            true,
            Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"metron\" password=\"secret\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                wrong.toString()));
    try (var source = new KafkaTopicSource(config, log, InstantSource.system())) {
      awaitThat(() -> source.status().problem() != null);
      assertThat(source.status().problem())
          .contains("topic 'firewall' at 127.0.0.1:9 can't be read")
          .containsIgnoringCase("PEM")
          .doesNotContain("secret");
    }
  }

  private KafkaTopicSource source(String servers, boolean fromStart) {
    return new KafkaTopicSource(
        new IntakeConfig.Kafka(servers, "firewall", "cef", fromStart, Map.of()),
        log,
        InstantSource.system());
  }

  private static void create(EmbeddedBroker broker, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static void send(EmbeddedBroker broker, String topic, String... values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        var record =
            new ProducerRecord<byte[], byte[]>(
                topic, null, TIME.toEpochMilli(), null, value.getBytes(UTF_8));
        record.headers().add("m.file", "fw.log".getBytes(UTF_8)).add("other", new byte[] {1});
        var _ = producer.send(record).get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static void awaitLong(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() - giveUp < 0) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
