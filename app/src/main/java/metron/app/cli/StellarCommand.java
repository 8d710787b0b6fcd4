package metron.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import metron.stellar.shell.Batch;
import metron.stellar.shell.ExampleTable;
import metron.stellar.shell.Json;
import metron.stellar.shell.Session;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Dialect;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron stellar`. Its `--batch` is an interface that people script against: see
/// `docs/reference/command-line.md`.
@Command(
    name = "stellar",
    description = {
      "Evaluate Stellar: an expression, a batch, example tables, or a session.",
      "Example: metron stellar -e 'ip_dst_port in [80, 443]' --json event.json"
    },
    subcommands = StellarCommand.Test.class)
final class StellarCommand extends StreamedCommand {
  @Option(
      names = {"-e", "--expression"},
      paramLabel = "EXPRESSION",
      description = "Evaluate one expression and print its value as JSON.")
  private @Nullable String expression;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "A JSON object whose keys are the variables; - for standard input.")
  private @Nullable String json;

  @Option(
      names = "--explain",
      description = "Print the value of each part of the expression as well.")
  private boolean explain;

  @Option(
      names = "--batch",
      arity = "0..1",
      fallbackValue = "-",
      paramLabel = "FILE",
      description = {
        "Answer JSON lines {\"expr\": \"...\", \"vars\": {...}} with {\"value\": ...} or",
        "{\"error\": \"...\"}, in order (default: standard input)."
      })
  private @Nullable String batch;

  @Option(
      names = "--compat",
      paramLabel = "MODE",
      defaultValue = "standard",
      description = "metron: chains of operators as Apache Metron 0.7.1 reads them.")
  private String compat = "standard";

  @Parameters(
      paramLabel = "SCRIPT",
      arity = "0..1",
      description = "Run the lines of a file, as in a session.")
  private @Nullable String script;

  @Override
  public Integer call() throws Exception {
    Stellar stellar = stellar(compat);
    if (script != null && (expression != null || batch != null)) {
      throw CommandFailed.wrongUse("a script cannot be used together with -e or --batch");
    }
    if (script != null) {
      return new StellarSession(stellar, variables(), in, out, err).script(read(script));
    }
    if (expression != null && batch != null) {
      throw CommandFailed.wrongUse("-e and --batch cannot be used together");
    }
    if (batch != null) {
      return batch(stellar, batch);
    }
    if (expression != null) {
      return evaluate(stellar, expression);
    }
    return new StellarSession(stellar, variables(), in, out, err).run();
  }

  static Stellar stellar(String compat) throws CommandFailed {
    return switch (compat) {
      case "standard" -> Stellar.standard();
      case "metron" -> Stellar.standard().in(Dialect.METRON);
      default ->
          throw CommandFailed.wrongUse(
              "--compat is '" + compat + "', expected 'metron' or 'standard'");
    };
  }

  private Map<String, @Nullable Object> variables() throws IOException, CommandFailed {
    Map<String, @Nullable Object> variables = new java.util.LinkedHashMap<>();
    if (json == null) {
      return variables;
    }
    String text =
        json.equals("-") ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : read(json);
    try {
      if (Json.read(text) instanceof Map<?, ?> object) {
        object.forEach((k, v) -> variables.put(String.valueOf(k), v));
        return variables;
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailed.failed(json + " " + e.getMessage());
    }
    throw CommandFailed.failed(json + " holds no JSON object");
  }

  static String read(String file) throws IOException, CommandFailed {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw CommandFailed.failed("there is no file " + file);
    } catch (java.nio.charset.CharacterCodingException _) {
      throw CommandFailed.failed(file + " is not UTF-8 text");
    }
  }

  private int evaluate(Stellar stellar, String source) throws IOException, CommandFailed {
    Map<String, @Nullable Object> variables = variables();
    try {
      Program<Map<String, ?>> program = stellar.compile(source);
      for (Diagnostic warning : program.warnings()) {
        err.println("warning: " + warning.render(source));
      }
      if (explain) {
        out.println(Session.text(program.explain(Evaluation.standard(), variables)));
      }
      out.println(Json.write(program.evaluate(Evaluation.standard(), variables)));
      return 0;
    } catch (CompilationException | EvaluationException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private int batch(Stellar stellar, String file) throws IOException, CommandFailed {
    try (InputStream lines = file.equals("-") ? in : Files.newInputStream(Path.of(file));
        OutputStream answers = new BufferedOutputStream(out, 1 << 16)) {
      new Batch(stellar).run(lines, answers);
    } catch (NoSuchFileException _) {
      throw CommandFailed.failed("there is no file " + file);
    }
    return 0;
  }

  /// `metron stellar test`.
  @Command(
      name = "test",
      description = {
        "Run example tables: lines 'expression --> answer', 'name := expression',",
        "'expression --> fails 'part of the message''."
      })
  static final class Test extends StreamedCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Example tables.")
    private List<String> files = new ArrayList<>();

    @Option(
        names = "--compat",
        paramLabel = "MODE",
        defaultValue = "standard",
        description = "metron: chains of operators as Apache Metron 0.7.1 reads them.")
    private String compat = "standard";

    @Override
    public Integer call() throws Exception {
      Stellar stellar = stellar(compat);
      int passed = 0;
      int failed = 0;
      for (String file : files) {
        for (ExampleTable.Result result : ExampleTable.parse(read(file), stellar).run(stellar)) {
          if (result.complaint() == null) {
            passed++;
          } else {
            failed++;
            out.println(file + ":" + result.line() + ": " + result.source());
            out.println("  " + result.complaint().replace("\n", "\n  "));
          }
        }
      }
      out.println(passed + " passed, " + failed + " failed");
      return failed == 0 ? 0 : 1;
    }
  }
}
