package metron.stellar.functions.functional;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Lambda;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `MAP(list, lambda)`
public final class MapList {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP([1, 2, 3], x -> x * x)", List.of(1, 4, 9)),
          new Example("MAP('abc', c -> TO_UPPER(c))", List.of("A", "B", "C")),
          new Example("MAP([], x -> x)", List.of()),
          new Example("MAP(null, x -> x)", null),
          new Example("MAP([1], null)", List.of(1)),
          new Example("MAP(7, x -> x)", Example.failure("argument 1 is the integer 7")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAP")
          .group("Functional")
          .means("Calls a lambda for each element and gathers the answers.")
          .takes(
              "list",
              "the elements; a text is a list of characters",
              Type.LIST,
              Type.SET,
              Type.STRING)
          .takes("lambda", "takes an element", Type.LAMBDA)
          .returns(
              Type.ANY,
              "a list as long as the first argument; the first argument itself when either is null")
          .fails("When the first argument has no elements.")
          .examples(EXAMPLES)
          .body2(MapList::call);

  private MapList() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object list, @Nullable Object lambda) {
    if (list == null) {
      return null;
    }
    Collection<?> elements = Elements.of(evaluation, list);
    if (lambda == null) {
      return list;
    }
    if (!(lambda instanceof Lambda f)) {
      throw FunctionFailure.type(2, lambda, "lambda");
    }
    evaluation.allocate(16L * elements.size());
    List<@Nullable Object> answers = new ArrayList<>(elements.size());
    for (Object element : elements) {
      answers.add(f.call(element));
    }
    return answers;
  }
}
