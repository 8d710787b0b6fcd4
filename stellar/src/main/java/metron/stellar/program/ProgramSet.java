package metron.stellar.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.syntax.Expr;
import org.jspecify.annotations.Nullable;

/// Many conditions over the same kind of records, such as triage rules, of which few are true for any
/// one record. Each answers, and fails, as it does alone; but the cost grows with the conditions that
/// a record gives a reason to look at, not with their number:
///
/// - [Necessity] finds for each condition what a record must hold for it to be true or to fail: a value
///   of a variable, a variable that is not null, a part that other conditions have too.
/// - [WitnessIndex] reads each variable once and finds the conditions that wait for what is there.
/// - Parts that several conditions share are evaluated once.
/// - What remains is evaluated by its own program.
///
/// One difference is left: a program whose parts exceed its budget only when added up fails alone, and
/// is here not true when a part that would have been reached too late is false.
///
/// Safe for many threads, each with an [Evaluator] of its own.
///
/// @param <R> what the programs run on
public final class ProgramSet<R> {
  /// Told what came out, in the order of the programs.
  public interface Outcomes {
    /// @param index of a program whose value counts as true
    void isTrue(int index);

    /// @param index of a program that has no value
    void failed(int index, EvaluationException failure);
  }

  /// Shared parts are no programs of a host: a guard stands for them, and its failures are left to the
  /// programs that have it.
  private record Guard(String shape, CompiledProgram program) {}

  private final List<Program<R>> programs;
  private final WitnessIndex<R> index;

  /// Conditions are numbered: first the guards, then, from the next multiple of 64, the programs.
  private final List<Guard> guards;

  private final int first;

  private ProgramSet(
      List<Program<R>> programs, WitnessIndex<R> index, List<Guard> guards, int first) {
    this.programs = programs;
    this.index = index;
    this.guards = guards;
    this.first = first;
  }

  /// Prepares programs to be evaluated together. Takes less time than compiling them did.
  ///
  /// @param programs compiled with the same variables and functions
  /// @throws IllegalArgumentException when they were not
  public static <R> ProgramSet<R> of(List<Program<R>> programs) {
    List<Program<R>> all = List.copyOf(programs);
    if (all.isEmpty()) {
      return new ProgramSet<>(all, new WitnessIndex.Builder<R>(_ -> null).build(), List.of(), 0);
    }
    Program<R> one = all.getFirst();
    for (Program<R> other : all) {
      if (other.reads() != one.reads() || !other.functions().equals(one.functions())) {
        throw new IllegalArgumentException(
            "'%s' and '%s' were compiled with different variables or functions"
                .formatted(one.source(), other.source()));
      }
    }
    // The first answers tell how often each witness is named; the second choose by that.
    Map<Witness, Integer> seen = new HashMap<>();
    List<Necessity> necessities = new ArrayList<>();
    for (Program<R> program : all) {
      Necessity necessity = new Necessity(one.functions(), all.size(), seen, true);
      necessity.of(program.folded());
      necessities.add(necessity);
    }
    for (Necessity necessity : necessities) {
      necessity.considered().forEach(witness -> seen.merge(witness, 1, Integer::sum));
    }
    List<Evidence> evidence = new ArrayList<>();
    Map<String, Shared<R>> shared = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (one.reads().strict()) {
        evidence.add(Evidence.ALWAYS);
        continue;
      }
      Program<R> program = all.get(i);
      Necessity necessity = necessities.get(i);
      Evidence found = necessity.of(program.folded());
      evidence.add(found);
      for (Witness witness : found.any()) {
        String shape = shape(witness);
        if (shape != null) {
          shared.putIfAbsent(shape, new Shared<>(program, necessity.condition(shape)));
        }
      }
    }
    WitnessIndex.Builder<R> index = new WitnessIndex.Builder<>(one.reads());
    List<Guard> guards = new ArrayList<>();
    Set<Witness> impossible = new java.util.HashSet<>();
    shared.forEach(
        (shape, part) -> {
          CompiledProgram compiled = part.program().part(part.condition());
          if (compiled == null) {
            impossible.add(new Witness.Holds(shape));
            impossible.add(new Witness.Fails(shape));
            return;
          }
          index.add(
              guards.size(),
              new Necessity(one.functions(), all.size(), seen, false).of(part.condition()));
          guards.add(new Guard(shape, compiled));
        });
    int first = (guards.size() + 63) & ~63;
    for (int i = 0; i < all.size(); i++) {
      Evidence found = evidence.get(i);
      boolean lost = found.any().stream().anyMatch(impossible::contains);
      index.add(first + i, lost ? Evidence.ALWAYS : found);
    }
    return new ProgramSet<>(all, index.build(), List.copyOf(guards), first);
  }

  private static @Nullable String shape(Witness witness) {
    return switch (witness) {
      case Witness.Holds holds -> holds.shape();
      case Witness.Fails fails -> fails.shape();
      default -> null;
    };
  }

  private record Shared<R>(Program<R> program, Expr condition) {}

  /// The programs, in the order of their indexes.
  public List<Program<R>> programs() {
    return programs;
  }

  /// Evaluates this set again and again in one thread.
  ///
  /// @param evaluation its budgets are those of each program, not of all together
  public Evaluator<R> evaluator(Evaluation evaluation) {
    return new Evaluator<>(this, evaluation);
  }

  /// The room that one thread needs to evaluate a set: nothing is allocated for a record.
  ///
  /// @param <R> what the programs run on
  public static final class Evaluator<R> {
    private final ProgramSet<R> set;
    private final Evaluation evaluation;
    private final long[] candidates;
    private final boolean all;

    private Evaluator(ProgramSet<R> set, Evaluation evaluation) {
      this.set = set;
      this.evaluation = evaluation;
      this.candidates = new long[(set.first + set.programs.size() + 63) >> 6];
      // What Necessity tried within its limits may not be possible within smaller ones.
      this.all = !evaluation.limits().atLeast(Necessity.LIMITS);
    }

    /// Evaluates all programs for a record and tells which are true and which fail.
    public void evaluate(R target, Outcomes outcomes) {
      long[] bits = candidates;
      java.util.Arrays.fill(bits, all ? -1L : 0L);
      int firstWord = set.first >> 6;
      if (!all) {
        set.index.addTo(target, bits);
        for (int word = 0; word < firstWord; word++) {
          for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
            Guard guard = set.guards.get((word << 6) + Long.numberOfTrailingZeros(rest));
            evaluation.reset();
            try {
              if (guard.program().test(evaluation, target)) {
                set.index.holds(guard.shape(), bits);
              }
            } catch (EvaluationException _) {
              // The programs that have the part will say so themselves.
              set.index.fails(guard.shape(), bits);
            }
          }
        }
      }
      List<Program<R>> programs = set.programs;
      for (int word = firstWord; word < bits.length; word++) {
        for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
          int index = ((word - firstWord) << 6) + Long.numberOfTrailingZeros(rest);
          if (index >= programs.size()) {
            return;
          }
          boolean truth;
          try {
            truth = programs.get(index).test(evaluation, target);
          } catch (EvaluationException e) {
            outcomes.failed(index, e);
            continue;
          }
          if (truth) {
            outcomes.isTrue(index);
          }
        }
      }
    }
  }
}
