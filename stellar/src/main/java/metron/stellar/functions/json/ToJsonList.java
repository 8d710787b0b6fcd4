package metron.stellar.functions.json;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `TO_JSON_LIST(text)`
public final class ToJsonList {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_JSON_LIST('[1, \"a\"]')", List.of(1, "a")),
          new Example("TO_JSON_LIST('null')", null),
          new Example(
              "TO_JSON_LIST('{\"a\": 1}')",
              Example.failure("argument 1 is a JSON map of 1, expected a JSON array")),
          new Example("TO_JSON_LIST(null)", null),
          new Example("TO_JSON_LIST('')", ""),
          new Example("TO_JSON_LIST('{broken')", Example.failure("argument 1 is no JSON")),
          new Example(
                  "TO_JSON_LIST(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_JSON_LIST")
          .group("JSON")
          .means("Reads a JSON array as a list.")
          .takes("text", "JSON", Type.STRING)
          .returns(Type.ANY, "null for null; an empty text for an empty text")
          .fails("When the text is no JSON array, or nests too deeply.")
          .examples(EXAMPLES)
          .body1(ToJsonList::call);

  private ToJsonList() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    String json = Arguments.textOrNull(1, text);
    if (json == null || json.isEmpty()) {
      return json;
    }
    Object value = JsonText.read(evaluation, json);
    if (value != null && !(value instanceof List)) {
      throw FunctionFailure.argument(
          1,
          "is %s, expected a JSON array"
              .formatted(Type.describe(value).replaceFirst("^(a|the) ", "a JSON ")));
    }
    return value;
  }
}
