package metron.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.inspect.CaptureInspection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real captures against what independent tools say of them: `-Pconformance -Dmetron.data=DIR`.
@Tag("conformance")
class CaptureConformanceTest {
  static Stream<Path> captures() throws IOException {
    Path folder = Path.of(System.getProperty("metron.data"), "pcap");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".pcap") || f.toString().endsWith(".pcapng"))
          .sorted()
          .toList()
          .stream();
    }
  }

  static JsonNode expected(Path capture) {
    String name = capture.getFileName().toString().replaceFirst("\\.pcap(ng)?$", ".expected.json");
    return JsonMapper.shared().readTree(capture.resolveSibling(name).toFile());
  }

  static Stream<Arguments> keys() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (Path capture : captures().toList()) {
      for (String key : expected(capture).propertyNames()) {
        if (!NOT_OURS.contains(key)) {
          all.add(Arguments.of(capture, key));
        }
      }
    }
    return all.stream();
  }

  private static final Map<Path, JsonNode> INSPECTED = new ConcurrentHashMap<>();

  private static JsonNode inspected(Path capture) {
    return INSPECTED.computeIfAbsent(
        capture,
        file -> {
          List<String> filters = new ArrayList<>();
          expected(file).path("bpf").forEach(f -> filters.add(f.path("filter").asString()));
          try (InputStream in = Files.newInputStream(file)) {
            String name = file.getFileName().toString();
            return JsonMapper.shared()
                .readTree(CaptureInspection.inspect(in, name, filters).json());
          } catch (IOException | FilterSyntaxException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
          }
        });
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("keys")
  void everyKeyIsExact(Path capture, String key) {
    JsonNode wanted = expected(capture).path(key);
    JsonNode found = inspected(capture).path(key);
    if (key.equals("read_error")) {
      // Each tool has its own words for it.
      assertThat(found.isNull()).isEqualTo(wanted.isNull());
      return;
    }
    if (!found.equals(wanted)) {
      // Shown as text, so that a reader sees where they part; the order of keys is of no matter.
      assertThat(found.toPrettyString()).isEqualTo(wanted.toPrettyString());
      fail(key + " differs in a way its text does not show");
    }
  }

  /// Where the data comes from, and another tool's second opinion.
  private static final Set<String> NOT_OURS =
      Set.of("schema", "source", "oracle", "suricata", "bpf_error");
}
