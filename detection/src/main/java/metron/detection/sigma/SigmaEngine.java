package metron.detection.sigma;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.program.Variable;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;

/// All rules, ready to be asked about events. Safe for many threads; each asks through a [Session] of its own.
///
/// @param <R> what an event is: Metron's, or a map of names to values
public final class SigmaEngine<R> {
  private static final int MOST_KINDS = 10_000;

  private final List<SigmaRule> rules;
  private final SourceMap map;
  private final Variables<R> variables;
  // What tells events apart, and what is asked of those that the map's entries are for.
  private final List<Variable<R>> tellers = new ArrayList<>();
  private final List<String> tellerNames = new ArrayList<>();
  private final List<RuleIndex<R>> indexes = new ArrayList<>();
  private final RuleIndex<R> all;

  /// @param rules to be asked, also inactive ones: what a placeholder without values stands for equals nothing, and a rule that
  ///     can't be evaluated matches nothing
  public SigmaEngine(Collection<SigmaRule> rules, SourceMap map, Variables<R> variables) {
    this.rules = List.copyOf(rules);
    this.map = map;
    this.variables = variables;
    Set<String> names = new LinkedHashSet<>();
    for (SourceMap.Entry entry : map.entries()) {
      names.addAll(entry.events().keySet());
      indexes.add(
          new RuleIndex<>(this.rules.stream().filter(entry::isFor).toList(), entry, variables));
    }
    for (String name : names) {
      Variable<R> variable = variables.resolve(name);
      if (variable != null) {
        tellers.add(variable);
        tellerNames.add(name);
      }
    }
    this.all =
        new RuleIndex<>(
            map.askAll() ? this.rules : List.of(), SourceMap.Entry.of(LogSource.ANY), variables);
  }

  /// The rules that are asked about some event of the map.
  public Set<SigmaRule> asked() {
    Set<SigmaRule> asked = new LinkedHashSet<>(all.rules);
    indexes.forEach(index -> asked.addAll(index.rules));
    return asked;
  }

  /// For one thread.
  public Session<R> session() {
    return new Session<>(this);
  }

  /// Asks the rules, one event after the other.
  public static final class Session<R> {
    private final SigmaEngine<R> engine;
    private final Evaluation evaluation =
        Evaluation.of(Evaluation.Limits.DEFAULT, InstantSource.system(), Map.of());
    private final List<RuleIndex.@Nullable Asker<R>> askers = new ArrayList<>();
    private final Map<List<String>, int[]> kinds = new HashMap<>();
    private final Map<LogSource, RuleIndex.Asker<R>> bySource = new HashMap<>();
    private final RuleIndex.Asker<R> all;
    private final List<SigmaRule> matching = new ArrayList<>();

    private Session(SigmaEngine<R> engine) {
      this.engine = engine;
      for (RuleIndex<R> _ : engine.indexes) {
        askers.add(null);
      }
      this.all = engine.all.asker(evaluation);
    }

    /// The rules that match an event; the list is used again by the next call.
    public List<SigmaRule> matching(R event) {
      matching.clear();
      int[] entries = entries(event);
      for (int entry : entries) {
        asker(entry).ask(event, matching);
      }
      if (entries.length == 0) {
        all.ask(event, matching);
      }
      return entries.length > 1 ? distinct(matching) : matching;
    }

    /// The rules for a log source that match an event of it.
    public List<SigmaRule> matching(R event, LogSource source) {
      matching.clear();
      RuleIndex.Asker<R> asker = bySource.get(source);
      if (asker == null) {
        SourceMap.Entry entry = SourceMap.Entry.of(source);
        asker =
            new RuleIndex<>(
                    engine.rules.stream().filter(entry::isFor).toList(), entry, engine.variables)
                .asker(evaluation);
        bySource.put(source, asker);
      }
      asker.ask(event, matching);
      return matching;
    }

    private RuleIndex.Asker<R> asker(int entry) {
      RuleIndex.Asker<R> asker = askers.get(entry);
      if (asker == null) {
        asker = engine.indexes.get(entry).asker(evaluation);
        askers.set(entry, asker);
      }
      return asker;
    }

    /// The entries of the map that an event fits.
    private int[] entries(R event) {
      List<String> told = new ArrayList<>(engine.tellers.size());
      for (int i = 0; i < engine.tellers.size(); i++) {
        Object value = engine.tellers.get(i).orNull(event);
        told.add(value == null ? "" : Folding.fold(value.toString()));
      }
      int[] known = kinds.get(told);
      if (known == null) {
        known = fitting(told);
        if (kinds.size() < MOST_KINDS) {
          kinds.put(told, known);
        }
      }
      return known;
    }

    private int[] fitting(List<String> told) {
      List<Integer> fitting = new ArrayList<>();
      List<SourceMap.Entry> entries = engine.map.entries();
      for (int i = 0; i < entries.size(); i++) {
        boolean fits = true;
        for (Map.Entry<String, List<String>> wanted : entries.get(i).events().entrySet()) {
          int teller = engine.tellerNames.indexOf(wanted.getKey());
          fits = fits && teller >= 0 && wanted.getValue().contains(told.get(teller));
        }
        if (fits) {
          fitting.add(i);
        }
      }
      return fitting.stream().mapToInt(n -> n).toArray();
    }

    private static List<SigmaRule> distinct(List<SigmaRule> rules) {
      return rules.size() < 2 ? rules : List.copyOf(new LinkedHashSet<>(rules));
    }
  }
}
