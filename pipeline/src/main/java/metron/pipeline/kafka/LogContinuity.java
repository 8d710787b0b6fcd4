package metron.pipeline.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import metron.storage.EventStore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices a log that was made anew beside an older store. Its offsets start from 0 again, and the store would pass over all
/// events up to the position it remembers; so that position is forgotten.
public final class LogContinuity {
  private static final Logger LOG = LoggerFactory.getLogger(LogContinuity.class);
  private static final long TIMEOUT_SECONDS = 30;

  private LogContinuity() {}

  /// Makes the store forget each topic that is gone or ends before the position the store has. To be called before anything
  /// is read.
  ///
  /// @return the topics forgotten; a reader's own positions in them are worth nothing either
  public static Set<String> check(String brokers, EventStore store)
      throws IOException, InterruptedException {
    Map<TopicPartition, Long> written = new HashMap<>();
    for (EventStore.Position position : store.positions()) {
      written.put(new TopicPartition(position.topic(), position.partition()), position.offset());
    }
    if (written.isEmpty()) {
      return Set.of();
    }
    Set<String> anew = new HashSet<>();
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
      Set<String> topics = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicPartition partition : written.keySet()) {
        if (topics.contains(partition.topic())) {
          asked.put(partition, OffsetSpec.latest());
        } else {
          anew.add(partition.topic());
        }
      }
      var ends = admin.listOffsets(asked).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      ends.forEach(
          (partition, end) -> {
            if (end.offset() <= written.getOrDefault(partition, -1L)) {
              anew.add(partition.topic());
            }
          });
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "the log at " + brokers + " does not say how far it goes: " + e.getMessage(), e);
    }
    for (String topic : anew) {
      LOG.warn(
          "topic {} ends before what the store has of it: it was made anew, and is read from its"
              + " beginning",
          topic);
      store.forget(topic);
    }
    return anew;
  }
}
