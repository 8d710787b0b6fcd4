package metron.stellar.functions.hash;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;

/// `GET_HASHES_AVAILABLE()`
public final class GetHashesAvailable {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("'SHA-256' in GET_HASHES_AVAILABLE()", true),
          new Example("'TLSH' in GET_HASHES_AVAILABLE()", true),
          new Example("LENGTH(GET_HASHES_AVAILABLE())", 16));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GET_HASHES_AVAILABLE")
          .group("Hashes")
          .means("Names the algorithms of HASH.")
          .returns(Type.LIST, "")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .body0(GetHashesAvailable::call);

  private GetHashesAvailable() {}

  static final List<String> NAMES = names();

  private static List<String> names() {
    List<String> names = new ArrayList<>(Digests.NAMES);
    names.add("SSDEEP");
    names.add("TLSH");
    return List.copyOf(names);
  }

  static Object call(Evaluation evaluation) {
    return new ArrayList<Object>(NAMES);
  }
}
