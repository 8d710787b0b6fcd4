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

/// `JSON_PARSE(text, default?)`
public final class JsonParse {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("JSON_PARSE('{\"a\": [1]}')", Map.of("a", List.of(1))),
          new Example("JSON_PARSE('oops', 'none')", "none"),
          new Example("JSON_PARSE(null, 0)", 0),
          new Example("JSON_PARSE(null)", null),
          new Example("JSON_PARSE('oops')", Example.failure("argument 1 is no JSON")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("JSON_PARSE")
          .group("JSON")
          .means("Reads JSON, with an answer for what is none.")
          .takes("text", "JSON", Type.STRING)
          .takesOptional("default", "the answer when the text is null, blank or no JSON", Type.ANY)
          .returns(Type.ANY, "")
          .fails("When the text is no JSON and there is no default.")
          .examples(EXAMPLES)
          .bodyN(JsonParse::call);

  private JsonParse() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    String json = Arguments.textOrNull(1, arguments[0]);
    boolean fallback = arguments.length > 1;
    if (json == null) {
      return fallback ? arguments[1] : null;
    }
    try {
      return JsonText.read(evaluation, json);
    } catch (FunctionFailure e) {
      if (fallback) {
        return arguments[1];
      }
      throw e;
    }
  }
}
