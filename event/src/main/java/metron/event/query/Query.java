package metron.event.query;

import java.util.List;
import java.util.Objects;
import metron.event.Cidr;
import org.jspecify.annotations.Nullable;

/// What to look for, independent of who looks: the live stream, the hot index, the lake or the packet index.
///
/// One meaning for all engines: text compares without case (`toLowerCase(ROOT)`), a list matches if one of its values
/// does, a field that is absent matches nothing but [Not]. Field names are already resolved (no aliases, no blanks).
public sealed interface Query {
  /// Everything.
  record All() implements Query {}

  /// Every part; no part is everything.
  record And(List<Query> parts) implements Query {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /// At least one part; no part is nothing.
  record Or(List<Query> parts) implements Query {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Not(Query part) implements Query {}

  /// The field has this value.
  ///
  /// @param value `String`, `Long`, `Double`, `Boolean`, `Instant` or `IpAddress`, of the field's type
  record Is(String field, Object value) implements Query {
    public Is {
      Objects.requireNonNull(value);
    }
  }

  /// The text of the field matches: `*` is any run, `?` any one character, `\` takes the next character as it is.
  record Wildcard(String field, String pattern) implements Query {}

  /// The whole text of the field matches a regular expression of the RE2 kind, without case.
  record Regex(String field, String pattern) implements Query {}

  /// The field lies between two bounds of its type.
  ///
  /// @param from null: no lower bound
  /// @param to null: no upper bound
  record Range(
      String field,
      @Nullable Object from,
      boolean fromIncluded,
      @Nullable Object to,
      boolean toIncluded)
      implements Query {}

  /// The address lies in the network.
  record InNetwork(String field, Cidr network) implements Query {}

  /// The field is there, with a value.
  record Exists(String field) implements Query {}

  /// Free text: every word occurs in some text field, as whole words next to each other and in order where quoted.
  ///
  /// @param text words, as typed, without the quotes
  /// @param phrase whether it was quoted
  record Words(String text, boolean phrase) implements Query {}
}
