package metron.stellar;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.StellarFunction;
import metron.stellar.functions.StandardFunctions;
import metron.stellar.program.Program;
import metron.stellar.program.ProgramSet;
import metron.stellar.program.Variables;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Dialect;

/// The language with its functions.
///
/// ```java
/// Program<Map<String, ?>> rule = Stellar.standard().compile("ip_dst_port in [80, 443]");
/// boolean web = rule.test(Evaluation.standard(), Map.of("ip_dst_port", 443));
/// ```
///
/// @param functions what programs may call
/// @param dialect how chains of operators are read
public record Stellar(FunctionRegistry functions, Dialect dialect) {
  private static final Stellar STANDARD = new Stellar(StandardFunctions.REGISTRY, Dialect.STANDARD);

  /// The standard functions and the standard dialect.
  public static Stellar standard() {
    return STANDARD;
  }

  /// The same functions in another dialect.
  public Stellar in(Dialect other) {
    return new Stellar(functions, other);
  }

  /// The same language with more functions.
  public Stellar with(Collection<StellarFunction> more) {
    return new Stellar(functions.with(more), dialect);
  }

  /// A program over maps, in which a missing variable is null.
  ///
  /// @throws metron.stellar.program.CompilationException with all faults of the source
  public Program<Map<String, ?>> compile(String source) {
    return compile(source, Variables.ofMap(Variables.Missing.NULL));
  }

  /// A program over the records of a host.
  ///
  /// @throws metron.stellar.program.CompilationException with all faults of the source
  public <R> Program<R> compile(String source, Variables<R> variables) {
    return Program.compile(source, dialect, functions, variables);
  }

  /// Conditions that are evaluated together, such as all triage rules: the cost is that of the few that
  /// a record gives a reason to look at. Compile each first, so that its faults can be told with its
  /// name; the set tells outcomes by the index in the list.
  public <R> ProgramSet<R> together(List<Program<R>> conditions) {
    return ProgramSet.of(conditions);
  }

  /// The faults and warnings of a source.
  public <R> List<Diagnostic> check(String source, Variables<R> variables) {
    return Program.check(source, dialect, functions, variables);
  }
}
