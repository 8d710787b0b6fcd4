package metron.detection.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.program.Variable;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;

/// The fields that the rules of one kind of events ask for, numbered, and how each is read.
final class Columns<R> {
  private final SourceMap.Entry entry;
  private final Variables<R> variables;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<List<Variable<R>>> readers = new ArrayList<>();

  Columns(SourceMap.Entry entry, Variables<R> variables) {
    this.entry = entry;
    this.variables = variables;
  }

  /// The number of a field; one without a name is the whole event.
  int number(String field) {
    Integer known = numbers.get(field);
    if (known != null) {
      return known;
    }
    List<Variable<R>> found = new ArrayList<>();
    for (String name : field.isEmpty() ? List.of(Variables.ALL) : entry.names(field)) {
      Variable<R> variable = variables.resolve(name);
      if (variable != null) {
        found.add(variable);
      }
    }
    numbers.put(field, readers.size());
    readers.add(found);
    return readers.size() - 1;
  }

  int size() {
    return readers.size();
  }

  /// The value of the first name that has one.
  @Nullable Object value(int column, R event) {
    for (Variable<R> reader : readers.get(column)) {
      Object value = reader.orNull(event);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
