package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `SET_MERGE(sets?)`
public final class SetMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SET_MERGE([SET_INIT([1, 2]), SET_INIT([2, 3])])", Set.of(1, 2, 3)),
          new Example("SET_MERGE([[1], null, [2]])", Set.of(1, 2)),
          new Example("SET_MERGE([])", Set.of()),
          new Example("SET_MERGE(null)", Set.of()),
          new Example(
                  "SET_MERGE(x)",
                  Example.failure("argument 1 is the integer 7, expected list or set"))
              .given("x", 7),
          new Example(
              "SET_MERGE([7])", Example.failure("argument 1: has the integer 7, expected sets")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SET_MERGE")
          .group("Sets")
          .means("Puts the elements of some sets together.")
          .takesOptional(
              "sets", "a list of sets or lists; nulls are passed over", Type.LIST, Type.SET)
          .returns(Type.SET, "a new set; empty for null")
          .fails("When the argument is no list, or has an element that is none.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(SetMerge::call);

  private SetMerge() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length == 0) {
      return null;
    }
    LinkedHashSet<@Nullable Object> merged = new LinkedHashSet<>();
    if (arguments[0] == null) {
      return merged;
    }
    for (Object set : Arguments.elements(1, arguments[0])) {
      if (set == null) {
        continue;
      }
      if (!(set instanceof Collection<?> elements)) {
        throw FunctionFailure.argument(1, "has %s, expected sets".formatted(Type.describe(set)));
      }
      for (Object element : elements) {
        evaluation.step();
        evaluation.allocate(48);
        Values.weighFor(evaluation, 1, element, merged);
        merged.add(element);
      }
    }
    return merged;
  }
}
