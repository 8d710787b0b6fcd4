package metron.stellar.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metron.stellar.function.TextClues;
import org.jspecify.annotations.Nullable;

/// Which conditions a record gives a reason to look at. Reads each variable once.
///
/// @param <R> what programs run on
final class WitnessIndex<R> {
  /// Numbers that conditions compare a variable with, the smallest first.
  private record Bounds(double[] bounds, Conditions[] conditions) {
    static Bounds of(TreeMap<Double, List<Integer>> byBound) {
      double[] bounds = new double[byBound.size()];
      Conditions[] conditions = new Conditions[bounds.length];
      int i = 0;
      for (var entry : byBound.entrySet()) {
        bounds[i] = entry.getKey();
        conditions[i++] = Conditions.of(entry.getValue());
      }
      return new Bounds(bounds, conditions);
    }

    // A map of numbers would make an object for each look-up.
    void equal(double value, long[] all) {
      int index = java.util.Arrays.binarySearch(bounds, value);
      if (index >= 0) {
        conditions[index].addTo(all);
      }
    }

    void atMost(double value, long[] all) {
      for (int i = 0; i < bounds.length && bounds[i] <= value; i++) {
        conditions[i].addTo(all);
      }
    }

    void atLeast(double value, long[] all) {
      for (int i = bounds.length - 1; i >= 0 && bounds[i] >= value; i--) {
        conditions[i].addTo(all);
      }
    }
  }

  /// What one variable decides.
  private record Column<R>(
      Variable<R> variable,
      Conditions absent,
      Conditions present,
      Map<Object, Conditions> equal,
      Bounds numbers,
      Bounds lower,
      Bounds upper,
      Conditions notNumber,
      Conditions notText,
      Conditions odd,
      @Nullable TextIndex texts) {
    void addTo(R target, long[] all) {
      Object value;
      try {
        value = variable.get(target);
      } catch (RuntimeException _) {
        // Variables that fail are not indexed; one that does it nevertheless fails in its programs.
        absent.addTo(all);
        present.addTo(all);
        odd.addTo(all);
        return;
      }
      if (value == null) {
        absent.addTo(all);
        return;
      }
      present.addTo(all);
      switch (value) {
        case String text -> {
          equal(text, all);
          notNumber.addTo(all);
          if (texts != null) {
            texts.addTo(text, all);
          }
        }
        case Integer i -> number(i, all);
        case Long l -> number(l, all);
        case Double d -> number(d + 0.0, all);
        case Boolean truth -> {
          equal(truth, all);
          notNumber.addTo(all);
          notText.addTo(all);
        }
        default -> odd.addTo(all);
      }
    }

    private void equal(Object value, long[] all) {
      Conditions found = equal.get(value);
      if (found != null) {
        found.addTo(all);
      }
    }

    private void number(double value, long[] all) {
      numbers.equal(value, all);
      lower.atMost(value, all);
      upper.atLeast(value, all);
      notText.addTo(all);
    }
  }

  private final List<Column<R>> columns;
  private final Conditions always;
  private final Map<String, Conditions> holding;
  private final Map<String, Conditions> failing;

  private WitnessIndex(
      List<Column<R>> columns,
      Conditions always,
      Map<String, Conditions> holding,
      Map<String, Conditions> failing) {
    this.columns = columns;
    this.always = always;
    this.holding = holding;
    this.failing = failing;
  }

