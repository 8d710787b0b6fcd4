package metron.stellar.functions.json;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `JSON_FORMAT(value)`
public final class JsonFormat {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("JSON_FORMAT({'a' : [1, 2.5, null, true]})", "{\"a\":[1,2.5,null,true]}"),
          new Example("JSON_FORMAT('say \"hi\"')", "\"say \\\"hi\\\"\""),
          new Example("JSON_FORMAT(NaN)", "\"NaN\""),
          new Example("JSON_FORMAT(null)", "null"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("JSON_FORMAT")
          .group("JSON")
          .means("Writes a value as JSON.")
          .takes("value", "the value; what JSON has no form for is written as its text", Type.ANY)
          .returns(Type.STRING, "")
          .fails("When the value nests too deeply.")
          .examples(EXAMPLES)
          .body1(JsonFormat::call);

  private JsonFormat() {}

  static Object call(Evaluation evaluation, @Nullable Object value) {
    evaluation.allocate(4 * Values.weigh(evaluation, 1, value));
    StringBuilder text = new StringBuilder();
    JsonText.write(evaluation, text, value);
    return text.toString();
  }
}
