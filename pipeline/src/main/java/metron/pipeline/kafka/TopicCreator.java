package metron.pipeline.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes topics as [Topics] lays them out; those that exist stay as they are.
public final class TopicCreator implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;
  private static final OffsetSpec LATEST = OffsetSpec.latest();

  private final Admin admin;
  private final String brokers;
  private final short replicas;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /// @param brokers `host:port`, comma-separated
  /// @param replicas copies of each partition; 1 for the embedded broker
  public TopicCreator(String brokers, int replicas) {
    this.brokers = brokers;
    this.replicas = (short) replicas;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "metron-topics"));
  }

  /// Makes the topics that are always there: dead letters, indicators, configuration.
  public void ensureShared() throws IOException, InterruptedException {
    ensure(List.of(Topics.DEAD_LETTERS, Topics.INDICATORS, Topics.CONFIG));
  }

  /// Returns when all of them exist.
  public void ensure(Collection<String> topics) throws IOException, InterruptedException {
    Set<String> missing = new HashSet<>(topics);
    missing.removeAll(known);
    if (missing.isEmpty()) {
      return;
    }
    List<NewTopic> layouts = missing.stream().map(topic -> Topics.layout(topic, replicas)).toList();
    for (var created : admin.createTopics(layouts).values().entrySet()) {
      try {
        created.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new IOException(
              "topic '"
                  + created.getKey()
                  + "' can't be made at "
                  + brokers
                  + ": "
                  + e.getMessage(),
              e.getCause());
        }
      } catch (TimeoutException e) {
        throw new IOException(
            "topic '"
                + created.getKey()
                + "' could not be made within "
                + TIMEOUT_SECONDS
                + " s: is the broker at "
                + brokers
                + " up?",
            e);
      }
    }
    awaitLeaders(missing);
    known.addAll(missing);
  }

  // A topic is made before its leaders know of it. A producer that writes at once has its first
  // batch
  // turned away and the second accepted, after which the broker takes the first for one out of
  // order
  // and never has it (KAFKA-14359). Offsets are told by the leader itself.
  private void awaitLeaders(Set<String> topics) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (true) {
      try {
        askLeaders(topics);
        return;
      } catch (ExecutionException | TimeoutException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() - deadline > 0) {
          throw new IOException(
              "the topics "
                  + topics
                  + " have no leaders at "
                  + brokers
                  + " yet: "
                  + (e.getCause() == null ? "no answer" : e.getCause().getMessage()),
              e);
        }
        Thread.sleep(20);
      }
    }
  }

  private void askLeaders(Set<String> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (var topic :
        admin
            .describeTopics(topics)
            .allTopicNames()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .values()) {
      topic
          .partitions()
          .forEach(p -> ends.put(new TopicPartition(topic.name(), p.partition()), LATEST));
    }
    var _ = admin.listOffsets(ends).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    admin.close();
  }
}
