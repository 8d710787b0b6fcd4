package metron.stellar.functions.encode;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;

/// `GET_SUPPORTED_ENCODINGS()`
public final class GetSupportedEncodings {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "GET_SUPPORTED_ENCODINGS()",
              List.of("BASE32", "BASE32HEX", "BASE64", "BINARY", "HEX")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GET_SUPPORTED_ENCODINGS")
          .group("Encodings")
          .means("Names the encodings.")
          .returns(Type.LIST, "")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .body0(GetSupportedEncodings::call);

  private GetSupportedEncodings() {}

  static Object call(Evaluation evaluation) {
    List<String> names = new ArrayList<>();
    for (Encoding encoding : Encoding.values()) {
      names.add(encoding.name());
    }
    return names;
  }
}
