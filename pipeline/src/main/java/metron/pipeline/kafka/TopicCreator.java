package metron.pipeline.kafka;

import java.io.IOException;
import java.util.Collection;
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
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes topics as [Topics] lays them out; those that exist stay as they are.
public final class TopicCreator implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;

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
    known.addAll(missing);
  }

  @Override
  public void close() {
    admin.close();
  }
}
