package metron.parsers.transform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import metron.config.ConfigNode;
import metron.config.Position;
import metron.config.Section;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.expression.Assignment;
import metron.expression.EventVariables;
import metron.expression.Expressions;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Regex;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import metron.stellar.program.Variable;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;

/// Reads the steps of a document. Each is a mapping with one of the names of [#NAMES], and may have `when`.
final class Steps {
  /// What Metron itself keeps about an event, which no transformation changes.
  private static final Set<Field> OWN =
      Set.of(
          Ecs.EVENT_ID,
          Ecs.EVENT_ORIGINAL,
          Ecs.EVENT_HASH,
          Ecs.EVENT_INGESTED,
          Ecs.METRON_SENSOR,
          Ecs.METRON_ORIGIN,
          Ecs.METRON_EPOCH_PARSER,
          Ecs.METRON_EPOCH_ENRICHMENT,
          Ecs.METRON_EPOCH_RULES);

  /// What `select` keeps without being told.
  private static final Set<Field> ALWAYS =
      Set.of(Ecs.TIMESTAMP, Ecs.EVENT_KIND, Ecs.EVENT_MODULE, Ecs.EVENT_DATASET);

  static final List<String> NAMES =
      List.of(
          "stellar",
          "rename",
          "remove",
          "select",
          "ip_protocol",
          "domain_remove_subdomains",
          "domain_remove_tld",
          "geohash",
          "regex_select",
          "simple_hash");

  private final Expressions expressions;

  Steps(Expressions expressions) {
    this.expressions = expressions;
  }

  /// @return null after a fault
  @Nullable Step read(Section item) {
    List<String> named = NAMES.stream().filter(item::has).toList();
    if (named.size() != 1) {
      expressions
          .faults()
          .add(
              item.at(),
              (named.isEmpty() ? "no transformation" : "two transformations, " + named)
                  + " found, expected one of "
                  + String.join(", ", NAMES)
                  + (named.isEmpty() ? "" : "; begin the next one with '- '"));
      NAMES.forEach(item::has);
      item.finish();
      return null;
    }
    Program<Event> when = expressions.programIfAny(item, "when");
    int faults = expressions.faults().count();
    Step step =
        switch (named.getFirst()) {
          case "stellar" -> stellar(item);
          case "rename" -> rename(item);
          case "remove" -> remove(item);
          case "select" -> select(item);
          case "ip_protocol" -> converted(item, "ip_protocol", "PROTOCOL_TO_NAME(value)");
          case "domain_remove_subdomains" ->
              converted(item, "domain_remove_subdomains", "DOMAIN_REMOVE_SUBDOMAINS(value)");
          case "domain_remove_tld" ->
              converted(item, "domain_remove_tld", "DOMAIN_REMOVE_TLD(value)");
          case "geohash" -> geohash(item);
          case "regex_select" -> regexSelect(item);
          default -> simpleHash(item);
        };
    item.finish();
    if (expressions.faults().count() > faults) {
      return null;
    }
    return when == null ? step : conditional(when, step);
  }

  private static Step conditional(Program<Event> when, Step step) {
    return (event, evaluation) -> {
      try {
        return when.test(evaluation, event) ? step.apply(event, evaluation) : null;
      } catch (EvaluationException e) {
        return "'when' fails: " + e.reason();
      }
    };
  }

  private record Setting(Field field, Program<Event> program) {}

  private Step stellar(Section item) {
    List<Setting> settings = new ArrayList<>();
    Set<Field> temporary = new LinkedHashSet<>();
    for (String name : item.strings("temporary")) {
      temporary.add(EventVariables.field(name));
    }
    Set<Field> set = new LinkedHashSet<>();
    item.entries("stellar")
        .forEach(
            (name, node) -> {
              // In YAML a bare null is nothing; here it is the expression that removes the field.
              boolean isNull = node instanceof ConfigNode.Scalar scalar && scalar.isNull();
              String source = isNull ? "null" : node.text(expressions.faults());
              Field field = target(name, node.at());
              Program<Event> program = expressions.program(source, node.at());
              set.add(field);
              if (program != null) {
                settings.add(new Setting(field, program));
              }
            });
    for (Field field : temporary) {
      if (!set.contains(field)) {
        item.fault("temporary", "'" + field.name() + "' is temporary, but 'stellar' never sets it");
      }
    }
    return (event, evaluation) -> {
      for (Setting setting : settings) {
        String problem = assign(event, evaluation, setting.field(), setting.program());
        if (problem != null) {
          return problem;
        }
      }
      for (Field field : temporary) {
        event.remove(field);
      }
      return null;
    };
  }

  private static @Nullable String assign(
      Event event, Evaluation evaluation, Field field, Program<Event> program) {
    Object value;
    try {
      value = program.evaluate(evaluation, event);
    } catch (EvaluationException e) {
      return field.name() + ": " + e.reason();
    }
    return Assignment.set(event, field, value);
  }

  private Step rename(Section item) {
    Map<Field, Field> names = new LinkedHashMap<>();
    item.texts("rename")
        .forEach(
            (from, to) -> {
              Position at = at(item, "rename", from);
              names.put(target(from, at), target(to, at));
            });
    return (event, _) -> {
      for (Map.Entry<Field, Field> name : names.entrySet()) {
        Object value = event.get(name.getKey());
        if (value != null) {
          String problem = Assignment.set(event, name.getValue(), value);
          if (problem != null) {
            return problem;
          }
          event.remove(name.getKey());
        }
      }
      return null;
    };
  }

  private Step remove(Section item) {
    List<Field> fields = targets(item, "remove");
    return (event, _) -> {
      fields.forEach(event::remove);
      return null;
    };
  }

