package metron.stellar.functions.collection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `SET_REMOVE(set, value?...)`
public final class SetRemove {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SET_REMOVE(SET_INIT([1, 2]), 2, 9)", Set.of(1)),
          new Example("SET_REMOVE(null, 1)", Set.of()),
          new Example("SET_REMOVE(SET_INIT([1]), null)", Set.of(1)),
          new Example(
                  "SET_REMOVE(x, 1)",
                  Example.failure("argument 1 is the string 'a', expected list or set"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SET_REMOVE")
          .group("Sets")
          .means("Takes values out of a set.")
          .takes("set", "the set, which changes; null for a new one", Type.SET, Type.LIST)
          .takesAny("value", "what to take out; null is passed over", Type.ANY)
          .returns(Type.SET, "the set")
          .fails("When the first argument is no set.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(SetRemove::call);

  private SetRemove() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Set<@Nullable Object> set =
        arguments[0] == null
            ? new LinkedHashSet<>()
            : Changeable.set(evaluation, Arguments.elements(1, arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      Object value = arguments[i];
      if (value != null) {
        evaluation.step();
        Values.weighFor(evaluation, i + 1, value, set);
        set.remove(value);
      }
    }
    return set;
  }
}
