package metron.stellar.functions.text;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `SPLIT(text, delimiter)`
public final class Split {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SPLIT('a:b::c', ':')", List.of("a", "b", "", "c")),
          new Example("SPLIT('a', ':')", List.of("a")),
          new Example("SPLIT('', ':')", List.of("")),
          new Example("SPLIT(null, ':')", List.of()),
          new Example(
              "SPLIT('a.b', '')",
              Example.failure(
                  "argument 2 is empty, expected a delimiter of at least one character")),
          new Example("SPLIT('a', null)", Example.failure("argument 2 is null, expected string")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SPLIT")
          .group("Strings")
          .means("Cuts a text at every occurrence of a delimiter.")
          .takes("text", "what to cut; anything else than a text by its text", Type.ANY)
          .takes("delimiter", "a text, not an expression", Type.STRING)
          .returns(Type.LIST, "the parts, empty ones too; an empty list for null")
          .fails("When the delimiter is empty, null or no text.")
          .examples(EXAMPLES)
          .body2(Split::call);

  private Split() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object delimiter) {
    List<@Nullable Object> parts = new ArrayList<>();
    if (text == null) {
      return parts;
    }
    String whole = Values.text(evaluation, 1, text);
    String between = Arguments.text(2, delimiter);
    if (between.isEmpty()) {
      throw FunctionFailure.argument(2, "is empty, expected a delimiter of at least one character");
    }
    int from = 0;
    for (int at = whole.indexOf(between); at >= 0; at = whole.indexOf(between, from)) {
      add(evaluation, parts, whole.substring(from, at));
      from = at + between.length();
    }
    add(evaluation, parts, whole.substring(from));
    return parts;
  }

  private static void add(Evaluation evaluation, List<@Nullable Object> parts, String part) {
    evaluation.step();
    evaluation.allocate(40 + 2L * part.length());
    parts.add(part);
  }
}
