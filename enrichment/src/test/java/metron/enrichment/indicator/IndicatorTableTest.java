package metron.enrichment.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import metron.event.IpAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IndicatorTableTest {
  private static Indicator of(IndicatorType type, String value, String source) {
    return Indicator.of(type, value, 80, source, "");
  }

  @Test
  void putReplacesTheSameSourceAndKeepsOthers() {
    IndicatorTable table = new IndicatorTable();
    for (var i :
        List.of(
            of(IndicatorType.IP, "203.0.113.7", "a"),
            of(IndicatorType.CIDR, "203.0.113.0/24", "a"),
            of(IndicatorType.DOMAIN, "bad.example", "a"),
            of(IndicatorType.URL, "http://bad.example/x", "a"),
            of(IndicatorType.HASH, "44d88612fea8a8f36de82e1278abb02f", "a"),
            of(IndicatorType.EMAIL, "a@bad.example", "a"))) {
      table.put(i);
      table.put(i);
      table.put(Indicator.of(i.type(), i.value(), 10, "b", "other"));
      assertThat(table.get(i.id())).contains(i);
    }
    assertThat(table.size()).isEqualTo(12);
    for (Indicator i : table.list("", 100)) {
      assertThat(table.remove(i.id())).isTrue();
      assertThat(table.remove(i.id())).isFalse();
      assertThat(table.get(i.id())).isEmpty();
    }
    assertThat(table.size()).isZero();
  }

  @Test
  void listsByValueWithPrefix() {
    IndicatorTable table = new IndicatorTable();
    for (String d : List.of("c.example", "a.example", "b.example", "zz.example")) {
      table.put(of(IndicatorType.DOMAIN, d, "f"));
    }
    assertThat(table.list("", 2))
        .extracting(Indicator::value)
        .containsExactly("a.example", "b.example");
    assertThat(table.list("Z", 9)).extracting(Indicator::value).containsExactly("zz.example");
  }

  @Test
  void removesWhatHasExpired() {
    IndicatorTable table = new IndicatorTable();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    table.put(of(IndicatorType.IP, "203.0.113.1", "f"));
    table.put(
        new Indicator(
            IndicatorType.IP,
            "203.0.113.2",
            1,
            "f",
            "",
            "",
            List.of(),
            null,
            now.minusSeconds(1),
            ""));
    assertThat(table.removeExpired(now)).isEqualTo(1);
    assertThat(table.list("", 9)).extracting(Indicator::value).containsExactly("203.0.113.1");
  }

  @Property(tries = 200)
  void anyTextIsNoIdOrTheIdOfSomethingAbsent(@ForAll String id) {
    IndicatorTable table = new IndicatorTable();
    assertThat(table.remove(id)).isFalse();
    assertThat(table.get(id)).isEmpty();
  }

  @Property(tries = 60)
  void agreesWithAPlainMap(@ForAll long seed) {
    Random random = new Random(seed);
    IndicatorTable table = new IndicatorTable();
    Map<String, Indicator> plain = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      String value =
          "d" + random.nextInt(100) + "." + (random.nextBoolean() ? "x." : "") + "example";
      Indicator indicator = of(IndicatorType.DOMAIN, value, "s" + random.nextInt(3));
      if (random.nextInt(3) == 0) {
        assertThat(table.remove(indicator.id())).isEqualTo(plain.remove(indicator.id()) != null);
      } else {
        table.put(indicator);
        plain.put(indicator.id(), indicator);
      }
    }
    assertThat(table.size()).isEqualTo(plain.size());
    List<Indicator> all = new ArrayList<>();
    table.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(plain.values());
  }

  /// What stays in the table must be found at every moment, whatever writers do to the rest.
  @Test
  void readersAlwaysFindWhatNoWriterTouches() throws Exception {
    IndicatorTable table = new IndicatorTable();
    List<Indicator> steady = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      steady.add(of(IndicatorType.IP, "203.0.113." + i, "steady"));
      steady.add(of(IndicatorType.DOMAIN, "s" + i + ".example", "steady"));
      steady.add(of(IndicatorType.CIDR, "198.51." + i + ".0/24", "steady"));
    }
    steady.forEach(table::put);
    AtomicBoolean done = new AtomicBoolean();
    Callable<Long> reader =
        () -> {
          long missed = 0;
          while (!done.get()) {
            for (int i = 0; i < 200; i++) {
              String name = "www.s" + i + ".example";
              boolean found =
                  table.matchIp(IpAddress.parse("203.0.113." + i).orElseThrow(), 0, null) != null
                      && table.matchIp(IpAddress.parse("198.51." + i + ".9").orElseThrow(), 0, null)
                          != null
                      && table.matchDomain(name, 0, name.length(), 0, null) != null;
              missed += found ? 0 : 1;
            }
          }
          return missed;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> readers = List.of(threads.submit(reader), threads.submit(reader));
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        String source = "w" + w;
        writers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 5; round++) {
                    List<Indicator> mine = new ArrayList<>();
                    for (int i = 0; i < 3000; i++) {
                      mine.add(
                          of(IndicatorType.IP, "203." + (i >> 8) + ".113." + (i & 255), source));
                      mine.add(of(IndicatorType.DOMAIN, "s" + i + ".example", source));
                      mine.add(
                          of(
                              IndicatorType.CIDR,
                              "198." + (i >> 8) + "." + (i & 255) + ".0/24",
                              source));
                    }
                    mine.forEach(table::put);
                    mine.forEach(m -> table.remove(m.id()));
                  }
                }));
      }
      for (Future<?> w : writers) {
        w.get();
      }
      done.set(true);
      for (Future<Long> r : readers) {
        assertThat(r.get()).isZero();
      }
    }
    assertThat(table.size()).isEqualTo(steady.size());
  }
}
