package metron.stellar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.stellar.shell.ExampleTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The language reference and its page of differences say what is true.
class LanguagePageTest {
  private static final Pattern BLOCK = Pattern.compile("```stellar\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"language.md", "differences.md"})
  void everyTableOfThePageHolds(String page) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/stellar", page)));
    List<ExampleTable.Result> results = new ArrayList<>();
    while (blocks.find()) {
      results.addAll(
          ExampleTable.parse(blocks.group(1), Stellar.standard()).run(Stellar.standard()));
    }
    assertThat(results).hasSizeGreaterThan(20);
    assertThat(results).allSatisfy(r -> assertThat(r.complaint()).as(r.source()).isNull());
  }
}
