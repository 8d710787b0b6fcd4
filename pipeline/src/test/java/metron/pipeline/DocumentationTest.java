package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.enrichment.indicator.IndicatorTable;
import metron.expression.TestResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The documents on the pages for users are ones that work.
class DocumentationTest {
  private static final Pattern BLOCK =
      Pattern.compile("```yaml\n# conf/(\\S+)\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({"rules.md, 3, 4", "transformations.md, 1, 2"})
  void everyDocumentOnThePageWorksAndPassesItsTests(String page, int documents, int tests)
      throws Exception {
    Map<String, String> files = blocks(Path.of("../docs", page));
    assertThat(files).hasSize(documents);
    List<TestResult> results =
        new DefinitionReader(Path.of("."), List.of(), new IndicatorTable(), InstantSource.system())
            .read(files, Epochs.SHIPPED)
            .test();
    assertThat(results).hasSize(tests).allMatch(TestResult::passed);
  }

  /// What the console offers to begin a new file with.
  @Test
  void everyBeginningThatTheConsoleOffersWorksAndPassesItsTests() throws Exception {
    Path templates = Path.of("../ui/src/features/configuration/templates");
    Map<String, String> files = new TreeMap<>();
    for (String kind : List.of("sensors", "transformations", "triage")) {
      files.put(kind + "/new.yaml", Files.readString(templates.resolve(kind + ".yaml")));
    }
    PipelineDefinition definition =
        new DefinitionReader(Path.of("."), List.of(), new IndicatorTable(), InstantSource.system())
            .read(files, Epochs.SHIPPED);
    assertThat(definition.warnings()).isEmpty();
    assertThat(definition.test()).hasSize(3).allMatch(TestResult::passed);
  }

  private static Map<String, String> blocks(Path page) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Matcher block = BLOCK.matcher(Files.readString(page));
    while (block.find()) {
      files.put(block.group(1), block.group(2));
    }
    return files;
  }
}
