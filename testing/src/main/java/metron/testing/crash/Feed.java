package metron.testing.crash;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.testing.process.Product;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Hands numbered lines to one `metron ingest` client a sensor, in order of their numbers, as far as it is allowed to.
final class Feed implements AutoCloseable {
  private static final double RATE = 12;
  private static final int BUFFER = 64 << 10;
  private static final Duration LOOK = Duration.ofMillis(20);

  private record Client(String sensor, Process process, OutputStream to, Path err) {}

  private final CrashProof.Config config;
  private final Product product;
  private final Map<String, Client> clients = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("feed").unstarted(this::run);
  private volatile long allowed;
  private volatile long written;
  private volatile boolean closed;

  Feed(CrashProof.Config config, Product product) {
    this.config = config;
    this.product = product;
  }

  /// When the first line was written, by what it says: the company's clock is the same in every run.
  static Instant start(CrashProof.Config config) {
    return Instant.parse("2026-03-02T06:00:00Z").plusSeconds(config.seed() % 3600);
  }

  /// Some time after the last line.
  static Instant end(CrashProof.Config config) {
    return start(config).plusSeconds((long) (config.events() / RATE)).plusSeconds(60);
  }

  /// Starts to hand out. A Metron must run: the clients ask it where its log is.
  void begin() {
    thread.start();
  }

  /// Lets it go on to this share of all lines.
  void allow(double share) {
    allowed = (long) (config.events() * share);
  }

  /// Lines handed out so far.
  long written() {
    return written;
  }

  /// Clients so far: one for each sensor that had a line.
  int clients() {
    return clients.size();
  }

  /// Waits until so many lines are handed out.
  void await(long lines, Duration patience) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (written < lines) {
      IOException problem = failure.get();
      if (problem != null) {
        throw problem;
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException(
            "after " + patience + " only " + written + " of " + lines + " lines are taken");
      }
      Thread.sleep(LOOK);
    }
  }

  /// Waits until every line is handed out and every client has ended.
  ///
  /// @return records that the clients were told are in the log
  /// @throws IOException if one of them failed, with what it said
  long finish(Duration patience) throws IOException, InterruptedException {
    thread.join(patience);
    IOException problem = failure.get();
    if (problem != null) {
      throw problem;
    }
    if (thread.isAlive()) {
      throw new IOException(
          "after " + patience + " only " + written + " of " + config.events() + " are handed out");
    }
    long sent = 0;
    for (Client client : clients.values()) {
      client.to.close();
      String out =
          new String(client.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!client.process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)
          || client.process.exitValue() != 0) {
        throw new IOException(
            "ingest of " + client.sensor + " failed: " + out + Files.readString(client.err));
      }
      JsonNode summary = JsonMapper.shared().readTree(out);
      sent += summary.path("sent").asLong();
    }
    return sent;
  }

  private void run() {
    Iterator<DemoRecord> lines =
        new DemoScenario(config.seed(), start(config))
            .withRate(RATE)
            .withNumbers(0)
            .withLimit(config.events())
            .iterator();
    try {
      long count = 0;
      while (lines.hasNext() && !closed) {
        if (count >= allowed) {
          for (Client client : clients.values()) {
            client.to.flush();
          }
          while (count >= allowed && !closed) {
            Thread.sleep(LOOK);
          }
        }
        DemoRecord record = lines.next();
        Client client = clients.get(record.sensor());
        if (client == null) {
          client = open(record.sensor());
          clients.put(record.sensor(), client);
        }
        client.to.write(record.line());
        client.to.write('\n');
        count++;
        written = count;
      }
    } catch (IOException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      // Closed before all was handed out.
      failure.set(new IOException("interrupted", e));
    }
  }

  private Client open(String sensor) throws IOException {
    Path err = config.work().resolve("ingest-" + sensor + ".err");
    Process process = product.pipe(err, "ingest", sensor, "-");
    return new Client(
        sensor, process, new BufferedOutputStream(process.getOutputStream(), BUFFER), err);
  }

  /// Ends the clients, if they still run.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    for (Client client : List.copyOf(clients.values())) {
      client.process.destroyForcibly();
    }
  }
}
