package metron.server.alert;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import metron.event.Ecs;
import metron.event.Event;
import metron.storage.Alert;
import metron.storage.AlertStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Alerts as they come, to any number of clients, as server-sent events.
///
/// Each client has a queue of [#QUEUE] alerts and a virtual thread (the one of its request) that empties it. The store
/// only offers to the queues and never waits: when one is full, the alert is counted as missed, and the client gets an
/// event `missed` with how many once it keeps up again, so that it can load the list anew. A client that takes nothing
/// at all is cut off by the connector's write time-out.
///
/// Events: `alert` with `{id, version, event}`, `missed` with `{count}`; a comment every [#HEARTBEAT] keeps proxies from
/// closing the connection and finds clients that are gone.
public final class AlertStream implements AutoCloseable {
  static final int QUEUE = 1000;
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_CLIENTS = 500;
  private static final Logger log = LoggerFactory.getLogger(AlertStream.class);

  /// What is sent of an alert.
  record AlertPush(String id, long version, Event event) {}

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final JsonMapper json;
  private final Runnable unsubscribe;
  private volatile boolean closed;

  public AlertStream(AlertStore alerts, JsonMapper json) {
    this.json = json;
    this.unsubscribe = alerts.subscribe(this::offer);
  }

  private void offer(Alert alert) {
    for (Client client : clients) {
      client.offer(alert);
    }
  }

  boolean isFull() {
    return clients.size() >= MOST_CLIENTS;
  }

  int clients() {
    return clients.size();
  }

  /// Sends until the client goes away, `allowed` says no, or the server ends.
  ///
  /// @param wanted which alerts the client asked for
  /// @param allowed asked at each heartbeat
  void send(Predicate<Event> wanted, BooleanSupplier allowed, HttpServletResponse response)
      throws IOException {
    Client client = new Client(wanted);
    clients.add(client);
    try {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      OutputStream out = response.getOutputStream();
      write(out, "retry: 3000\n: connected\n\n");
      long nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
      while (!closed && !client.gone) {
        long wait = nextHeartbeat - System.nanoTime();
        Alert alert = client.queue.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
        if (closed) {
          return;
        }
        long missed = client.missed.get();
        if (missed > 0 && client.queue.isEmpty()) {
          client.missed.addAndGet(-missed);
          write(out, "event: missed\ndata: {\"count\":" + missed + "}\n\n");
        }
        if (alert != null) {
          write(out, "event: alert\ndata: " + data(alert) + "\n\n");
        }
        if (System.nanoTime() >= nextHeartbeat) {
          if (!allowed.getAsBoolean()) {
            write(out, "event: signed-out\ndata: {}\n\n");
            return;
          }
          write(out, ": heartbeat\n\n");
          nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.debug("client of the alert stream went away: {}", e.getMessage());
    } finally {
      clients.remove(client);
    }
  }

  /// JSON without line breaks, as an event's data must be.
  private String data(Alert alert) {
    Event event = withState(alert);
    String id = event.string(Ecs.EVENT_ID);
    return json.writeValueAsString(new AlertPush(id == null ? "" : id, alert.version(), event));
  }

  /// The event with the `alert.*` fields that a search would give.
  private static Event withState(Alert alert) {
    Event event = alert.event().copy();
    AlertFields.add(alert, event);
    return event;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// Ends all streams and the subscription.
  @Override
  public void close() {
    closed = true;
    unsubscribe.run();
    for (Client client : clients) {
      client.gone = true;
      client.wake();
    }
  }

  private static final class Client {
    final BlockingQueue<Alert> queue = new ArrayBlockingQueue<>(QUEUE);
    final AtomicLong missed = new AtomicLong();
    final Predicate<Event> wanted;
    volatile boolean gone;
    private volatile Thread sender = Thread.currentThread();

    Client(Predicate<Event> wanted) {
      this.wanted = wanted;
    }

    void offer(Alert alert) {
      if (wanted.test(alert.event()) && !queue.offer(alert)) {
        missed.incrementAndGet();
      }
    }

    void wake() {
      sender.interrupt();
    }
  }
}
