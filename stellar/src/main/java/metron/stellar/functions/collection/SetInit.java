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

/// `SET_INIT(elements?)`
public final class SetInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SET_INIT([1, 2, 1])", Set.of(1, 2)),
          new Example("SET_INIT()", Set.of()),
          new Example("SET_INIT(null)", Set.of()),
          new Example(
                  "SET_INIT(x)",
                  Example.failure("argument 1 is the integer 7, expected list or set"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SET_INIT")
          .group("Sets")
          .means("Makes a set.")
          .takesOptional("elements", "what it has at first", Type.LIST, Type.SET)
          .returns(Type.SET, "empty for null")
          .fails("When the argument is no list or set.")
          .impure()
          .examples(EXAMPLES)
          .body1(SetInit::call);

  private SetInit() {}

  static Object call(Evaluation evaluation, @Nullable Object elements) {
    LinkedHashSet<@Nullable Object> set = new LinkedHashSet<>();
    if (elements != null) {
      for (Object element : Arguments.elements(1, elements)) {
        evaluation.step();
        evaluation.allocate(48);
        Values.weighFor(evaluation, 1, element, set);
        set.add(element);
      }
    }
    return set;
  }
}
