package metron.detection.sigma;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import metron.detection.Contribution;
import metron.detection.Detector;
import metron.detection.RuleFailures;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;

/// Every Sigma rule that matches an event contributes by its level. The worst one is `rule.*` of the event where no sensor
/// named a rule; techniques and tactics of MITRE ATT&CK are gathered in `threat.*`.
public final class SigmaDetector implements Detector {
  private static final Field RULE_ID = field("rule.id");
  private static final Field RULE_NAME = field("rule.name");
  private static final Field RULE_AUTHOR = field("rule.author");
  private static final Field RULE_DESCRIPTION = field("rule.description");
  private static final Field RULE_REFERENCE = field("rule.reference");
  private static final Field TECHNIQUE = field("threat.technique.id");
  private static final Field SUBTECHNIQUE = field("threat.technique.subtechnique.id");
  private static final Field TACTIC = field("threat.tactic.name");
  private static final String ATTACK = "attack.";

  private final SigmaEngine<Event> engine;
  private final SigmaEngine.Session<Event> session;

  public SigmaDetector(SigmaEngine<Event> engine) {
    this.engine = engine;
    this.session = engine.session();
  }

  private static Field field(String name) {
    return FieldCatalogue.get().field(name);
  }

  @Override
  public Detector forThread(RuleFailures failures) {
    return new SigmaDetector(engine);
  }

  @Override
  public String name() {
    return "sigma";
  }

  @Override
  public void detect(Event event, List<Contribution> contributions) {
    List<SigmaRule> matching = session.matching(event);
    if (matching.isEmpty()) {
      return;
    }
    List<SigmaRule> worstFirst = new ArrayList<>(matching);
    worstFirst.sort(Comparator.comparing(SigmaRule::level).reversed());
    for (SigmaRule rule : worstFirst) {
      contributions.add(
          new Contribution(
              Contribution.Kind.SIGMA, rule.title(), reason(rule), rule.level().score()));
      rule.tags().forEach(tag -> tagged(event, tag));
    }
    if (!event.has(RULE_NAME)) {
      named(event, worstFirst.getFirst());
    }
  }

  // The Detection Rule License asks that the author is named where a match is shown.
  private static String reason(SigmaRule rule) {
    String by = rule.author().isEmpty() ? "" : " by " + rule.author();
    return "Sigma rule '"
        + rule.title()
        + "' ("
        + rule.level().name().toLowerCase(Locale.ROOT)
        + by
        + ") matches";
  }

  private static void named(Event event, SigmaRule rule) {
    event.set(RULE_ID, rule.id());
    event.set(RULE_NAME, rule.title());
    if (!rule.description().isEmpty()) {
      event.set(RULE_DESCRIPTION, rule.description().strip());
    }
    if (!rule.author().isEmpty()) {
      event.set(RULE_AUTHOR, List.of(rule.author()));
    }
    if (!rule.references().isEmpty()) {
      event.set(RULE_REFERENCE, rule.references().getFirst());
    }
  }

  /// A tag such as `attack.t1059.001` or `attack.execution`.
  private static void tagged(Event event, String tag) {
    if (!tag.startsWith(ATTACK)) {
      return;
    }
    String of = tag.substring(ATTACK.length());
    if (of.matches("t\\d{4}(\\.\\d{3})?")) {
      String id = of.toUpperCase(Locale.ROOT);
      event.add(TECHNIQUE, id.substring(0, 5));
      if (id.length() > 5) {
        event.add(SUBTECHNIQUE, id);
      }
    } else if (!of.matches("[gs]\\d{4}")) {
      event.add(TACTIC, of.replace('_', ' ').replace('-', ' '));
    }
  }
}
