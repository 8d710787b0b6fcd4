package metron.server.alert;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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
import org.jspecify.annotations.Nullable;
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
///
/// Each alert has a number, sent as the event's id with the start of this server before it. A client that comes back with
/// `Last-Event-ID` gets what it missed out of the last [#KEPT]; if that is not enough, or the server was started again
/// since, an event `missed` whose count is 0 where nobody knows it.
public final class AlertStream implements AutoCloseable {
  static final int QUEUE = 1000;
  static final int KEPT = 1000;
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_CLIENTS = 500;
  private static final Logger log = LoggerFactory.getLogger(AlertStream.class);

  /// What is sent of an alert.
  record AlertPush(String id, long version, Event event) {}

  /// @param number 1 for the first alert since the start
  private record Numbered(long number, Alert alert) {}

  private record Kept(long number, String id) {}

  /// What a client that comes back has missed.
  ///
  /// @param lost how many can't be had any more; 0: unknown; -1: none
  /// @param ids the others, each with its newest number, in the order of the first
  private record Missed(long lost, Map<String, Long> ids) {}

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  // Guarded by itself: numbers are given, kept and queued in one order. Ids only: a thousand alerts
  // with their original
  // text could be as large as the heap.
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private long number;
  private final JsonMapper json;
  private final AlertStore alerts;
  private final Runnable unsubscribe;
  private volatile boolean closed;

  public AlertStream(AlertStore alerts, JsonMapper json) {
    this.json = json;
    this.alerts = alerts;
    this.unsubscribe = alerts.subscribe(this::offer);
  }

  private void offer(Alert alert) {
    synchronized (kept) {
      var next = new Numbered(++number, alert);
      if (kept.size() == KEPT) {
        kept.removeFirst();
      }
      kept.addLast(new Kept(number, id(alert)));
      for (Client client : clients) {
        client.offer(next);
      }
    }
  }

  private static String id(Alert alert) {
    return Objects.requireNonNullElse(alert.event().string(Ecs.EVENT_ID), "");
  }

  /// From now on the client gets what comes; the answer says what has gone by.
  private Missed join(Client client, @Nullable String last) {
    Map<String, Long> ids = new LinkedHashMap<>();
    synchronized (kept) {
      clients.add(client);
      if (last == null) {
        return new Missed(-1, ids);
      }
      long seen = number(last);
      if (seen < 0 || seen > number) {
        return new Missed(0, ids);
      }
      for (Kept each : kept) {
        if (each.number() > seen) {
          ids.put(each.id(), each.number());
        }
      }
      long oldest = kept.isEmpty() ? number + 1 : kept.getFirst().number();
      return new Missed(oldest > seen + 1 ? oldest - seen - 1 : -1, ids);
    }
  }

  /// The number in an id that this server gave; -1: it gave none such.
  private long number(String id) {
    if (!id.startsWith(run + "-") || id.length() > run.length() + 20) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(run.length() + 1));
    } catch (NumberFormatException e) {
      return -1;
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
  /// @param last id of the last event that the client has got; null: it is new
  void send(
      Predicate<Event> wanted,
      BooleanSupplier allowed,
      @Nullable String last,
      HttpServletResponse response)
      throws IOException {
    Client client = new Client(wanted);
    try {
      Missed before = join(client, last);
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      OutputStream out = response.getOutputStream();
      write(out, "retry: 3000\n: connected\n\n");
      if (before.lost() >= 0) {
        write(out, missed(before.lost()));
      }
      for (Map.Entry<String, Long> each : before.ids().entrySet()) {
        Alert alert = alerts.get(each.getKey()).orElse(null);
        if (alert != null && wanted.test(alert.event())) {
          write(out, push(new Numbered(each.getValue(), alert)));
        }
      }
      long nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
      while (!closed && !client.gone) {
        long wait = nextHeartbeat - System.nanoTime();
        Numbered next = client.queue.poll(Math.max(wait, 0), TimeUnit.NANOSECONDS);
        if (closed) {
          return;
        }
        long missed = client.missed.get();
        if (missed > 0 && client.queue.isEmpty()) {
          client.missed.addAndGet(-missed);
          write(out, missed(missed));
        }
        if (next != null) {
          write(out, push(next));
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

  private static String missed(long count) {
    return "event: missed\ndata: {\"count\":" + count + "}\n\n";
  }

  private String push(Numbered next) {
    return "event: alert\nid: "
        + run
        + "-"
        + next.number()
        + "\ndata: "
        + data(next.alert())
        + "\n\n";
  }

  /// JSON without line breaks, as an event's data must be.
  private String data(Alert alert) {
    Event event = withState(alert);
    return json.writeValueAsString(new AlertPush(id(alert), alert.version(), event));
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
    final BlockingQueue<Numbered> queue = new ArrayBlockingQueue<>(QUEUE);
    final AtomicLong missed = new AtomicLong();
    final Predicate<Event> wanted;
    volatile boolean gone;
    private volatile Thread sender = Thread.currentThread();

    Client(Predicate<Event> wanted) {
      this.wanted = wanted;
    }

    void offer(Numbered next) {
      if (wanted.test(next.alert().event()) && !queue.offer(next)) {
        missed.incrementAndGet();
      }
    }

    void wake() {
      sender.interrupt();
    }
  }
}