  /// Sets the bits of all conditions that a record has a witness for, and of those that need none.
  void addTo(R target, long[] all) {
    always.addTo(all);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).addTo(target, all);
    }
  }

  /// Sets the bits of the conditions that wait for a shared one that is true.
  void holds(String shape, long[] all) {
    add(holding.get(shape), all);
  }

  /// Sets the bits of the conditions that wait for a shared one that fails.
  void fails(String shape, long[] all) {
    add(holding.get(shape), all);
    add(failing.get(shape), all);
  }

  private static void add(@Nullable Conditions waiting, long[] all) {
    if (waiting != null) {
      waiting.addTo(all);
    }
  }

  /// Gathers what conditions wait for.
  static final class Builder<R> {
    private final Variables<R> variables;
    private final List<Integer> always = new ArrayList<>();
    private final Map<String, List<Integer>> holding = new HashMap<>();
    private final Map<String, List<Integer>> failing = new HashMap<>();
    private final Map<String, Waiting> columns = new LinkedHashMap<>();

    private static final class Waiting {
      final List<Integer> absent = new ArrayList<>();
      final List<Integer> present = new ArrayList<>();
      final Map<Object, List<Integer>> equal = new HashMap<>();
      final TreeMap<Double, List<Integer>> lower = new TreeMap<>();
      final TreeMap<Double, List<Integer>> upper = new TreeMap<>();
      final List<Integer> notNumber = new ArrayList<>();
      final List<Integer> notText = new ArrayList<>();
      final List<Integer> odd = new ArrayList<>();
      final Map<TextClues.Clue, List<Integer>> texts = new LinkedHashMap<>();
    }

    Builder(Variables<R> variables) {
      this.variables = variables;
    }

    /// @param condition its number
    /// @param evidence what it waits for
    void add(int condition, Evidence evidence) {
      if (evidence.always()) {
        always.add(condition);
      }
      for (Witness witness : evidence.any()) {
        add(condition, witness);
      }
    }

    private void add(int condition, Witness witness) {
      switch (witness) {
        case Witness.Equal w -> {
          Waiting column = column(w.variable());
          column.equal.computeIfAbsent(w.constant(), _ -> new ArrayList<>()).add(condition);
          column.odd.add(condition);
        }
        case Witness.AtLeast w -> {
          Waiting column = column(w.variable());
          column.lower.computeIfAbsent(w.bound(), _ -> new ArrayList<>()).add(condition);
          column.odd.add(condition);
        }
        case Witness.AtMost w -> {
          Waiting column = column(w.variable());
          column.upper.computeIfAbsent(w.bound(), _ -> new ArrayList<>()).add(condition);
          column.odd.add(condition);
        }
        case Witness.NotNumber w -> {
          column(w.variable()).notNumber.add(condition);
          column(w.variable()).odd.add(condition);
        }
        case Witness.NotText w -> {
          column(w.variable()).notText.add(condition);
          column(w.variable()).odd.add(condition);
        }
        case Witness.Text w ->
            column(w.variable())
                .texts
                .computeIfAbsent(w.clue(), _ -> new ArrayList<>())
                .add(condition);
        case Witness.Present w -> column(w.variable()).present.add(condition);
        case Witness.Absent w -> column(w.variable()).absent.add(condition);
        case Witness.Holds w ->
            holding.computeIfAbsent(w.shape(), _ -> new ArrayList<>()).add(condition);
        case Witness.Fails w ->
            failing.computeIfAbsent(w.shape(), _ -> new ArrayList<>()).add(condition);
      }
    }

    private Waiting column(String variable) {
      return columns.computeIfAbsent(variable, _ -> new Waiting());
    }

    WitnessIndex<R> build() {
      List<Column<R>> built = new ArrayList<>();
      columns.forEach(
          (name, waiting) -> {
            Map<Object, Conditions> equal = new HashMap<>();
            TreeMap<Double, List<Integer>> numbers = new TreeMap<>();
            waiting.equal.forEach(
                (value, list) -> {
                  if (value instanceof Double number) {
                    numbers.put(number, list);
                  } else {
                    equal.put(value, Conditions.of(list));
                  }
                });
            @Nullable Variable<R> variable = variables.resolve(name);
            built.add(
                new Column<>(
                    java.util.Objects.requireNonNull(variable, name),
                    Conditions.of(waiting.absent),
                    Conditions.of(waiting.present),
                    equal,
                    Bounds.of(numbers),
                    Bounds.of(waiting.lower),
                    Bounds.of(waiting.upper),
                    Conditions.of(waiting.notNumber),
                    Conditions.of(waiting.notText),
                    Conditions.of(waiting.odd),
                    waiting.texts.isEmpty() ? null : TextIndex.of(waiting.texts)));
          });
      return new WitnessIndex<>(
          List.copyOf(built), Conditions.of(always), numbered(holding), numbered(failing));
    }

    private static Map<String, Conditions> numbered(Map<String, List<Integer>> waiting) {
      Map<String, Conditions> numbered = new HashMap<>();
      waiting.forEach((shape, list) -> numbered.put(shape, Conditions.of(list)));
      return numbered;
    }
  }
}