  private Step select(Section item) {
    Set<Field> kept = new LinkedHashSet<>(OWN);
    kept.addAll(ALWAYS);
    for (String name : item.strings("select")) {
      kept.add(EventVariables.field(name));
    }
    return (event, _) -> {
      for (int i = event.size() - 1; i >= 0; i--) {
        if (!kept.contains(event.fieldAt(i))) {
          event.remove(event.fieldAt(i));
        }
      }
      return null;
    };
  }

  /// A function of one field's value, whose answer goes to the same field or to another: `from`, `to`.
  private Step converted(Section item, String key, String source) {
    Section own = own(item, key);
    String from = own.string("from");
    Field to = target(own.string("to", from), own.at());
    own.finish();
    Program<Event> program = program(source, Map.of("value", EventVariables.field(from)), own.at());
    return only(from, to, program);
  }

  private Step geohash(Section item) {
    Section own = own(item, "geohash");
    String latitude = own.string("latitude");
    Map<String, Field> fields =
        Map.of(
            "latitude", EventVariables.field(latitude),
            "longitude", EventVariables.field(own.string("longitude")));
    Field to = target(own.string("to"), own.at());
    int precision = own.integer("precision", 1, 12, 12);
    own.finish();
    Program<Event> program =
        program("GEOHASH_FROM_LATLONG(latitude, longitude, " + precision + ")", fields, own.at());
    return only(latitude, to, program);
  }

  private Step simpleHash(Section item) {
    Section own = own(item, "simple_hash");
    List<String> from = own.strings("from");
    if (from.isEmpty()) {
      own.fault("from", "key 'from' of simple_hash is missing, expected fields to hash");
    }
    Field to = target(own.string("to"), own.at());
    String algorithm = own.string("algorithm", "SHA-256");
    own.finish();
    Map<String, Field> fields = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (String name : from) {
      fields.put("value" + names.size(), EventVariables.field(name));
      names.add("value" + names.size());
    }
    String text =
        names.size() == 1 ? names.getFirst() : "JOIN([" + String.join(", ", names) + "], '|')";
    Program<Event> program =
        program("HASH(" + text + ", '" + algorithm.replace("'", "") + "')", fields, own.at());
    return (event, evaluation) -> program == null ? null : assign(event, evaluation, to, program);
  }

  private record Choice(String name, List<Regex> patterns) {}

  /// The first of several names, one of whose regular expressions matches the whole of a field's text.
  private Step regexSelect(Section item) {
    Section own = own(item, "regex_select");
    Field from = EventVariables.field(own.string("from"));
    Field to = target(own.string("to"), own.at());
    List<Choice> choices = new ArrayList<>();
    own.entries("values")
        .forEach(
            (name, node) -> {
              List<Regex> patterns = new ArrayList<>();
              for (String pattern : node.texts(expressions.faults())) {
                try {
                  patterns.add(Regex.compile(1, pattern));
                } catch (FunctionFailure e) {
                  expressions.faults().add(node.at(), String.valueOf(e.getMessage()));
                }
              }
              choices.add(new Choice(name, patterns));
            });
    if (choices.isEmpty()) {
      own.fault(
          "values", "'values' of regex_select is empty, expected names with regular expressions");
    }
    own.finish();
    return (event, evaluation) -> {
      Object raw = event.get(from);
      if (raw == null) {
        return null;
      }
      String text = String.valueOf(EventVariables.value(raw));
      evaluation.reset();
      try {
        for (Choice choice : choices) {
          for (Regex pattern : choice.patterns()) {
            if (pattern.matches(evaluation, text)) {
              return Assignment.set(event, to, choice.name());
            }
          }
        }
      } catch (metron.stellar.function.BudgetExceeded e) {
        return "regex_select of " + from.name() + ": " + e.getMessage();
      }
      return null;
    };
  }

  private static Step only(String needed, Field to, @Nullable Program<Event> program) {
    Field from = EventVariables.field(needed);
    return (event, evaluation) ->
        program == null || !event.has(from) ? null : assign(event, evaluation, to, program);
  }

  /// A program whose few variables stand for fields, whatever the fields' names look like.
  private @Nullable Program<Event> program(String source, Map<String, Field> fields, Position at) {
    Variables<Event> variables =
        name -> {
          Field field = fields.get(name);
          return field == null ? null : (Variable<Event>) event -> read(event, field);
        };
    try {
      return expressions.stellar().compile(source, variables);
    } catch (metron.stellar.program.CompilationException e) {
      expressions
          .faults()
          .add(
              at,
              e.diagnostics().stream()
                  .map(metron.stellar.syntax.Diagnostic::message)
                  .collect(Collectors.joining("; ")));
      return null;
    }
  }

  private static @Nullable Object read(Event event, Field field) {
    Object value = event.get(field);
    return value == null ? null : EventVariables.value(value);
  }

  private static Section own(Section item, String key) {
    return item.childOrEmpty(key);
  }

  private List<Field> targets(Section item, String key) {
    List<Field> fields = new ArrayList<>();
    for (ConfigNode node : item.items(key)) {
      fields.add(target(node.text(expressions.faults()), node.at()));
    }
    return fields;
  }

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_@.:-]{1,200}");

  private Field target(String name, Position at) {
    Field field = EventVariables.field(name);
    if (!NAME.matcher(name).matches()) {
      expressions
          .faults()
          .add(
              at,
              "'" + name + "' is no name of a field, expected letters, digits, '_', '.', '@', '-'");
    } else if (OWN.contains(field)) {
      expressions.faults().add(at, field.name() + " is kept by Metron itself; use another field");
    }
    return field;
  }

  private static Position at(Section item, String key, String entry) {
    ConfigNode node = item.entries(key).get(entry);
    return node == null ? item.at() : node.at();
  }
}
