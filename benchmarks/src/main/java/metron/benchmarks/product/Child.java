package metron.benchmarks.product;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A JVM that does one part of a benchmark: its last line on standard output is its answer, a JSON object; what else it says
/// goes to standard error.
final class Child {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Child() {}

  /// @param heap as `-Xmx` takes it
  /// @throws IOException if it does not end well, or says nothing
  @SuppressWarnings("unchecked") // a JSON object is a map of strings
  static Map<String, Object> run(Class<?> main, String heap, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As bin/metron start has them.
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-Xmx" + heap,
            "-Dfile.encoding=UTF-8",
            "-Dmetron.dist=" + System.getProperty("metron.dist", "")));
    String more = System.getenv("METRON_JAVA_OPTS");
    if (more != null && !more.isBlank() && main != FillLog.class) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread stop = new Thread(process::destroy, "stop-child");
    Runtime.getRuntime().addShutdownHook(stop);
    String last = "";
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!line.isBlank()) {
          last = line;
        }
      }
    }
    int code = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stop);
    if (code != 0) {
      throw new IOException(main.getSimpleName() + " ended with code " + code);
    }
    try {
      return JSON.readValue(last, Map.class);
    } catch (JacksonException e) {
      throw new IOException(main.getSimpleName() + " said '" + last + "', expected JSON", e);
    }
  }
}
