package metron.detection.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import metron.config.Faults;
import metron.stellar.program.Variables;
import metron.stellar.shell.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real rules over real, attack and made-up events, whose matches an independent evaluator found.
///
/// Run: `mvn -pl detection -am test -Pconformance -Dmetron.data=…`
@Tag("conformance")
class SigmaConformance {
  private static final Path DATA = Path.of(System.getProperty("metron.data", ""), "sigma");

  private final SourceMap map = SourceMap.raw();

  private List<SigmaRule> rules() throws IOException {
    Faults faults = new Faults();
    SigmaReader reader = new SigmaReader(map.placeholders(), faults);
    List<SigmaRule> rules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DATA)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
        rules.addAll(reader.read(DATA.relativize(file).toString(), Files.readString(file)));
      }
    }
    assertThat(faults.list()).isEmpty();
    return rules;
  }

  private SigmaEngine.Session<Map<String, ?>> session() throws IOException {
    return new SigmaEngine<Map<String, ?>>(rules(), map, Variables.ofMap(Variables.Missing.NULL))
        .session();
  }

  private static List<Map<?, ?>> lines(String file) throws IOException {
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(DATA.resolve(file))) {
      lines.add((Map<?, ?>) Json.read(line));
    }
    return lines;
  }

  private static TreeSet<String> ids(List<SigmaRule> rules) {
    TreeSet<String> ids = new TreeSet<>();
    rules.forEach(rule -> ids.add(rule.id()));
    return ids;
  }

  private static TreeSet<String> expected(Map<?, ?> line) {
    TreeSet<String> ids = new TreeSet<>();
    ((List<?>) line.get("matches")).forEach(id -> ids.add(String.valueOf(id)));
    return ids;
  }

  @Test
  void everyRuleLoads() throws Exception {
    List<SigmaRule> rules = rules();
    assertThat(rules).hasSize(437);
    assertThat(rules.stream().filter(r -> !r.active()))
        .singleElement()
        .satisfies(r -> assertThat(r.inactive()).contains("%Admins_Workstations%"));
  }

  @Test
  void exportedEventsMatchTheirRules() throws Exception {
    var session = session();
    List<Map<?, ?>> expected = lines("expected.jsonl");
    List<Map<?, ?>> events = lines("events.jsonl");
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Map<String, Object> event = RawEvents.flat((Map<?, ?>) events.get(i).get("event"));
      compare(wrong, i, expected(expected.get(i)), ids(session.matching(event)));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void attacksMatchTheirRules() throws Exception {
    var session = session();
    List<String> wrong = new ArrayList<>();
    for (Map<?, ?> line : lines("windows_events.jsonl")) {
      Map<String, Object> event = RawEvents.flat((Map<?, ?>) line.get("event"));
      compare(wrong, line.get("n"), expected(line), ids(session.matching(event)));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void madeUpEventsMatchWhereTheyShould() throws Exception {
    var session = session();
    List<String> wrong = new ArrayList<>();
    for (Map<?, ?> line : lines("synthetic.jsonl")) {
      Map<?, ?> source = (Map<?, ?>) line.get("logsource");
      LogSource logSource =
          new LogSource(text(source, "category"), text(source, "product"), text(source, "service"));
      Map<String, Object> event = RawEvents.flat((Map<?, ?>) line.get("event"));
      compare(wrong, line.get("n"), expected(line), ids(session.matching(event, logSource)));
    }
    assertThat(wrong).isEmpty();
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : value.toString();
  }

  private static void compare(
      List<String> wrong, Object n, TreeSet<String> expected, TreeSet<String> found) {
    if (!expected.equals(found)) {
      TreeSet<String> missing = new TreeSet<>(expected);
      missing.removeAll(found);
      found.removeAll(expected);
      wrong.add("event " + n + ": missing " + missing + ", too many " + found);
    }
  }
}
