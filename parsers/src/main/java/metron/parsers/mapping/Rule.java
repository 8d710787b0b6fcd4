package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.parsers.scan.Times;

/// What follows from several fields together, when all of a record are there; `rules` in a definition, in order:
///
/// ```yaml
/// rules:
///   - if: {event.action: [deny, "drop*"], destination.port: "1..1023", user.name: present}
///     set: {event.type: [connection, denied]}
///     copy: {host.name: observer.name}            # from: to; an own value of `to` stays; a text becomes a time
///     compose: {process.command_line: "{process.executable} {acme.arguments}"}
///     remove: [acme.padding]
/// ```
///
/// All conditions of `if` must hold. A condition is a word, a beginning (`drop*`), a range (`1..1023`), `present` or `absent`,
/// or a list of which one must hold. Without `if` a rule always applies.
///
/// @param composed only set when every field in the text has a value
record Rule(
    List<Condition> conditions,
    Constants set,
    Map<Field, Field> copies,
    List<Composition> composed,
    List<Field> removed) {
  record Condition(Field field, List<Test> tests) {
    boolean holds(Event event) {
      for (Test test : tests) {
        if (test.holds(event, field)) {
          return true;
        }
      }
      return false;
    }
  }

  sealed interface Test {
    boolean holds(Event event, Field field);
  }

  private record Word(String word) implements Test {
    @Override
    public boolean holds(Event event, Field field) {
      return any(event, field, word, false);
    }
  }

  private record Beginning(String text) implements Test {
    @Override
    public boolean holds(Event event, Field field) {
      return any(event, field, text, true);
    }
  }

  private record Range(long least, long most) implements Test {
    @Override
    public boolean holds(Event event, Field field) {
      if (field.type() != FieldType.LONG || !event.has(field)) {
        return false;
      }
      for (Object value : event.values(field)) {
        if (value instanceof Long v && v >= least && v <= most) {
          return true;
        }
      }
      return false;
    }
  }

  private record Presence(boolean present) implements Test {
    @Override
    public boolean holds(Event event, Field field) {
      return event.has(field) == present;
    }
  }

  /// Texts and fields in turn: `texts` has one more than `fields`.
  record Composition(Field to, List<String> texts, List<Field> fields) {
    void apply(Event event) {
      if (event.has(to)) {
        return;
      }
      StringBuilder out = new StringBuilder(texts.getFirst());
      for (int i = 0; i < fields.size(); i++) {
        if (!event.has(fields.get(i))) {
          return;
        }
        List<Object> values = event.values(fields.get(i));
        for (int k = 0; k < values.size(); k++) {
          out.append(k == 0 ? "" : " ").append(values.get(k));
        }
        out.append(texts.get(i + 1));
      }
      event.set(to, out.toString());
    }
  }

  void apply(Event event, Times times) {
    for (Condition c : conditions) {
      if (!c.holds(event)) {
        return;
      }
    }
    copies.forEach(
        (from, to) -> {
          if (!event.has(to) && event.has(from)) {
            copy(event, times, from, to);
          }
        });
    for (Composition c : composed) {
      c.apply(event);
    }
    event.setAll(set.fields());
    removed.forEach(event::remove);
  }

  private static void copy(Event event, Times times, Field from, Field to) {
    if (to.type() == FieldType.INSTANT && from.type() == FieldType.STRING) {
      byte[] b = String.valueOf(event.values(from).getFirst()).getBytes(StandardCharsets.UTF_8);
      long t = times.any(b, 0, b.length);
      if (t != Times.NONE) {
        event.setNanos(to, t);
      }
      return;
    }
    List<Object> typed = new ArrayList<>();
    for (Object value : event.values(from)) {
      Object v = to.type() == FieldType.STRING ? value.toString() : value;
      if (to.type() == FieldType.IP && !(v instanceof IpAddress)) {
        String text = v.toString();
        v = IpAddress.parseOrNull(text, 0, text.length());
      }
      if (v != null) {
        typed.add(v);
      }
    }
    if (!typed.isEmpty()) {
      event.set(to, to.repeated() ? typed : typed.subList(0, 1));
    }
  }

  private static boolean any(Event event, Field field, String word, boolean beginning) {
    if (!event.has(field)) {
      return false;
    }
    for (Object value : event.values(field)) {
      String text = value.toString();
      if (beginning ? text.startsWith(word) : text.equals(word)) {
        return true;
      }
    }
    return false;
  }

  static Rule read(ConfigNode node, OwnFields own, Faults faults) {
    Section s = node.section(faults);
    List<Condition> conditions = new ArrayList<>();
    s.entries("if")
        .forEach(
            (name, value) -> {
              List<Test> tests = new ArrayList<>();
              value.texts(faults).forEach(text -> tests.add(test(text)));
              conditions.add(new Condition(own.resolve(name, value.at(), faults), tests));
            });
    Constants set = Constants.read(s.entries("set"), own, faults);
    Map<Field, Field> copies = new LinkedHashMap<>();
    s.entries("copy")
        .forEach(
            (from, to) -> {
              Field source = own.resolve(from, to.at(), faults);
              Field target = own.resolve(to.text(faults), to.at(), faults);
              if (source.type() != target.type()
                  && target.type() != FieldType.STRING
                  && target.type() != FieldType.IP
                  && !(source.type() == FieldType.STRING && target.type() == FieldType.INSTANT)) {
                faults.add(
                    to.at(),
                    "copy: "
                        + from
                        + " is "
                        + source.type()
                        + " and "
                        + target
                        + " is "
                        + target.type()
                        + ", expected fields of one type");
              }
              copies.put(source, target);
            });
    List<Composition> composed = new ArrayList<>();
    s.entries("compose").forEach((to, text) -> composed.add(composition(to, text, own, faults)));
    List<Field> removed = new ArrayList<>();
    s.node("remove")
        .ifPresent(
            names ->
                names
                    .texts(faults)
                    .forEach(name -> removed.add(own.resolve(name, names.at(), faults))));
    s.finish();
    return new Rule(conditions, set, copies, composed, removed);
  }

  private static Test test(String text) {
    int dots = text.indexOf("..");
    if (text.equals("present") || text.equals("absent")) {
      return new Presence(text.equals("present"));
    }
    if (text.length() > 1 && text.endsWith("*")) {
      return new Beginning(text.substring(0, text.length() - 1));
    }
    if (dots > 0
        && text.substring(0, dots).matches("-?\\d{1,18}")
        && text.substring(dots + 2).matches("-?\\d{1,18}")) {
      return new Range(
          Long.parseLong(text.substring(0, dots)), Long.parseLong(text.substring(dots + 2)));
    }
    return new Word(text);
  }

  private static Composition composition(String to, ConfigNode node, OwnFields own, Faults faults) {
    String text = node.text(faults);
    Field target = own.resolve(to, node.at(), faults);
    if (target.type() != FieldType.STRING) {
      faults.add(node.at(), "compose: " + to + " is " + target.type() + ", expected a text field");
    }
    List<String> texts = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    int done = 0;
    int open;
    while ((open = text.indexOf('{', done)) >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        faults.add(node.at(), "compose: \"" + text + "\" has '{' without '}'");
        break;
      }
      texts.add(text.substring(done, open));
      fields.add(own.resolve(text.substring(open + 1, close), node.at(), faults));
      done = close + 1;
    }
    texts.add(text.substring(done));
    return new Composition(target, List.copyOf(texts), List.copyOf(fields));
  }
}
