package metron.stellar.functions.functional;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `ZIP(list?...)`
public final class Zip {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ZIP([1, 2], [3, 4, 5])", List.of(List.of(1, 3), List.of(2, 4))),
          new Example("ZIP([1, 2])", List.of(List.of(1), List.of(2))),
          new Example("ZIP([1, 2], null)", List.of(List.of(1), List.of(2))),
          new Example("ZIP([1], [])", List.of()),
          new Example("ZIP()", List.of()));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ZIP")
          .group("Functional")
          .means(
              "Puts the first elements of some lists together in a list, then the second ones, and so on, until the shortest list ends.")
          .takesAny("list", "a list; what is none is passed over", Type.ANY)
          .returns(Type.LIST, "lists as long as there are lists given")
          .neverFails()
          .examples(EXAMPLES)
          .bodyN(Zip::call);

  private Zip() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    List<List<?>> lists = new ArrayList<>();
    int size = -1;
    for (Object argument : arguments) {
      if (argument instanceof List<?> list) {
        lists.add(list);
        size = size < 0 ? list.size() : Math.min(size, list.size());
      }
    }
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      evaluation.steps(1 + lists.size());
      evaluation.allocate(40 + 8L * lists.size());
      List<@Nullable Object> row = new ArrayList<>(lists.size());
      for (List<?> list : lists) {
        row.add(list.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
