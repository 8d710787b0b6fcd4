package metron.stellar.program;

import metron.stellar.function.TextClues;
import org.jspecify.annotations.Nullable;

/// Something about one record that a condition can't be true, nor fail, without. An index finds all
/// rules that wait for what a record holds with one look-up for each variable; see [Necessity].
sealed interface Witness {
  /// The variable has a value that `==` or `in` may find equal.
  ///
  /// @param constant a text, a boolean, or a number as [#number] makes it
  record Equal(String variable, Object constant) implements Witness {}

  /// The variable is a number of at least this.
  record AtLeast(String variable, double bound) implements Witness {}

  /// The variable is a number of at most this.
  record AtMost(String variable, double bound) implements Witness {}

  /// The variable is not null.
  record Present(String variable) implements Witness {}

  /// The variable is null.
  record Absent(String variable) implements Witness {}

  /// The variable is neither null nor a number: an order with a number fails.
  record NotNumber(String variable) implements Witness {}

  /// The variable is neither null nor a text: an order with a text fails.
  record NotText(String variable) implements Witness {}

  /// The variable is a text that a clue fits.
  record Text(String variable, TextClues.Clue clue) implements Witness {}

  /// A condition that several rules share is true or fails.
  ///
  /// @param shape the condition as [Shape] writes it
  record Holds(String shape) implements Witness {}

  /// A condition that several rules share fails; it then [Holds] too.
  ///
  /// @param shape the condition as [Shape] writes it
  record Fails(String shape) implements Witness {}

  /// The form in which the index compares a number: equal numbers of different types have the same.
  /// Null for a Float, whose comparison with other types rounds the other, and for numbers that
  /// Stellar has no type for; both are left to the rules themselves.
  static @Nullable Double number(Number number) {
    return number instanceof Integer || number instanceof Long || number instanceof Double
        // Minus nought equals nought.
        ? number.doubleValue() + 0.0
        : null;
  }
}
