package metron.stellar.function;

import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a program, as functions see it: what is left of its budgets, the clock and the services
/// of its surroundings. Confined to one thread; [#reset] makes it ready for the next run, so that a
/// worker needs one for all its runs.
public final class Evaluation {
  /// Budgets of one run.
  ///
  /// @param steps lambda calls, rounds of loops and characters looked at by regular expressions
  /// @param bytes memory that values made by the program may take
  /// @param depth lambda calls within lambda calls
  public record Limits(long steps, long bytes, int depth) {
    /// A million steps, 64 MiB, 64 deep: about ten milliseconds at worst.
    public static final Limits DEFAULT = new Limits(1_000_000, 64L << 20, 64);

    public Limits {
      if (steps <= 0 || bytes <= 0 || depth <= 0) {
        throw new IllegalArgumentException(
            "limits are %d steps, %d bytes, depth %d; expected positive numbers"
                .formatted(steps, bytes, depth));
      }
    }

    /// Whether a run within others is always possible within these.
    public boolean atLeast(Limits others) {
      return steps >= others.steps && bytes >= others.bytes && depth >= others.depth;
    }
  }

  private final Limits limits;
  private final InstantSource clock;
  private final Map<Class<?>, Object> services;
  private long steps;
  private long bytes;
  private int depth;

  private Evaluation(Limits limits, InstantSource clock, Map<Class<?>, Object> services) {
    this.limits = limits;
    this.clock = clock;
    this.services = Map.copyOf(services);
    reset();
  }

  /// With the default limits, the system's clock and no services.
  public static Evaluation standard() {
    return new Evaluation(Limits.DEFAULT, InstantSource.system(), Map.of());
  }

  /// @param services by the interface that functions ask for, such as a geo database
  public static Evaluation of(Limits limits, InstantSource clock, Map<Class<?>, Object> services) {
    return new Evaluation(limits, clock, services);
  }

  /// The budgets of each run.
  public Limits limits() {
    return limits;
  }

  /// Fills the budgets up for another run.
  public void reset() {
    steps = limits.steps();
    bytes = limits.bytes();
    depth = limits.depth();
  }

  /// Counts one step.
  ///
  /// @throws BudgetExceeded when none is left
  public void step() {
    if (--steps < 0) {
      throw outOfSteps();
    }
  }

  /// Counts many steps at once.
  ///
  /// @throws BudgetExceeded when fewer are left
  public void steps(long count) {
    if ((steps -= count) < 0) {
      throw outOfSteps();
    }
  }

  /// Counts memory before it is taken. An estimate will do: two bytes a character, sixteen an element.
  ///
  /// @throws BudgetExceeded when less is left
  public void allocate(long size) {
    if (size > bytes) {
      bytes = 0;
      throw new BudgetExceeded(
          "the program makes values of more than %,d bytes".formatted(limits.bytes()));
    }
    bytes -= size;
  }

  /// Steps left; never negative.
  public long stepsLeft() {
    return Math.max(steps, 0);
  }

  /// Enters a lambda.
  ///
  /// @throws BudgetExceeded when too many are open
  public void enter() {
    step();
    if (--depth < 0) {
      depth = 0;
      throw new BudgetExceeded(
          "lambdas call each other more than %d deep".formatted(limits.depth()));
    }
  }

  /// Leaves a lambda.
  public void leave() {
    depth++;
  }

  /// The time of this run.
  public InstantSource clock() {
    return clock;
  }

  /// What the surroundings provide under an interface, or null where they do not: the function then
  /// fails and says what is missing.
  public <T> @Nullable T service(Class<T> type) {
    return type.cast(services.get(type));
  }

  private BudgetExceeded outOfSteps() {
    steps = 0;
    return new BudgetExceeded("the program takes more than %,d steps".formatted(limits.steps()));
  }
}
