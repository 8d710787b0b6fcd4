package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `JOIN(list, delimiter)`
public final class Join {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("JOIN(['a', 'b', 1], ',')", "a,b,1"),
          new Example("JOIN(['a', null, 'b'], '-')", "a-b"),
          new Example("JOIN([], ',')", ""),
          new Example(
              "JOIN(null, ',')", Example.failure("argument 1 is null, expected list or set")),
          new Example("JOIN(['a'], null)", Example.failure("argument 2 is null, expected string")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("JOIN")
          .group("Strings")
          .means("Puts the elements of a list together as one text; nulls are left out.")
          .takes("list", "the elements", Type.LIST, Type.SET)
          .takes("delimiter", "what stands between them", Type.STRING)
          .returns(Type.STRING, "")
          .fails("When the list or the delimiter is null or of another type.")
          .examples(EXAMPLES)
          .body2(Join::call);

  private Join() {}

  static Object call(Evaluation evaluation, @Nullable Object list, @Nullable Object delimiter) {
    String between = Arguments.text(2, delimiter);
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (Object element : Arguments.elements(1, list)) {
      evaluation.step();
      if (element == null) {
        continue;
      }
      String text = Values.text(evaluation, 1, element);
      evaluation.allocate(2L * text.length() + 2L * between.length());
      if (!first) {
        joined.append(between);
      }
      joined.append(text);
      first = false;
    }
    return joined.toString();
  }
}
