package metron.stellar.functions.json;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `TO_JSON_MAP(text)`
public final class ToJsonMap {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_JSON_MAP('{\"a\": 1}')", Map.of("a", 1)),
          new Example("TO_JSON_MAP('null')", null),
          new Example(
              "TO_JSON_MAP('[1]')",
              Example.failure("argument 1 is a JSON list of 1, expected a JSON object")),
          new Example("TO_JSON_MAP(null)", null),
          new Example("TO_JSON_MAP('')", ""),
          new Example("TO_JSON_MAP('{broken')", Example.failure("argument 1 is no JSON")),
          new Example(
                  "TO_JSON_MAP(x)", Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_JSON_MAP")
          .group("JSON")
          .means("Reads a JSON object as a map.")
          .takes("text", "JSON", Type.STRING)
          .returns(Type.ANY, "null for null; an empty text for an empty text")
          .fails("When the text is no JSON object, or nests too deeply.")
          .examples(EXAMPLES)
          .body1(ToJsonMap::call);

  private ToJsonMap() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    String json = Arguments.textOrNull(1, text);
    if (json == null || json.isEmpty()) {
      return json;
    }
    Object value = JsonText.read(evaluation, json);
    if (value != null && !(value instanceof Map)) {
      throw FunctionFailure.argument(
          1,
          "is %s, expected a JSON object"
              .formatted(Type.describe(value).replaceFirst("^(a|the) ", "a JSON ")));
    }
    return value;
  }
}
