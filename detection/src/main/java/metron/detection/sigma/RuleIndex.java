package metron.detection.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import metron.stellar.function.Evaluation;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;

/// The rules for one kind of events, compiled together.
///
/// 1. Questions are numbered over all rules, so that each is answered at most once an event.
/// 2. Each rule waits for its [Witnesses]; those of a field lie in a hash table and three automatons, so that one pass over a
///    value finds all rules that have a reason to be looked at.
/// 3. Only these are evaluated; a question whose text was in the tables is answered already.
///
/// What it costs grows with what an event has in common with rules, not with their number. Safe for many threads; each asks
/// through an [Asker] of its own.
final class RuleIndex<R> {
  /// A rule's condition with numbers for questions.
  sealed interface Ask {}

  record AskAll(Ask[] parts) implements Ask {}

  record AskAny(Ask[] parts) implements Ask {}

  record AskOne(int question, boolean wanted) implements Ask {}

  /// A text that rules wait for.
  ///
  /// @param question answered yes where it is found; -1: none
  /// @param rules by their place in this index
  private record Waiting(int question, int[] rules) {}

  /// The texts that rules wait for in one field.
  ///
  /// @param whole by the folded value
  private record Table(
      int column,
      Map<String, Integer> whole,
      @Nullable Automaton starts,
      @Nullable Automaton ends,
      @Nullable Automaton anywhere) {}

  /// What tells two witnesses apart.
  private record Key(int column, Atom.Place place, String text) {}

  final List<SigmaRule> rules;
  final Columns<R> columns;
  final List<Atom> questions = new ArrayList<>();
  // Of each question: its field, and whether finding its text in the tables is all there is to it.
  final int[] columnOf;
  final boolean[] tabled;
  private final Ask[] conditions;
  private final long[] always;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();

