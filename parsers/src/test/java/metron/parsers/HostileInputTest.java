package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metron.parsers.w3c.W3cFormat;
import metron.parsers.zeek.ZeekHeader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Any bytes in, never an exception out, and never long: random bytes, and real lines with bytes changed, cut and doubled.
class HostileInputTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Map<String, List<String>> LINES = new LinkedHashMap<>();

  static {
    for (Sensor sensor : Sensors.shipped().all()) {
      LINES.put(sensor.name(), lines(sensor));
    }
  }

  private static final Map<String, String> METADATA =
      Map.of(
          ZeekHeader.METADATA,
          "#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\thistory\n#types\ttime\tstring\taddr\tport\taddr\tset[string]",
          W3cFormat.METADATA,
          "date time s-ip cs-method cs-uri-stem c-ip sc-status time-taken");

  private final Map<String, Parser> parsers = new LinkedHashMap<>();

  HostileInputTest() {
    for (String sensor : LINES.keySet()) {
      parsers.put(sensor, Samples.parser(sensor));
    }
  }

  /// The records of a sensor's samples, as text that is changed by the properties below.
  private static List<String> lines(Sensor sensor) {
    Path samples =
        Path.of("src/test/resources/metron/parsers/sensors", sensor.name(), "samples.log");
    try {
      RecordReader reader =
          sensor.framing().open(new ByteArrayInputStream(Files.readAllBytes(samples)), Map.of());
      List<String> lines = new ArrayList<>();
      for (RawRecord r = reader.next(); r != null; r = reader.next()) {
        lines.add(new String(r.bytes(), StandardCharsets.UTF_8));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Property(tries = 300)
  void randomBytes(@ForAll @Size(max = 300) byte[] bytes) {
    parsers.forEach((sensor, parser) -> check(sensor, parser, bytes));
  }

  @Property(tries = 500)
  void changedLines(@ForAll long seed) {
    Random random = new Random(seed);
    LINES.forEach(
        (sensor, lines) -> {
          byte[] line = lines.get(random.nextInt(lines.size())).getBytes(StandardCharsets.UTF_8);
          check(sensor, parsers.get(sensor), mutate(line, random));
        });
  }

  @Test
  void longLinesTakeTheirTimeAndNoMore() {
    for (String unit :
        List.of(
            "a", " ", "\"", "{\"a\":", "[", "[1,", "\\", "a=b ", "=", "(", "1", "a.", "[x y=\"",
            "%{", ",", "::", "{\"k")) {
      byte[] bytes = unit.repeat(60_000 / unit.length()).getBytes(StandardCharsets.UTF_8);
      parsers.forEach((sensor, parser) -> check(sensor, parser, bytes));
      LINES.forEach(
          (sensor, lines) -> {
            byte[] head = lines.getFirst().getBytes(StandardCharsets.UTF_8);
            byte[] joined = Arrays.copyOf(head, head.length + bytes.length);
            System.arraycopy(bytes, 0, joined, head.length, bytes.length);
            check(sensor, parsers.get(sensor), joined);
          });
    }
  }

  @Test
  void anObjectOfThousandsOfNamesIsCutAndSaysSo() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 20_000; i++) {
      json.append(i == 0 ? "" : ",").append("\"name").append(i).append("\":").append(i);
    }
    ParseResult r = Samples.parse("json", json.append('}').toString());
    assertThat(r)
        .isInstanceOfSatisfying(
            ParseResult.Parsed.class,
            p ->
                assertThat(Samples.text(p.events().getFirst(), "error.message"))
                    .contains("more than 1000 fields"));
  }

  private static byte[] mutate(byte[] line, Random random) {
    byte[] b = line.clone();
    for (int n = random.nextInt(5); n >= 0; n--) {
      if (b.length == 0) {
        return b;
      }
      int at = random.nextInt(b.length);
      switch (random.nextInt(5)) {
        case 0 -> b[at] = (byte) random.nextInt(256);
        case 1 -> b = Arrays.copyOf(b, at);
        case 2 -> b = Arrays.copyOfRange(b, at, b.length);
        case 3 -> b[at] = (byte) " \"\\{}[],:;=|/-<>%".charAt(random.nextInt(17));
        default -> {
          byte[] doubled = Arrays.copyOf(b, b.length + b.length - at);
          System.arraycopy(b, at, doubled, b.length, b.length - at);
          b = doubled;
        }
      }
    }
    return b;
  }

  private static void check(String sensor, Parser parser, byte[] bytes) {
    long best = Long.MAX_VALUE;
    // Time of the processor, and the best of three: another process may hold the core, and the
    // first run is interpreted.
    for (int i = 0; i < 3 && best > 50_000_000L; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      ParseResult result = parser.parse(Samples.raw(sensor, bytes, METADATA));
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
      if (result instanceof ParseResult.Rejected(String reason, int _)) {
        assertThat(reason).doesNotStartWith("fault");
      }
    }
    assertThat(best)
        .as(
            "%s: nanoseconds for %s",
            sensor, new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.ISO_8859_1))
        .isLessThan(50_000_000L);
  }
}
