package metron.stellar.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Parameter;
import metron.stellar.function.StellarFunction;
import metron.stellar.functions.shell.ShellFunctions;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Explanation;
import metron.stellar.program.Program;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Dialect;
import metron.stellar.syntax.Expr;
import metron.stellar.syntax.Parser;
import metron.stellar.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/// A session with variables: what a shell does with each statement, without the terminal.
///
/// A statement is an expression, `name := expression`, `?FUNCTION` for its manual, or a command:
/// `%vars`, `%functions [part]`, `%time expression`, `%ast expression`, `%explain expression`,
/// `%undefine name`, `%compat metron|standard`, `%help`, `quit`. Lines that begin with `#` are comments.
public final class Session {
  /// The commands, each with its sign.
  public static final List<String> COMMANDS =
      List.of(
          "%help",
          "%functions", "%vars", "%undefine", "%time", "%ast", "%explain", "%compat", "%load");

  private static final String HELP =
      """
      expression             its value
      name := expression     a variable
      ?FUNCTION              the manual of a function
      %functions [part]      the functions whose name has the part
      %vars                  the variables
      %undefine NAME         forgets a variable
      %time EXPRESSION       how long it takes
      %ast EXPRESSION        how it is read
      %explain EXPRESSION    the value of each part
      %compat MODE           metron or standard
      %load FILE             runs the lines of a file
      quit                   leaves""";

  private final Map<String, @Nullable Object> variables;

  /// The expressions that variables were given by.
  private final Map<String, String> expressions = new HashMap<>();

  private final Evaluation evaluation = Evaluation.standard();
  private Stellar stellar;

  /// @param variables changed by assignments
  public Session(Stellar stellar, Map<String, @Nullable Object> variables) {
    this.stellar = stellar.with(ShellFunctions.ALL);
    this.variables = variables;
  }

  /// What a statement came to.
  ///
  /// @param text to be shown; may be empty
  public record Reply(Kind kind, String text) {
    /// What became of it.
    public enum Kind {
      DONE,
      FAILURE,
      END
    }
  }