  RuleIndex(List<SigmaRule> rules, SourceMap.Entry entry, Variables<R> variables) {
    this.rules = List.copyOf(rules);
    this.columns = new Columns<>(entry, variables);
    this.always = new long[(rules.size() + 63) >> 6];
    Map<Atom, Integer> numbers = new HashMap<>();
    this.conditions = new Ask[rules.size()];
    Map<Key, List<Integer>> waits = new LinkedHashMap<>();
    Map<Key, Integer> answers = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      Node condition = rules.get(i).condition();
      conditions[i] = ask(condition, numbers);
      Witnesses witnesses = Witnesses.of(condition);
      if (witnesses == null) {
        always[i >> 6] |= 1L << i;
        continue;
      }
      for (Atom atom : witnesses.atoms()) {
        Key key = key(atom);
        waits.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
        if (atom instanceof Atom.Text text && !text.cased()) {
          answers.put(key, numbers.get(atom));
        }
      }
    }
    columnOf = new int[questions.size()];
    tabled = new boolean[questions.size()];
    for (int i = 0; i < columnOf.length; i++) {
      columnOf[i] = columns.number(questions.get(i).field());
      if (questions.get(i) instanceof Atom.Field field) {
        int _ = columns.number(field.other());
      }
    }
    answers.values().forEach(question -> tabled[question] = true);
    build(waits, answers);
  }

  private Ask ask(Node node, Map<Atom, Integer> numbers) {
    return switch (node) {
      case Node.All(List<Node> parts) ->
          new AskAll(parts.stream().map(p -> ask(p, numbers)).toArray(Ask[]::new));
      case Node.Any(List<Node> parts) ->
          new AskAny(parts.stream().map(p -> ask(p, numbers)).toArray(Ask[]::new));
      case Node.Is(Atom atom) -> new AskOne(number(atom, numbers), true);
      case Node.IsNot(Atom atom) -> new AskOne(number(atom, numbers), false);
    };
  }

  private int number(Atom atom, Map<Atom, Integer> numbers) {
    Integer known = numbers.putIfAbsent(atom, questions.size());
    if (known != null) {
      return known;
    }
    questions.add(atom);
    return questions.size() - 1;
  }

  private Key key(Atom atom) {
    int column = columns.number(atom.field());
    return switch (atom) {
      case Atom.Text(String _, Atom.Place place, String text, boolean _) ->
          new Key(column, place, Folding.fold(text));
      case Atom.Wild(String _, Glob glob, boolean _) ->
          new Key(column, Atom.Place.ANYWHERE, Folding.fold(glob.longest()));
      default -> throw new IllegalStateException(atom + " is no witness");
    };
  }

  private void build(Map<Key, List<Integer>> waits, Map<Key, Integer> answers) {
    Map<Integer, Map<String, Integer>> whole = new HashMap<>();
    Map<Integer, Automaton.Builder> starts = new HashMap<>();
    Map<Integer, Automaton.Builder> ends = new HashMap<>();
    Map<Integer, Automaton.Builder> anywhere = new HashMap<>();
    Map<Integer, Boolean> used = new LinkedHashMap<>();
    waits.forEach(
        (key, waitingRules) -> {
          int number = waiting.size();
          waiting.add(
              new Waiting(
                  answers.getOrDefault(key, -1),
                  waitingRules.stream().mapToInt(n -> n).distinct().toArray()));
          used.put(key.column(), true);
          switch (key.place()) {
            case WHOLE ->
                whole.computeIfAbsent(key.column(), _ -> new HashMap<>()).put(key.text(), number);
            case START -> builder(starts, key).add(key.text(), number);
            case END -> builder(ends, key).add(new StringBuilder(key.text()).reverse(), number);
            case ANYWHERE -> builder(anywhere, key).add(key.text(), number);
          }
        });
    for (int column : used.keySet()) {
      tables.add(
          new Table(
              column,
              Map.copyOf(whole.getOrDefault(column, Map.of())),
              built(starts.get(column), false),
              built(ends.get(column), false),
              built(anywhere.get(column), true)));
    }
  }

  private static Automaton.Builder builder(Map<Integer, Automaton.Builder> builders, Key key) {
    return builders.computeIfAbsent(key.column(), _ -> new Automaton.Builder());
  }

  private static @Nullable Automaton built(Automaton.@Nullable Builder builder, boolean anywhere) {
    return builder == null ? null : builder.build(anywhere);
  }

  Asker<R> asker(Evaluation evaluation) {
    return new Asker<>(this, evaluation);
  }

  /// What one thread needs to ask the rules of an index.
  static final class Asker<R> implements IntConsumer {
    private final RuleIndex<R> index;
    private final Values<R> values;
    private final Answers<R> answers;
    private final long[] candidates;

    Asker(RuleIndex<R> index, Evaluation evaluation) {
      this.index = index;
      this.values = new Values<>(index.columns);
      this.answers = new Answers<>(index, values, evaluation);
      this.candidates = new long[index.always.length];
    }

    /// Adds the rules that match.
    void ask(R event, List<SigmaRule> matching) {
      values.reset(event);
      answers.reset();
      System.arraycopy(index.always, 0, candidates, 0, candidates.length);
      for (int i = 0; i < index.tables.size(); i++) {
        look(index.tables.get(i));
      }
      for (int word = 0; word < candidates.length; word++) {
        for (long rest = candidates[word]; rest != 0; rest &= rest - 1) {
          int rule = (word << 6) + Long.numberOfTrailingZeros(rest);
          if (isTrue(index.conditions[rule])) {
            matching.add(index.rules.get(rule));
          }
        }
      }
    }

    private void look(Table table) {
      for (String value : values.folded(table.column())) {
        if (!table.whole().isEmpty()) {
          Integer number = table.whole().get(value);
          if (number != null) {
            accept(number);
          }
        }
        if (table.starts() != null) {
          table.starts().atStart(value, this);
        }
        if (table.ends() != null) {
          table.ends().atEnd(value, this);
        }
        if (table.anywhere() != null) {
          table.anywhere().within(value, this);
        }
      }
    }

    /// A text was found that rules wait for.
    @Override
    public void accept(int number) {
      Waiting waiting = index.waiting.get(number);
      if (waiting.question() >= 0) {
        answers.yes(waiting.question());
      }
      for (int rule : waiting.rules()) {
        candidates[rule >> 6] |= 1L << rule;
      }
    }

    private boolean isTrue(Ask ask) {
      switch (ask) {
        case AskOne(int question, boolean wanted) -> {
          return answers.is(question) == wanted;
        }
        case AskAll(Ask[] parts) -> {
          for (Ask part : parts) {
            if (!isTrue(part)) {
              return false;
            }
          }
          return true;
        }
        case AskAny(Ask[] parts) -> {
          for (Ask part : parts) {
            if (isTrue(part)) {
              return true;
            }
          }
          return false;
        }
      }
    }
  }
}
