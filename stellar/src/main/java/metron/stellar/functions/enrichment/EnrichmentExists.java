package metron.stellar.functions.enrichment;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `ENRICHMENT_EXISTS(type, indicator, table?, family?)`
public final class EnrichmentExists {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ENRICHMENT_EXISTS('malicious_ip', null)", false),
          new Example("ENRICHMENT_EXISTS(null, '10.0.0.1', 'enrichment', 't')", false),
          new Example(
              "ENRICHMENT_EXISTS('malicious_ip', '10.0.0.1')",
              Example.failure("there are no reference tables here")),
          new Example(
                  "ENRICHMENT_EXISTS('malicious_ip', x)",
                  Example.failure("argument 2 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ENRICHMENT_EXISTS")
          .group("Enrichment")
          .means("Says whether a reference table has an indicator.")
          .takes("type", "the kind of data, which names the table", Type.STRING)
          .takes("indicator", "what to look up", Type.STRING)
          .takesOptional("table", "an HBase table in Metron; read over", Type.ANY)
          .takesOptional("family", "an HBase column family in Metron; read over", Type.ANY)
          .returns(Type.BOOLEAN, "false when an argument is null")
          .fails("When the type or the indicator is no text, or there are no tables.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(EnrichmentExists::call);

  private EnrichmentExists() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Map<String, Object> row = Row.of(evaluation, arguments);
    return row != null;
  }
}
