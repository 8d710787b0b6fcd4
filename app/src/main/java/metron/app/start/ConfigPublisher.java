package metron.app.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.kafka.KeyedTopic;
import metron.pipeline.kafka.TopicFollower;
import metron.pipeline.kafka.Topics;
import metron.storage.ConfigStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries `conf/` to topic `config`, from which the pipeline takes it: every change at once, and at the start what was changed
/// while Metron was stopped. Files that are equal are not written again, so epochs grow only with changes.
final class ConfigPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigPublisher.class);
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final Duration SCAN = Duration.ofSeconds(2);

  private final ConfigStore store;
  private final KeyedTopic topic;
  private final TopicFollower follower;
  private final Map<String, String> published = new ConcurrentHashMap<>();
  private final Runnable unsubscribe;
  private final Thread scanner;
  private volatile boolean closed;

  private ConfigPublisher(ConfigStore store, String brokers, LiveConfiguration configuration)
      throws IOException, InterruptedException {
    this.store = store;
    this.topic = new KeyedTopic(brokers, Topics.CONFIG);
    this.follower =
        TopicFollower.follow(
            brokers,
            Topics.CONFIG,
            new TopicFollower.Listener() {
              @Override
              public void changed(String key, byte @Nullable [] value, long offset) {
                String text = value == null ? null : new String(value, StandardCharsets.UTF_8);
                if (text == null) {
                  published.remove(key);
                } else {
                  published.put(key, text);
                }
                configuration.changed(key, text, offset);
              }

              @Override
              public void settled() {
                configuration.apply();
              }
            });
    boolean caughtUp = follower.awaitCaughtUp(CATCH_UP);
    if (!caughtUp) {
      throw new IOException(
          "topic '" + Topics.CONFIG + "' could not be read within " + CATCH_UP.toSeconds() + " s");
    }
    publish();
    this.unsubscribe = store.subscribe(_ -> publishLogged());
    this.scanner = Thread.ofPlatform().daemon().name("configuration-scan").start(this::scan);
  }

  static ConfigPublisher start(ConfigStore store, String brokers, LiveConfiguration configuration)
      throws IOException, InterruptedException {
    return new ConfigPublisher(store, brokers, configuration);
  }

  private synchronized void publish() throws IOException, InterruptedException {
    Map<String, String> files = store.readAll();
    for (var file : new TreeMap<>(files).entrySet()) {
      if (!file.getValue().equals(published.get(file.getKey()))) {
        long _ = topic.putNow(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
        published.put(file.getKey(), file.getValue());
      }
    }
    for (String path : List.copyOf(published.keySet())) {
      if (!files.containsKey(path)) {
        long _ = topic.putNow(path, null);
        published.remove(path);
      }
    }
  }

  private void publishLogged() {
    try {
      publish();
    } catch (IOException e) {
      LOG.warn(
          "a configuration change is not live yet, the next one brings it: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Files that were edited on disk by hand.
  private void scan() {
    while (!closed) {
      try {
        Thread.sleep(SCAN);
        store.scan().ifPresent(r -> LOG.info("took up {} edited on disk", r.paths()));
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        LOG.warn("conf/ cannot be looked at: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    scanner.interrupt();
    unsubscribe.run();
    follower.close();
    topic.close();
  }
}
