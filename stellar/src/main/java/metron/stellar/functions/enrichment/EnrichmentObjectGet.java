package metron.stellar.functions.enrichment;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `ENRICHMENT_OBJECT_GET(path, indicator)`
public final class EnrichmentObjectGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ENRICHMENT_OBJECT_GET(null, 'a')", null),
          new Example("ENRICHMENT_OBJECT_GET('/apps/hosts.ser', null)", null),
          new Example(
              "ENRICHMENT_OBJECT_GET('/apps/hosts.ser', 'a')",
              Example.failure("there are no stored objects here")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ENRICHMENT_OBJECT_GET")
          .group("Enrichment")
          .means("Answers what a map that is kept under a path has for an indicator.")
          .takes("path", "where the map is kept", Type.STRING)
          .takes("indicator", "the key", Type.ANY)
          .returns(Type.ANY, "null when there is no map, no such key, and for null")
          .fails(
              "When the path is no text, what is kept there is no map, or there are no stored"
                  + " objects.")
          .impure()
          .examples(EXAMPLES)
          .body2(EnrichmentObjectGet::call);

  private EnrichmentObjectGet() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object path, @Nullable Object indicator) {
    if (indicator == null) {
      return null;
    }
    return switch (ObjectGet.call(evaluation, path)) {
      case null -> null;
      case Map<?, ?> map -> map.get(indicator);
      case Object other ->
          throw FunctionFailure.because(
              "what is kept at '" + path + "' is " + Type.describe(other) + ", expected a map");
    };
  }
}
