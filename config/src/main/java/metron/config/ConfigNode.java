package metron.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a YAML document that knows where it stands.
///
/// Taken is YAML 1.2 with text, numbers, truth values, null, lists and mappings with text keys. Not taken are explicit tags
/// (`!!java…`), a key twice in a mapping, merge keys, more than one document, more than 1 MiB of text, nesting over 50
/// levels, and aliases that would blow a document up to more than 100,000 pieces.
public sealed interface ConfigNode {
  Position at();

  /// A single value. Whether plain text is a number or a truth value is for the reader of the key to say.
  ///
  /// @param text as written, without quotes
  /// @param plain whether it stood without quotes
  record Scalar(Position at, String text, boolean plain) implements ConfigNode {
    /// Written as nothing, `null` or `~`, without quotes.
    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  record Items(Position at, List<ConfigNode> items) implements ConfigNode {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// @param entries in the order written
  record Mapping(Position at, List<Entry> entries) implements ConfigNode {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /// @param at where the key stands
  record Entry(Position at, String key, ConfigNode value) {}

  /// Reads a document. What is wrong with its syntax goes to `faults`; the answer then is an empty mapping, so the caller
  /// can go on to find more faults elsewhere.
  ///
  /// @param file name to show to people
  static ConfigNode parse(String file, String text, Faults faults) {
    return new YamlReader(file, faults).read(text);
  }

  /// This node as a mapping to read keys from; a fault and an empty section if it is not one.
  default Section section(Faults faults) {
    return switch (this) {
      case Mapping mapping -> new Section(mapping, faults);
      case Scalar s when s.isNull() -> new Section(new Mapping(s.at(), List.of()), faults);
      case Scalar _, Items _ -> {
        faults.add(at(), "found " + found() + ", expected keys with values");
        yield new Section(new Mapping(at(), List.of()), faults);
      }
    };
  }

  /// This node as text; a fault and `""` if it is a list or a mapping, or empty.
  default String text(Faults faults) {
    if (this instanceof Scalar s && !s.isNull()) {
      return s.text();
    }
    faults.add(at(), "found " + found() + ", expected text");
    return "";
  }

  /// This node as a list of text; a single value is a list of one.
  default List<String> texts(Faults faults) {
    return switch (this) {
      case Items items -> items.items().stream().map(item -> item.text(faults)).toList();
      case Scalar s when s.isNull() -> List.of();
      case Scalar s -> List.of(s.text());
      case Mapping _ -> {
        faults.add(at(), "found keys with values, expected a list of text");
        yield List.of();
      }
    };
  }

  /// This node without positions, typed as YAML 1.2's core schema says: `String`, `Long`, `Double`, `Boolean`, null, `List`
  /// and `Map` in written order.
  default @Nullable Object value() {
    return switch (this) {
      case Scalar s -> YamlReader.typed(s);
      case Items items -> {
        List<@Nullable Object> values = new ArrayList<>();
        for (ConfigNode item : items.items()) {
          values.add(item.value());
        }
        yield values;
      }
      case Mapping mapping -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
          values.put(entry.key(), entry.value().value());
        }
        yield values;
      }
    };
  }

  /// What stands here, for messages: `"text"`, `a list of 3` or `keys with values`.
  default String found() {
    return switch (this) {
      case Scalar s when s.isNull() -> "nothing";
      case Scalar s -> '"' + YamlReader.excerpt(s.text()) + '"';
      case Items items -> "a list of " + items.items().size();
      case Mapping _ -> "keys with values";
    };
  }
}
