package metron.stellar.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a text says about a call before the call is made. When the first argument of the call is a
/// text, the call can be true only if one of the clues fits the text. A set of many calls then finds
/// the few that may be true with one look at the text, where asking each would take as many calls.
///
/// @param any of these must fit; none says that the call is never true
/// @param mayFail whether the call may fail although its first argument is a text; then it does so
///     only if a clue fits
public record TextClues(List<Clue> any, boolean mayFail) {
  public TextClues {
    any = List.copyOf(any);
  }

  /// Something about a text.
  public sealed interface Clue {}

  /// The text begins with another.
  public record Prefix(String text) implements Clue {}

  /// The text ends with another.
  public record Suffix(String text) implements Clue {}

  /// The text contains another.
  public record Part(String text) implements Clue {}

  /// The text is an address in a block, with the bits of [metron.stellar.value.Address].
  ///
  /// @param prefix 0 to 128
  public record Block(long high, long low, int prefix) implements Clue {}

  /// Finds the clues of a call.
  @FunctionalInterface
  public interface Finder {
    /// @return null where nothing can be said; a [FunctionFailure] means the same
    @Nullable TextClues find(Specialiser.Call call);
  }
}
