package metron.pipeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import metron.event.RawMessage;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaRawLogTest {
  private static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00.123456Z");

  @TempDir Path dir;

  @Test
  void keepsRecordsOverARestartOfTheBroker() throws Exception {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0)) {
      port = broker.port();
      try (RawLog log = new KafkaRawLog(KafkaRawLog.Config.embedded(broker.address(), dir))) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          done.add(
              log.append("zeek", utf8("line " + i), Map.of(RawMessage.FILE, "conn.log"), RECEIVED));
        }
        log.flush();
        for (CompletableFuture<Void> one : done) {
          one.get(10, TimeUnit.SECONDS);
        }
        assertThat(log.bytesInFlight()).isZero();
      }
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port)) {
      List<RawMessage> read = readAll(broker.address(), "raw.zeek", 1_000);
      Set<String> texts = new HashSet<>();
      read.forEach(raw -> texts.add(raw.text()));
      assertThat(texts).hasSize(1_000).contains("line 0", "line 999");
      RawMessage first = read.getFirst();
      assertThat(first.sensor()).isEqualTo("zeek");
      assertThat(first.received()).isEqualTo(RECEIVED);
      assertThat(first.metadata()).containsExactly(Map.entry(RawMessage.FILE, "conn.log"));
    }
  }

  @Test
  void takesRecordsForTopicsThatAreJustBeingMade() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        RawLog log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()))) {
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int topic = 0; topic < 20; topic++) {
        for (int i = 0; i < 500; i++) {
          done.add(log.append("new" + topic, utf8("line " + i), Map.of(), RECEIVED));
        }
      }
      log.flush();
      for (CompletableFuture<Void> one : done) {
        one.get(30, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void tellsTheSenderWhatWasNotWrittenWhenTheBrokerStandsStill() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
    var config =
        new KafkaRawLog.Config(
            broker.address(), 1, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(2), null, 0);
    int port = broker.port();
    try (RawLog log = new KafkaRawLog(config)) {
      log.append("zeek", utf8("kept"), Map.of(), RECEIVED).get(20, TimeUnit.SECONDS);
      broker.close();
      CompletableFuture<Void> lost = log.append("zeek", utf8("not kept"), Map.of(), RECEIVED);
      assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining("a record for topic 'raw.zeek' was not written");
      assertThat(log.bytesInFlight()).isZero();
      try (EmbeddedBroker again = EmbeddedBroker.start(dir, port)) {
        log.append("zeek", utf8("after"), Map.of(), RECEIVED).get(30, TimeUnit.SECONDS);
        assertThat(readAll(again.address(), "raw.zeek", 2))
            .extracting(RawMessage::text)
            .containsExactlyInAnyOrder("kept", "after");
      }
    }
  }

  @Test
  void cutsAnOversizeRecordAndTellsItsLength() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        RawLog log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()))) {
      byte[] big = new byte[3 * Topics.MAX_RECORD_BYTES];
      log.append("json", big, Map.of(), RECEIVED).get(10, TimeUnit.SECONDS);
      RawMessage raw = readAll(broker.address(), "raw.json", 1).getFirst();
      assertThat(raw.bytes()).hasSize(Topics.MAX_RECORD_BYTES);
      assertThat(raw.metadata()).containsEntry(RawRecords.OVERSIZE, String.valueOf(big.length));
    }
  }

  @Test
  void refusesASensorNameThatCannotBeATopic() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        RawLog log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()))) {
      assertThatThrownBy(() -> log.append("../x", new byte[1], Map.of(), RECEIVED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'../x'");
    }
  }

  @Test
  void takesNothingWhenTheDiskIsNearlyFull() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        RawLog log =
            new KafkaRawLog(
                new KafkaRawLog.Config(
                    broker.address(),
                    1,
                    1 << 20,
                    Duration.ofMillis(300),
                    Duration.ofSeconds(10),
                    dir,
                    Long.MAX_VALUE))) {
      assertThatThrownBy(() -> log.append("json", new byte[1], Map.of(), RECEIVED))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("MiB free")
          .hasMessageContaining(dir.toString());
    }
  }

  @Test
  void tellsThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      assertThatThrownBy(() -> EmbeddedBroker.start(dir, taken.getLocalPort()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  static List<RawMessage> readAll(String brokers, String topic, int expected) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", brokers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<RawMessage> read = new ArrayList<>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (read.size() < expected && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> read.add(RawRecords.fromRecord(r)));
      }
      assertThat(read).hasSize(expected);
      return read;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