  /// The variables, by name.
  public Map<String, @Nullable Object> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /// Whether a statement is to be continued on the next line: a bracket or a string is open.
  public static boolean isOpen(String statement) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == '/' && statement.startsWith("//", i)) {
        int end = statement.indexOf('\n', i);
        i = end < 0 ? statement.length() : end;
      } else if (c == '#' && statement.substring(0, i).isBlank()) {
        return false;
      }
    }
    return quote != 0 || depth > 0;
  }

  /// Runs a statement; never fails.
  public Reply execute(String statement) {
    String text = statement.strip();
    try {
      if (text.isEmpty() || text.startsWith("#")) {
        return new Reply(Reply.Kind.DONE, "");
      }
      if (text.equals("quit") || text.equals("exit")) {
        return new Reply(Reply.Kind.END, "");
      }
      if (text.startsWith("?")) {
        return manual(text.substring(1).strip());
      }
      if (text.startsWith("%")) {
        return command(text);
      }
      Parser.Assignment assignment = Parser.assignment(text);
      if (assignment.name() != null) {
        String source = text.substring(assignment.start());
        variables.put(assignment.name(), value(source));
        expressions.put(assignment.name(), source.strip().replaceAll("\\s+", " "));
        return new Reply(Reply.Kind.DONE, "");
      }
      Program<Map<String, ?>> program = stellar.compile(text);
      String warnings =
          program.warnings().stream()
              .map(w -> "warning: " + w.render(text) + "\n")
              .collect(Collectors.joining());
      return new Reply(Reply.Kind.DONE, warnings + shown(program.evaluate(evaluation, variables)));
    } catch (CompilationException | EvaluationException e) {
      return failure(String.valueOf(e.getMessage()));
    } catch (SyntaxException e) {
      return failure(e.diagnostic().render(text));
    }
  }

  private static Reply failure(String text) {
    return new Reply(Reply.Kind.FAILURE, text);
  }

  private @Nullable Object value(String source) {
    return stellar.compile(source).evaluate(evaluation, variables);
  }

  private static String shown(@Nullable Object value) {
    return Json.write(value);
  }

  private Reply command(String text) {
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    String rest = space < 0 ? "" : text.substring(space).strip();
    return switch (name) {
      case "%help" -> new Reply(Reply.Kind.DONE, HELP);
      case "%vars" ->
          new Reply(
              Reply.Kind.DONE,
              variables.entrySet().stream()
                  .map(
                      e -> {
                        String source = expressions.get(e.getKey());
                        return e.getKey()
                            + " = "
                            + shown(e.getValue())
                            + (source == null ? "" : " via " + source);
                      })
                  .collect(Collectors.joining("\n")));
      case "%functions" ->
          new Reply(
              Reply.Kind.DONE,
              stellar.functions().all().stream()
                  .filter(f -> f.name().contains(rest.toUpperCase(Locale.ROOT)))
                  .map(f -> f.signature().text() + "  " + f.meaning())
                  .collect(Collectors.joining("\n")));
      case "%undefine" -> {
        if (!variables.containsKey(rest)) {
          yield failure("there is no variable '" + rest + "'");
        }
        variables.remove(rest);
        expressions.remove(rest);
        yield new Reply(Reply.Kind.DONE, "");
      }
      case "%compat" ->
          switch (rest) {
            case "metron" -> dialect(Dialect.METRON);
            case "standard" -> dialect(Dialect.STANDARD);
            default -> failure("%compat is '" + rest + "', expected 'metron' or 'standard'");
          };
      case "%time" -> new Reply(Reply.Kind.DONE, time(rest));
      case "%ast" -> {
        StringBuilder tree = new StringBuilder();
        tree(Parser.parse(rest, stellar.dialect()).expr(), 0, tree);
        yield new Reply(Reply.Kind.DONE, tree.toString().stripTrailing());
      }
      case "%explain" -> {
        StringBuilder tree = new StringBuilder();
        explanation(stellar.compile(rest).explain(evaluation, variables), 0, tree);
        yield new Reply(Reply.Kind.DONE, tree.toString().stripTrailing());
      }
      default -> failure("there is no command " + name + "; %help lists them");
    };
  }

  private Reply dialect(Dialect dialect) {
    stellar = stellar.in(dialect);
    return new Reply(Reply.Kind.DONE, "");
  }

  /// Runs for about half a second, warm-up included.
  private String time(String source) {
    long start = System.nanoTime();
    Program<Map<String, ?>> program = stellar.compile(source);
    long compiled = System.nanoTime() - start;
    Object value = program.evaluate(evaluation, variables);
    long best = Long.MAX_VALUE;
    int rounds = 1;
    long end = System.nanoTime() + 500_000_000L;
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        value = program.evaluate(evaluation, variables);
      }
      long taken = System.nanoTime() - before;
      best = Math.min(best, taken / rounds);
      if (taken < 1_000_000L) {
        rounds *= 2;
      }
    }
    return "%s%ncompiled in %.2f ms, one evaluation %,d ns"
        .formatted(shown(value), compiled / 1e6, best);
  }

  private static void tree(Expr expr, int depth, StringBuilder out) {
    out.append("  ".repeat(depth))
        .append(
            switch (expr) {
              case Expr.Literal l -> "Literal " + shown(l.value());
              case Expr.Variable v -> "Variable " + v.name();
              case Expr.Local l -> "Local " + l.name();
              case Expr.ListOf _ -> "List";
              case Expr.MapOf _ -> "Map";
              case Expr.Negate _ -> "Negate";
              case Expr.Not _ -> "Not";
              case Expr.Arithmetic a -> "Arithmetic " + a.operator().text();
              case Expr.Compare c -> "Compare " + c.operator().text();
              case Expr.Logic l -> "Logic " + (l.and() ? "and" : "or");
              case Expr.In i -> i.negated() ? "NotIn" : "In";
              case Expr.Exists _ -> "Exists";
              case Expr.If _ -> "If";
              case Expr.Match _ -> "Match";
              case Expr.Lambda l ->
                  "Lambda "
                      + l.variables().stream()
                          .map(Expr.Local::name)
                          .collect(Collectors.joining(", "));
              case Expr.Call c -> "Call " + c.name();
            })
        .append('\n');
    for (Expr child : expr.children()) {
      tree(child, depth + 1, out);
    }
  }

  private static void explanation(Explanation part, int depth, StringBuilder out) {
    out.append("  ".repeat(depth)).append(part.source().replaceAll("\\s+", " "));
    switch (part.outcome()) {
      case VALUE -> out.append("  =  ").append(shown(part.value()));
      case FAILED -> out.append("  fails: ").append(part.failure());
      case NOT_REACHED -> out.append("  (not reached)");
    }
    out.append('\n');
    for (Explanation inner : part.parts()) {
      explanation(inner, depth + 1, out);
    }
  }

  /// The value of each part as indented lines.
  public static String text(Explanation explanation) {
    StringBuilder tree = new StringBuilder();
    explanation(explanation, 0, tree);
    return tree.toString().stripTrailing();
  }

  private Reply manual(String name) {
    StellarFunction function = stellar.functions().function(name.toUpperCase(Locale.ROOT));
    if (function == null) {
      List<Diagnostic> faults =
          stellar.check(
              name.toUpperCase(Locale.ROOT) + "()",
              metron.stellar.program.Variables.ofMap(
                  metron.stellar.program.Variables.Missing.NULL));
      return failure(
          faults.isEmpty() ? "there is no function '" + name + "'" : faults.getFirst().message());
    }
    List<String> lines = new ArrayList<>();
    lines.add(function.signature().text());
    lines.add(function.meaning());
    for (Parameter p : function.signature().parameters()) {
      lines.add("  " + p.name() + " (" + p.typeText() + "): " + p.meaning());
    }
    if (!function.returns().isBlank()) {
      lines.add("Returns " + function.returns() + ".");
    }
    lines.add("Fails: " + function.fails());
    for (Example e : function.examples()) {
      lines.add(
          "  "
              + e.source()
              + (e.answer() instanceof Example.Failure(String message)
                  ? "  fails: " + message
                  : "  =  " + shown(e.answer())));
    }
    return new Reply(Reply.Kind.DONE, String.join("\n", lines));
  }

  /// Whether a word is the name of a function.
  public boolean isFunction(String word) {
    return stellar.functions().function(word) != null;
  }

  /// Names that a completion may offer: functions, variables, keywords.
  public List<String> words() {
    List<String> words = new ArrayList<>(stellar.functions().names());
    words.addAll(new LinkedHashMap<>(variables).keySet());
    words.addAll(Parser.keywords());
    return words;
  }
}
