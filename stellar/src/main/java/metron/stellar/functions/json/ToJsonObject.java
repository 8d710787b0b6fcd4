package metron.stellar.functions.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `TO_JSON_OBJECT(text)`
public final class ToJsonObject {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "TO_JSON_OBJECT('{\"port\": 80, \"tags\": [\"a\", null]}')",
              Map.of("port", 80, "tags", Arrays.asList("a", null))),
          new Example("TO_JSON_OBJECT('[1, 2.5, 3000000000]')", List.of(1, 2.5, 3000000000L)),
          new Example("TO_JSON_OBJECT('true')", true),
          new Example("TO_JSON_OBJECT(null)", null),
          new Example("TO_JSON_OBJECT('')", ""),
          new Example("TO_JSON_OBJECT('{broken')", Example.failure("argument 1 is no JSON")),
          new Example(
                  "TO_JSON_OBJECT(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_JSON_OBJECT")
          .group("JSON")
          .means("Reads JSON.")
          .takes("text", "JSON", Type.STRING)
          .returns(Type.ANY, "null for null; an empty text for an empty text")
          .fails("When the text is no JSON, or nests too deeply.")
          .examples(EXAMPLES)
          .body1(ToJsonObject::call);

  private ToJsonObject() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    String json = Arguments.textOrNull(1, text);
    if (json == null || json.isEmpty()) {
      return json;
    }
    return JsonText.read(evaluation, json);
  }
}
