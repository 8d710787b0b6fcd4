package metron.parsers.mapping;

import java.util.List;
import metron.event.EventTemplate;
import metron.parsers.scan.Bytes;

/// How one kind of record of a sensor becomes an event; belongs to one parser.
public final class Mapping {
  private final Mappings owner;
  private final String prefix;
  private final Constants constants;
  private final EventTemplate template;
  private final Node root;
  private final Derivation[] derivations;
  private final Rule[] rules;

  Mapping(
      Mappings owner,
      String prefix,
      Constants constants,
      List<MappingPlan.Entry> entries,
      List<Derivation> derivations,
      List<Rule> rules) {
    this.owner = owner;
    this.prefix = prefix;
    this.constants = constants;
    this.template = new EventTemplate(constants.fields());
    this.root = new Node(this, "", 0);
    for (MappingPlan.Entry entry : entries) {
      root.add(entry.path(), entry.target());
    }
    this.derivations = derivations.toArray(new Derivation[0]);
    this.rules = rules.toArray(new Rule[0]);
  }

  /// The place of all top-level names.
  public Node root() {
    return root;
  }

  /// What to do with a value of that top-level name.
  public Target target(byte[] b, int from, int to) {
    return root.child(b, from, to, Bytes.hash(b, from, to)).target();
  }

  public Target target(String name) {
    byte[] b = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return target(b, 0, b.length);
  }

  /// Where fields go that the definition does not name.
  public String prefix() {
    return prefix;
  }

  EventTemplate template() {
    return template;
  }

  Constants constants() {
    return constants;
  }

  boolean learn() {
    return owner.learn();
  }

  /// What follows from the fields as a whole: totals, outcome, the definition's rules, `related.*`.
  void finish(Draft draft) {
    for (Derivation d : derivations) {
      d.apply(draft.event(), draft.times().zone());
    }
    for (Rule rule : rules) {
      rule.apply(draft.event(), draft.times());
    }
    draft.related().fill(draft.event());
  }
}
