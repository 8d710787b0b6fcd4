package metron.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.app.start.DataDirectory;
import metron.app.start.Settings;
import metron.app.start.ShippedDatabases;
import metron.config.ConfigException;
import metron.config.Fault;
import metron.enrichment.indicator.IndicatorTable;
import metron.event.json.EventJson;
import metron.expression.TestResult;
import metron.pipeline.DefinitionReader;
import metron.pipeline.Epochs;
import metron.pipeline.PipelineDefinition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron test-config`: whether a configuration can be used, and whether it does what its own tests say.
@Command(
    name = "test-config",
    description = {
      "Check the whole configuration and run the tests that stand in its documents.",
      "Exit code 1 when a file is faulty or a test fails."
    })
final class TestConfigCommand extends StreamedCommand {
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A folder laid out as conf/ (default: conf in the data directory).")
  private @Nullable Path folder;

  @Option(
      names = "--json",
      description = "Print one object: faults, warnings, tests, passed, failures.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path conf = folder == null ? data.directory().conf() : folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(conf)) {
      throw CommandFailed.failed(
          "there is no folder " + conf + "; 'bin/metron start' makes one, or name another");
    }
    Map<String, String> files = DataDirectory.definitions(conf);
    List<Fault> faults = new ArrayList<>(settingsFaults(conf, files));
    List<Fault> warnings = List.of();
    List<TestResult> results = List.of();
    try {
      PipelineDefinition definition =
          new DefinitionReader(
                  conf, ShippedDatabases.find(), new IndicatorTable(), InstantSource.system())
              .read(files, Epochs.SHIPPED);
      warnings = definition.warnings();
      results = definition.test();
    } catch (ConfigException e) {
      e.faults().stream().filter(f -> !faults.contains(f)).forEach(faults::add);
    }
    List<TestResult> failures = results.stream().filter(r -> !r.passed()).toList();
    if (json) {
      out.println(json(faults, warnings, results.size(), failures));
    } else {
      report(faults, warnings, results.size(), failures);
    }
    return faults.isEmpty() && failures.isEmpty() ? 0 : 1;
  }

  private static List<Fault> settingsFaults(Path conf, Map<String, String> files)
      throws IOException {
    String text = files.get(Settings.FILE);
    if (text == null) {
      return List.of();
    }
    try {
      Settings _ = Settings.read(text, conf);
      return List.of();
    } catch (ConfigException e) {
      return e.faults();
    }
  }

  private void report(
      List<Fault> faults, List<Fault> warnings, int tests, List<TestResult> failures) {
    warnings.forEach(w -> err.println("warning: " + w));
    faults.forEach(f -> err.println("fault: " + f));
    for (TestResult failure : failures) {
      err.println("failed: " + failure.at() + ": " + failure.complaint());
    }
    if (!faults.isEmpty()) {
      out.println(count(faults.size(), "fault") + "; tests are run when there is none");
    } else {
      out.println((tests - failures.size()) + " of " + count(tests, "test") + " passed, no faults");
    }
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private static String json(
      List<Fault> faults, List<Fault> warnings, int tests, List<TestResult> failures) {
    StringBuilder text = new StringBuilder("{\"faults\":");
    faults(text, faults);
    faults(text.append(",\"warnings\":"), warnings);
    text.append(",\"tests\":")
        .append(tests)
        .append(",\"passed\":")
        .append(tests - failures.size())
        .append(",\"failures\":[");
    for (int i = 0; i < failures.size(); i++) {
      TestResult failure = failures.get(i);
      place(
          text.append(i == 0 ? "" : ","),
          failure.at().file(),
          failure.at().line(),
          String.valueOf(failure.complaint()));
    }
    return text.append("]}").toString();
  }

  private static void faults(StringBuilder text, List<Fault> faults) {
    text.append('[');
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      place(text.append(i == 0 ? "" : ","), fault.file(), fault.line(), fault.message());
    }
    text.append(']');
  }

  private static void place(StringBuilder text, String file, int line, String message) {
    EventJson.quote(text.append("{\"file\":"), file);
    EventJson.quote(text.append(",\"line\":").append(line).append(",\"message\":"), message);
    text.append('}');
  }
}
