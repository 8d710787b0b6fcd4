package metron.detection.triage;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.detection.Aggregator;
import metron.detection.Contribution;
import metron.detection.Detector;
import metron.detection.RuleFailures;
import metron.event.Ecs;
import metron.event.Event;
import metron.expression.Expressions;
import metron.expression.TestResult;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.ProgramSet;
import org.jspecify.annotations.Nullable;

/// The triage rules of all documents. One document:
///
/// ```yaml
/// sensors: [squid]        # without it: every sensor
/// applies: alerts         # to what is an alert already, as in Metron; or 'events': a rule that is true makes an alert
/// aggregator: sum         # of this document's rules; without it, each counts by itself
/// rules:
///   - name: Long domain
///     rule: LENGTH(url.domain) > 40
///     reason: The domain ${url.domain} has ${LENGTH(url.domain)} characters
///     score: 30
/// tests:
///   - event: {url.domain: example.com}
///     fires: []
/// ```
///
/// Safe for many threads; [#detector] gives what runs them.
public final class TriageRules {
  public static final TriageRules NONE = new TriageRules(List.of());

  /// Which events a document's rules are asked about.
  enum Applies {
    /// Those that another detector, or a transformation that sets `metron.is_alert`, has made an alert.
    ALERTS,
    /// All.
    EVENTS
  }

  private record Document(
      List<String> sensors, Applies applies, List<Rule> rules, List<TriageTest> tests) {
    boolean isFor(String sensor) {
      return sensors.isEmpty() || sensors.contains(sensor);
    }
  }

  private final List<Document> documents;

  private TriageRules(List<Document> documents) {
    this.documents = List.copyOf(documents);
  }

  /// @param files path to text
  /// @param sensor gives the name of a sensor for a name or an alias, null where there is none
  /// @param faults where what can't be used goes
  /// @param warnings where what is doubtful goes
  public static TriageRules read(
      Map<String, String> files,
      Stellar stellar,
      UnaryOperator<@Nullable String> sensor,
      Faults faults,
      Faults warnings) {
    List<Document> documents = new ArrayList<>();
    new TreeMap<>(files)
        .forEach(
            (file, text) ->
                documents.add(
                    document(
                        file,
                        ConfigNode.parse(file, text, faults).section(faults),
                        stellar,
                        sensor,
                        warnings)));
    return new TriageRules(documents);
  }

  private static Document document(
      String file,
      Section section,
      Stellar stellar,
      UnaryOperator<@Nullable String> sensor,
      Faults warnings) {
    Expressions expressions = Expressions.of(section, stellar, warnings);
    List<String> sensors = expressions.sensors(section, sensor);
    Applies applies = section.oneOf("applies", Applies.class, Applies.ALERTS);
    Contribution.Group group =
        section.has("aggregator")
            ? new Contribution.Group(file, section.oneOf("aggregator", Aggregator.class))
            : null;
    List<Rule> rules = new ArrayList<>();
    for (Section item : section.children("rules")) {
      Rule rule = Rule.read(file, item, expressions, group);
      if (rule != null) {
        rules.add(rule);
      }
    }
    List<TriageTest> tests =
        section.children("tests").stream().map(test -> TriageTest.read(test, expressions)).toList();
    section.finish();
    return new Document(sensors, applies, rules, tests);
  }

  public boolean isEmpty() {
    return documents.stream().allMatch(d -> d.rules().isEmpty());
  }

  /// @param services what functions ask for, such as the databases of places
  public Detector detector(Map<Class<?>, Object> services, InstantSource clock) {
    return new Running(this, services, clock, (_, _) -> {});
  }

  private List<Rule> rules(String sensor, Applies applies) {
    List<Rule> found = new ArrayList<>();
    for (Document document : documents) {
      if (document.applies() == applies && document.isFor(sensor)) {
        found.addAll(document.rules());
      }
    }
    return found;
  }

  /// Runs the tests that stand in the documents, each with its own document's rules alone.
  public List<TestResult> test(Evaluation evaluation) {
    List<TestResult> results = new ArrayList<>();
    for (Document document : documents) {
      for (TriageTest test : document.tests()) {
        results.add(new TestResult(test.at(), test.complaint(document.rules(), evaluation)));
      }
    }
    return results;
  }

  /// The rules of one sensor.
  private record Selected(Asked forEvents, Asked forAlerts) {}

  /// Rules that are asked together.
  private record Asked(List<Rule> rules, ProgramSet.Evaluator<Event> evaluator) {
    static Asked of(List<Rule> rules, Evaluation evaluation) {
      return new Asked(
          rules, ProgramSet.of(rules.stream().map(Rule::condition).toList()).evaluator(evaluation));
    }
  }

  /// What one thread runs.
  private static final class Running implements Detector, ProgramSet.Outcomes {
    private final TriageRules rules;
    private final Map<Class<?>, Object> services;
    private final InstantSource clock;
    private final RuleFailures failures;
    private final Evaluation evaluation;
    private final Map<String, Selected> bySensor = new HashMap<>();
    private final List<Integer> fired = new ArrayList<>();
    private final Map<Integer, EvaluationException> failed = new LinkedHashMap<>();

    Running(
        TriageRules rules,
        Map<Class<?>, Object> services,
        InstantSource clock,
        RuleFailures failures) {
      this.rules = rules;
      this.services = services;
      this.clock = clock;
      this.failures = failures;
      this.evaluation = Evaluation.of(Evaluation.Limits.DEFAULT, clock, services);
    }

    @Override
    public Detector forThread(RuleFailures told) {
      return new Running(rules, services, clock, told);
    }

    @Override
    public String name() {
      return "triage";
    }

    @Override
    public void detect(Event event, List<Contribution> contributions) {
      String named = event.string(Ecs.METRON_SENSOR);
      // Rules of no sensor in particular are for an event of none, too.
      String sensor = named == null ? "" : named;
      Selected selected = bySensor.get(sensor);
      if (selected == null) {
        selected =
            new Selected(
                Asked.of(rules.rules(sensor, Applies.EVENTS), evaluation),
                Asked.of(rules.rules(sensor, Applies.ALERTS), evaluation));
        bySensor.put(sensor, selected);
      }
      run(selected.forEvents(), event, contributions);
      if (!selected.forAlerts().rules().isEmpty() && isAlert(event, contributions)) {
        run(selected.forAlerts(), event, contributions);
      }
    }

    private static boolean isAlert(Event event, List<Contribution> contributions) {
      return !contributions.isEmpty() || Boolean.TRUE.equals(event.get(Ecs.METRON_IS_ALERT));
    }

    private void run(Asked asked, Event event, List<Contribution> contributions) {
      if (asked.rules().isEmpty()) {
        return;
      }
      fired.clear();
      failed.clear();
      asked.evaluator().evaluate(event, this);
      // Not while they are evaluated: reasons and scores use up budgets of their own.
      for (int index : fired) {
        Rule rule = asked.rules().get(index);
        try {
          contributions.add(rule.contribution(evaluation, event));
        } catch (EvaluationException e) {
          left(rule, e, event);
        }
      }
      failed.forEach((index, failure) -> left(asked.rules().get(index), failure, event));
    }

    private void left(Rule rule, EvaluationException failure, Event event) {
      failures.failed(rule.id(), failure.reason());
      event.add(Ecs.METRON_SKIPPED, rule.id());
    }

    @Override
    public void isTrue(int index) {
      fired.add(index);
    }

    @Override
    public void failed(int index, EvaluationException failure) {
      failed.put(index, failure);
    }
  }
}
