package metron.stellar.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import metron.stellar.function.StellarFunction;
import metron.stellar.functions.shell.ShellFunctions;
import org.junit.jupiter.api.Test;

/// Holds the reference of functions to the functions. `-Dmetron.golden=write` writes it anew.
class FunctionManualTest {
  private static final Path PAGE = page();

  // Tests run in the module's directory or in the one above.
  private static Path page() {
    Path here = Path.of("docs/stellar/functions.md");
    return Files.isDirectory(Path.of("docs")) ? here : Path.of("..").resolve(here);
  }

  @Test
  void pageIsWhatTheFunctionsSay() throws IOException {
    String made = FunctionManual.markdown(StandardFunctions.ALL);
    if ("write".equals(System.getProperty("metron.golden"))) {
      Files.createDirectories(PAGE.toAbsolutePath().getParent());
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as("%s; write it anew with -Dmetron.golden=write", PAGE)
        .isEqualTo(made);
  }

  @Test
  void helpOfTheShellHasTheSignatureAndTheExamples() {
    StellarFunction function = StandardFunctions.REGISTRY.function("SUBSTRING");
    assertThat(function).isNotNull();
    assertThat(FunctionManual.help(function))
        .contains(
            "SUBSTRING(text, start, end?) → string", "SUBSTRING('metron', 0, 3)", "  = 'met'");
  }

  @Test
  void noFunctionIsBothHereAndLeftOut() {
    Set<String> here = here();
    Set<String> both = new TreeSet<>(LeftOut.names());
    both.retainAll(here);
    assertThat(both).isEmpty();
  }

  private static Set<String> here() {
    return Stream.concat(StandardFunctions.ALL.stream(), ShellFunctions.ALL.stream())
        .map(StellarFunction::name)
        .collect(Collectors.toSet());
  }

  /// The functions of the final Metron, from its own reference.
  @Test
  void everyFunctionOfMetronIsHereOrLeftOutWithAReason() throws IOException {
    Set<String> here = here();
    Set<String> missing = new TreeSet<>();
    try (var in = getClass().getResourceAsStream("metron-functions.txt")) {
      for (String name : new String(in.readAllBytes(), UTF_8).split("\\s+")) {
        if (!here.contains(name) && !LeftOut.names().contains(name)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
