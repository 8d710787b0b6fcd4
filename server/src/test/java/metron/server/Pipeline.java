package metron.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.RawMessage;
import metron.server.deadletter.DeadLetters;
import metron.server.health.HealthSource;
import metron.server.indicator.Indicators;
import metron.server.sensor.SensorPreview;

/// What stands behind the server besides the stores: one sensor that takes lines that start with `ok`, and no stream.
final class Pipeline {
  private Pipeline() {}

  static final class Sensors implements SensorPreview {
    @Override
    public List<SensorPreview.Sensor> sensors() {
      return List.of(
          new SensorPreview.Sensor(
              "zeek", List.of("bro"), "Zeek", "Zeek", "Network monitor", List.of("json")));
    }

    @Override
    public Optional<SensorPreview.Sensor> sensor(String sensor) {
      return sensors().stream()
          .filter(s -> s.name().equals(sensor) || s.aliases().contains(sensor))
          .findFirst();
    }

    @Override
    public Outcome preview(String sensor, byte[] record, Map<String, String> metadata) {
      String line = new String(record, StandardCharsets.UTF_8);
      if (line.startsWith("#")) {
        return new Outcome.Filtered("comment");
      }
      if (!line.startsWith("ok")) {
        return new Outcome.Rejected(DeadLetter.Stage.PARSE, "expected ok");
      }
      Event event = new Event();
      event.set(Ecs.MESSAGE, line);
      return new Outcome.Accepted(List.of(event));
    }
  }

  static final class Letters implements DeadLetters {
    final List<Entry> all = new CopyOnWriteArrayList<>();
    final List<String> replayed = new CopyOnWriteArrayList<>();

    void add(String id, String text) {
      var raw =
          new RawMessage(
              "zeek",
              "raw.zeek",
              0,
              all.size(),
              Instant.EPOCH,
              text.getBytes(StandardCharsets.UTF_8),
              Map.of());
      all.addFirst(
          new Entry(id, new DeadLetter(raw, DeadLetter.Stage.PARSE, "expected ok", Instant.EPOCH)));
    }

    @Override
    public Page list(String sensor, DeadLetter.Stage stage, String after, int size) {
      List<Entry> found =
          all.stream()
              .filter(e -> sensor == null || e.letter().raw().sensor().equals(sensor))
              .filter(e -> stage == null || e.letter().stage() == stage)
              .toList();
      int start = after == null ? 0 : Integer.parseInt(after);
      int end = Math.min(found.size(), start + size);
      return new Page(
          found.subList(start, end),
          end < found.size() ? Integer.toString(end) : null,
          found.size());
    }

    @Override
    public Optional<Entry> find(String id) {
      return all.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    @Override
    public String replay(Entry entry, String sensor, byte[] bytes) {
      replayed.add(sensor + ": " + new String(bytes, StandardCharsets.UTF_8));
      all.remove(entry);
      return "raw." + sensor + "/0/99";
    }
  }

  static final class Intel implements Indicators {
    final Map<String, Indicator> all = new TreeMap<>();

    @Override
    public synchronized Loaded load(String source, InputStream csv) throws IOException {
      List<Rejected> rejected = new ArrayList<>();
      long loaded = 0;
      long line = 0;
      for (String text : new String(csv.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        line++;
        if (text.matches("[0-9.]+")) {
          all.put(text, new Indicator(text, "ipv4-addr", text, source, null, null));
          loaded++;
        } else {
          rejected.add(new Rejected(line, "expected an IPv4 address"));
        }
      }
      return new Loaded(loaded, rejected);
    }

    @Override
    public synchronized List<Indicator> list(String prefix, int size) {
      return all.values().stream()
          .filter(i -> i.value().startsWith(prefix.toLowerCase(Locale.ROOT)))
          .limit(size)
          .toList();
    }

    @Override
    public synchronized Optional<Indicator> find(String id) {
      return Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized long count() {
      return all.size();
    }

    @Override
    public synchronized boolean remove(String id) {
      return all.remove(id) != null;
    }
  }

  static final class Health implements HealthSource {
    volatile Status log = Status.OK;

    @Override
    public List<PartHealth> parts() {
      return List.of(
          new PartHealth("log", log, log == Status.OK ? null : "the broker does not answer"),
          new PartHealth("pipeline", Status.OK, null));
    }

    @Override
    public List<HealthSource.SensorHealth> sensors() {
      return List.of(new HealthSource.SensorHealth("zeek", 12.5, 3, 100, 90, 5, 2, Instant.EPOCH));
    }

    @Override
    public Ledger ledger() {
      return new Ledger(100, 90, 5, 2, 3, 0);
    }
  }
}
