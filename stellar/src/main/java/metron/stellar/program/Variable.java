package metron.stellar.program;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A name that was resolved: how to read it from a record. Programs are compiled with the variable as
/// a constant, so [#get] is inlined; whatever depends on the name alone belongs into the resolver.
///
/// @param <R> what programs run on: a map, an event
@FunctionalInterface
public interface Variable<R> {
  /// The value, null where there is none. A host that wants missing variables to fail throws a
  /// [metron.stellar.value.OperatorFailure] here.
  @Nullable Object get(R target);

  /// The value for `exists` and inside lambdas, where a missing variable never fails.
  default @Nullable Object orNull(R target) {
    return get(target);
  }

  /// A faster `variable == constant` for hosts whose own form of a value is not Stellar's: an address
  /// compared as bytes needs no text. Must answer as [#get] and the operator would.
  ///
  /// @return null where there is none
  default @Nullable Predicate<R> equalTo(Object constant) {
    return null;
  }

  /// A faster `variable in [constants]`, as [#equalTo].
  default @Nullable Predicate<R> memberOf(java.util.List<?> constants) {
    return null;
  }
}
