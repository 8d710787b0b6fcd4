package metron.stellar.functions.enrichment;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `OBJECT_GET(path)`
public final class ObjectGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("OBJECT_GET(null)", null),
          new Example(
              "OBJECT_GET('/apps/typosquat.ser')",
              Example.failure("there are no stored objects here")),
          new Example(
                  "OBJECT_GET(x)", Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("OBJECT_GET")
          .group("Enrichment")
          .means("Answers the value that is kept under a path, such as a Bloom filter.")
          .takes("path", "where it is kept", Type.STRING)
          .returns(Type.ANY, "null when there is nothing, and for null")
          .fails("When the path is no text, or there are no stored objects.")
          .impure()
          .examples(EXAMPLES)
          .body1(ObjectGet::call);

  private ObjectGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object path) {
    String where = Arguments.textOrNull(1, path);
    if (where == null) {
      return null;
    }
    StoredObjects objects = evaluation.service(StoredObjects.class);
    if (objects == null) {
      throw FunctionFailure.because(
          "there are no stored objects here; whoever runs this program gives none");
    }
    evaluation.step();
    return objects.at(where);
  }
}
