package metron.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import metron.config.ConfigNode;
import metron.config.Fault;
import metron.config.Faults;
import metron.config.Position;
import metron.config.Section;
import metron.event.Event;
import metron.stellar.Stellar;
import metron.stellar.program.CompilationException;
import metron.stellar.program.Program;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/// Compiles the expressions of one document. What is wrong with one becomes a fault at its place in the file; what is only
/// doubtful, such as a chain of operators that Apache Metron reads otherwise, a warning.
///
/// @param stellar language, functions and dialect of the document
/// @param warnings where doubtful places go
public record Expressions(Stellar stellar, Faults faults, Faults warnings) {
  /// Keys of every document that holds expressions.
  public static final String COMPATIBILITY = "compatibility";

  private static final List<String> MODES = List.of("standard", "metron");

  /// Reads the key `compatibility` of a document: `standard`, the default, or `metron`.
  public static Expressions of(Section document, Stellar stellar, Faults warnings) {
    String mode = document.oneOf(COMPATIBILITY, MODES, "standard");
    return new Expressions(
        mode.equals("metron") ? stellar.in(Dialect.METRON) : stellar, document.faults(), warnings);
  }

  /// Whether the document is read as Apache Metron would.
  public boolean asMetron() {
    return stellar.dialect() == Dialect.METRON;
  }

  /// The expression below a key that must be there; a fault and null if it can't be used.
  public @Nullable Program<Event> program(Section section, String key) {
    String source = section.string(key);
    ConfigNode node = section.node(key).orElse(null);
    return node instanceof ConfigNode.Scalar ? program(source, node.at()) : null;
  }

  /// The expression below a key; null if there is none, or after a fault.
  public @Nullable Program<Event> programIfAny(Section section, String key) {
    return section.has(key) ? program(section, key) : null;
  }

  /// An expression that stands at some place; a fault and null if it can't be used.
  public @Nullable Program<Event> program(String source, Position at) {
    try {
      Program<Event> program = stellar.compile(source, EventVariables.INSTANCE);
      for (Diagnostic warning : program.warnings()) {
        warnings.add(fault(at, warning, source));
      }
      return program;
    } catch (CompilationException e) {
      for (Diagnostic diagnostic : e.diagnostics()) {
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        (error ? faults : warnings).add(fault(at, diagnostic, source));
      }
      return null;
    }
  }

  private static Fault fault(Position at, Diagnostic diagnostic, String source) {
    return new Fault(at.file(), at.line(), at.column(), diagnostic.render(source));
  }

  /// The text with `${expression}` in it below a key. With `compatibility: metron` the whole text is one expression, as in
  /// Metron's rules.
  ///
  /// @return null if there is none, or after a fault
  public @Nullable Template templateIfAny(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    String text = section.string(key);
    Position at = section.node(key).map(ConfigNode::at).orElse(section.at());
    if (asMetron()) {
      Program<Event> program = program(text, at);
      return program == null ? null : Template.of(program);
    }
    return Template.parse(text, at, this);
  }

  /// The names of the sensors that a document is for, key `sensors`; empty: for all.
  ///
  /// @param known gives the name of a sensor for a name or an alias, null where there is none
  public List<String> sensors(Section document, UnaryOperator<@Nullable String> known) {
    List<String> sensors = new ArrayList<>();
    for (ConfigNode node : document.items("sensors")) {
      String name = node.text(faults);
      String sensor = known.apply(name);
      if (sensor == null) {
        faults.add(
            node.at(),
            "there is no sensor '" + name + "'; 'bin/metron sensors' lists those there are");
      } else {
        sensors.add(sensor);
      }
    }
    return sensors;
  }

  /// An event of a test in a document: field to value, ECS or classic names; a value that does not fit its field is a fault.
  public Event event(Section section, String key) {
    Event event = new Event();
    for (Map.Entry<String, ConfigNode> entry : section.entries(key).entrySet()) {
      Object value = entry.getValue().value();
      String problem =
          value == null ? null : Assignment.set(event, EventVariables.field(entry.getKey()), value);
      if (problem != null) {
        faults.add(entry.getValue().at(), problem);
      }
    }
    return event;
  }
}
