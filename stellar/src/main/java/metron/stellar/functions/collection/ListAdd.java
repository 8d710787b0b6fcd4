package metron.stellar.functions.collection;

import java.util.Arrays;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `LIST_ADD(list, element?)`
public final class ListAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("LIST_ADD([1, 2], 3)", List.of(1, 2, 3)),
          new Example("LIST_ADD([], null)", Arrays.asList((Object) null)),
          new Example("LIST_ADD([1])", List.of(1)),
          new Example("LIST_ADD(null, 1)", null),
          new Example("LIST_ADD('a', 1)", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("LIST_ADD")
          .group("Collections")
          .means("Adds an element at the end of a list.")
          .takes("list", "the list, which changes", Type.ANY)
          .takesOptional("element", "what to add", Type.ANY)
          .returns(Type.ANY, "the list; anything else than a list comes back as it is")
          .fails("When the element holds the list.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(ListAdd::call);

  private ListAdd() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Object list = arguments[0];
    if (arguments.length == 1 || !(list instanceof List<?> elements)) {
      return list;
    }
    List<@Nullable Object> changed = Changeable.list(evaluation, elements);
    Values.weighFor(evaluation, 2, arguments[1], changed);
    evaluation.allocate(16);
    changed.add(arguments[1]);
    return changed;
  }
}
