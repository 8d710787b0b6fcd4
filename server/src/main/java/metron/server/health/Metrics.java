package metron.server.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import metron.storage.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Numbers for Prometheus. The pipeline's are read from [HealthSource] once for each scrape, so a scrape costs the same
/// however many there are; a sensor's appear with its first record.
public final class Metrics implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Metrics.class);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final HealthSource source;
  private final EventStore events;
  private final Map<String, HealthSource.SensorHealth> sensors = new ConcurrentHashMap<>();
  private final Map<String, HealthSource.PartHealth> parts = new ConcurrentHashMap<>();
  private final Set<String> registered = ConcurrentHashMap.newKeySet();
  private volatile HealthSource.@Nullable Ledger ledger;
  private volatile EventStore.@Nullable Status store;

  public Metrics(HealthSource source, EventStore events) {
    this.source = source;
    this.events = events;
    new JvmMemoryMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    ledger("received", HealthSource.Ledger::received);
    ledger("indexed", HealthSource.Ledger::indexed);
    ledger("filtered", HealthSource.Ledger::filtered);
    ledger("dead.letters", HealthSource.Ledger::deadLetters);
    ledger("waiting", HealthSource.Ledger::waiting);
    ledger("difference", HealthSource.Ledger::difference);
    store("documents", "Events that can be searched", EventStore.Status::documents);
    store("bytes", "Size of the event store on disk", EventStore.Status::bytes);
    store("partitions", "Partitions of the event store", EventStore.Status::partitions);
    store(
        "newest.seconds",
        "Time of the newest event, in seconds since 1970",
        s -> s.newest() == null ? Double.NaN : s.newest().toEpochMilli() / 1000.0);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /// A request that was answered.
  ///
  /// @param address pattern of the address, never the address itself: that would be a series for each event
  public void answered(String method, String address, int status, long nanos) {
    Timer.builder("http.server.requests")
        .description("Requests answered")
        .tags("method", method, "uri", address, "status", Integer.toString(status))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// All numbers, in the text format of Prometheus.
  String scrape() {
    for (HealthSource.SensorHealth s : source.sensors()) {
      sensors.put(s.name(), s);
      if (registered.add("sensor " + s.name())) {
        addSensor(s.name());
      }
    }
    for (HealthSource.PartHealth p : source.parts()) {
      parts.put(p.name(), p);
      if (registered.add("part " + p.name())) {
        Gauge.builder("metron.part.status", parts, m -> status(m.get(p.name())))
            .description("0 ok, 1 degraded, 2 down")
            .tags("part", p.name())
            .register(registry);
      }
    }
    ledger = source.ledger();
    try {
      store = events.status();
    } catch (IOException e) {
      store = null;
      log.warn("the event store can't tell its status: {}", e.getMessage());
    }
    return registry.scrape();
  }

  private static double status(HealthSource.@Nullable PartHealth part) {
    if (part == null) {
      return Double.NaN;
    }
    return switch (part.status()) {
      case OK -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
    };
  }

  private void addSensor(String name) {
    counter(name, "received", "Records received", HealthSource.SensorHealth::received);
    counter(name, "indexed", "Records that became events", HealthSource.SensorHealth::indexed);
    counter(name, "filtered", "Records left out on purpose", HealthSource.SensorHealth::filtered);
    counter(name, "dead.letters", "Records refused", HealthSource.SensorHealth::deadLetters);
    gauge(name, "lag", "Records waiting in the log", HealthSource.SensorHealth::lag);
    gauge(name, "events.per.second", "Events a second", HealthSource.SensorHealth::eventsPerSecond);
  }

  private void counter(
      String sensor, String what, String text, ToDoubleFunction<HealthSource.SensorHealth> value) {
    FunctionCounter.builder("metron.sensor." + what, sensors, m -> of(m, sensor, value))
        .description(text)
        .tags(Tags.of("sensor", sensor))
        .register(registry);
  }

  private void gauge(
      String sensor, String what, String text, ToDoubleFunction<HealthSource.SensorHealth> value) {
    Gauge.builder("metron.sensor." + what, sensors, m -> of(m, sensor, value))
        .description(text)
        .tags(Tags.of("sensor", sensor))
        .register(registry);
  }

  private static double of(
      Map<String, HealthSource.SensorHealth> sensors,
      String name,
      ToDoubleFunction<HealthSource.SensorHealth> value) {
    HealthSource.SensorHealth s = sensors.get(name);
    return s == null ? 0 : value.applyAsDouble(s);
  }

  private void ledger(String what, ToDoubleFunction<HealthSource.Ledger> value) {
    Gauge.builder(
            "metron.ledger." + what,
            this,
            m -> {
              HealthSource.Ledger l = m.ledger;
              return l == null ? Double.NaN : value.applyAsDouble(l);
            })
        .description("Ledger of all records: " + what.replace('.', ' '))
        .register(registry);
  }

  private void store(String what, String text, ToDoubleFunction<EventStore.Status> value) {
    Gauge.builder(
            "metron.event.store." + what,
            this,
            m -> {
              EventStore.Status s = m.store;
              return s == null ? Double.NaN : value.applyAsDouble(s);
            })
        .description(text)
        .register(registry);
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
