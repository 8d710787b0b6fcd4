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
import org.junit.jupiter.api.Test;

/// The language reference says what is true.
class LanguagePageTest {
  private static final Pattern BLOCK = Pattern.compile("```stellar\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyTableOfThePageHolds() throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/stellar/language.md")));
    List<ExampleTable.Result> results = new ArrayList<>();
    while (blocks.find()) {
      results.addAll(
          ExampleTable.parse(blocks.group(1), Stellar.standard()).run(Stellar.standard()));
    }
    assertThat(results).hasSizeGreaterThan(20);
    assertThat(results).allSatisfy(r -> assertThat(r.complaint()).as(r.source()).isNull());
  }
}
