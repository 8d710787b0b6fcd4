package metron.stellar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a person is told, word for word: `src/test/resources/errors.golden` has expressions, each after
/// `> `, and the message below it.
class ErrorMessagesTest {
  private static final Map<String, ?> VARIABLES =
      Map.of("x", 5, "host", "example.com", "list", List.of(1, 2));

  @TestFactory
  List<DynamicTest> everyMessageIsAsWritten() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String block :
        Files.readString(Path.of("src/test/resources/errors.golden")).split("\n\n")) {
      String[] parts = block.strip().split("\n", 2);
      String source = parts[0].substring(2);
      tests.add(
          DynamicTest.dynamicTest(
              source, () -> assertThat(message(source)).isEqualTo(parts[1].stripTrailing())));
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests;
  }

  private static String message(String source) {
    try {
      return "no error, but the value "
          + Stellar.standard().compile(source).evaluate(Evaluation.standard(), VARIABLES);
    } catch (CompilationException | EvaluationException e) {
      return e.getMessage();
    }
  }
}
