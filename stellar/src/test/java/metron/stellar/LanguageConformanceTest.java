package metron.stellar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import metron.stellar.shell.ExampleTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the language means: expressions with their values or failures, in `src/test/resources/
/// conformance`. Each runs through the compiler and the interpreter.
class LanguageConformanceTest {
  private static final Path TABLES = Path.of("src/test/resources/conformance");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(TABLES)) {
      return files.filter(f -> f.toString().endsWith(".stellar")).sorted().toList();
    }
  }

  private static ExampleTable table(Path file) throws IOException {
    return ExampleTable.parse(Files.readString(file, StandardCharsets.UTF_8), Stellar.standard());
  }

  @TestFactory
  List<DynamicTest> everyExpressionHasItsAnswerInBothEngines() throws IOException {
    List<DynamicTest> tests = new java.util.ArrayList<>();
    for (Path file : files()) {
      ExampleTable table = table(file);
      tests.add(
          DynamicTest.dynamicTest(
              file.getFileName() + " can be read",
              () -> assertThat(table.run(Stellar.standard())).hasSize(table.rows().size())));
      for (ExampleTable.Row row : table.rows()) {
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName() + ":" + row.line() + " " + row.source(),
                () -> {
                  assertThat(ExampleTable.complaint(row, Stellar.standard(), false))
                      .as("compiled")
                      .isNull();
                  assertThat(ExampleTable.complaint(row, Stellar.standard(), true))
                      .as("interpreted")
                      .isNull();
                }));
      }
    }
    return tests;
  }

  @Test
  void thereAreEnoughOfThem() throws IOException {
    int rows = 0;
    for (Path file : files()) {
      rows += table(file).rows().size();
    }
    assertThat(rows).isGreaterThan(1000);
  }
}
