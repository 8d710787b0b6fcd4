package metron.stellar.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import metron.stellar.syntax.Dialect;
import metron.stellar.syntax.Parser;
import metron.stellar.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/// Expressions with the answers that they must give, as a text:
///
/// ```text
/// # a comment
/// port := 443
/// port in [80, 443]      --> true
/// port + 'a'             --> fails 'expected a number'
/// %compat metron
/// 10 / 2 * 5             --> 1
/// ```
///
/// `name := expression` sets a variable for the lines below. The answer after the last `-->` of a line
/// is an expression of the standard dialect, compared with its number type; `fails` may say a part of
/// the message. A line without `-->` is continued by the next. `%compat metron` and
/// `%compat standard` choose the dialect, `%clear` forgets the variables.
public final class ExampleTable {
  private final List<Row> rows;
  private final List<Result> faults;

  private ExampleTable(List<Row> rows, List<Result> faults) {
    this.rows = rows;
    this.faults = faults;
  }

  /// One expression and its answer.
  ///
  /// @param line where it begins, from 1
  /// @param answer the source of the answer; for a failure that of the part of the message, or empty
  /// @param fails whether it must fail
  public record Row(
      int line,
      String source,
      String answer,
      boolean fails,
      Dialect dialect,
      Map<String, @Nullable Object> variables) {
    public Row {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /// What became of a row.
  ///
  /// @param complaint null when it is as it must be
  public record Result(int line, String source, @Nullable String complaint) {}

  /// The rows, in the order of the text.
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /// Reads a table. Lines that can't be read become results with a complaint.
  public static ExampleTable parse(String text, Stellar stellar) {
    List<Row> rows = new ArrayList<>();
    List<Result> faults = new ArrayList<>();
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    Dialect dialect = stellar.dialect();
    StringBuilder pending = new StringBuilder();
    int begun = 0;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String trimmed = line.strip();
      if (pending.isEmpty()) {
        if (trimmed.isEmpty() || trimmed.startsWith("#")) {
          continue;
        }
        begun = number;
        if (trimmed.startsWith("%")) {
          switch (trimmed) {
            case "%compat metron" -> dialect = Dialect.METRON;
            case "%compat standard" -> dialect = Dialect.STANDARD;
            case "%clear" -> variables.clear();
            default ->
                faults.add(
                    new Result(
                        number,
                        trimmed,
                        "expected '%compat metron', '%compat standard' or '%clear'"));
          }
          continue;
        }
      }
      int arrow = line.lastIndexOf("-->");
      if (arrow < 0) {
        if (pending.isEmpty() && assign(line, number, stellar.in(dialect), variables, faults)) {
          continue;
        }
        pending.append(line).append('\n');
        continue;
      }
      String source = pending.append(line, 0, arrow).toString().strip();
      pending.setLength(0);
      String answer = line.substring(arrow + 3).strip();
      boolean fails = answer.equals("fails") || answer.startsWith("fails ");
      rows.add(
          new Row(
              begun,
              source,
              fails ? answer.substring(5).strip() : answer,
              fails,
              dialect,
              variables));
    }
    if (!pending.toString().isBlank()) {
      faults.add(
          new Result(begun, pending.toString().strip(), "has no '-->' with an answer after it"));
    }
    return new ExampleTable(rows, faults);
  }

  private static boolean assign(
      String line,
      int number,
      Stellar stellar,
      Map<String, @Nullable Object> variables,
      List<Result> faults) {
    try {
      Parser.Assignment assignment = Parser.assignment(line);
      if (assignment.name() == null) {
        return false;
      }
      variables.put(
          assignment.name(),
          stellar
              .compile(line.substring(assignment.start()))
              .evaluate(Evaluation.standard(), variables));
    } catch (SyntaxException _) {
      // The first line of an expression over several may end within a string.
      return false;
    } catch (CompilationException | EvaluationException e) {
      faults.add(new Result(number, line.strip(), e.getMessage()));
    }
    return true;
  }

  /// Runs all rows.
  ///
  /// @return the faults of the text, then a result for each row
  public List<Result> run(Stellar stellar) {
    List<Result> results = new ArrayList<>(faults);
    for (Row row : rows) {
      results.add(new Result(row.line(), row.source(), complaint(row, stellar, false)));
    }
    return results;
  }

  /// Runs one row.
  ///
  /// @param interpreted by the interpreter rather than the compiled program
  /// @return what is wrong with its answer, or null
  public static @Nullable String complaint(Row row, Stellar stellar, boolean interpreted) {
    Object expected;
    try {
      expected =
          row.answer().isEmpty()
              ? row.fails() ? "" : null
              : stellar
                  .in(Dialect.STANDARD)
                  .compile(row.answer())
                  .evaluate(Evaluation.standard(), row.variables());
    } catch (CompilationException | EvaluationException e) {
      return "the answer is no expression: " + e.getMessage();
    }
    Object found;
    try {
      Program<Map<String, ?>> program = stellar.in(row.dialect()).compile(row.source());
      found =
          interpreted
              ? program.interpret(Evaluation.standard(), row.variables())
              : program.evaluate(Evaluation.standard(), row.variables());
    } catch (CompilationException | EvaluationException e) {
      String message = String.valueOf(e.getMessage());
      if (!row.fails()) {
        return "expected " + shown(expected) + ", but it fails: " + message;
      }
      return message.contains(String.valueOf(expected))
          ? null
          : "expected a failure that says " + shown(expected) + ", found: " + message;
    }
    if (row.fails()) {
      return "expected a failure, found " + shown(found);
    }
    return Objects.equals(expected, found)
        ? null
        : "expected " + shown(expected) + ", found " + shown(found);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String s -> "'" + s + "'";
      case Number n -> n + " (" + n.getClass().getSimpleName() + ")";
      default -> value.toString();
    };
  }
}
