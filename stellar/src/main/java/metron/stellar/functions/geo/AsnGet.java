package metron.stellar.functions.geo;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `ASN_GET(ip, fields?)`
public final class AsnGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ASN_GET(null)", null),
          new Example("ASN_GET('')", null),
          new Example("ASN_GET('8.8.8.8')", Example.failure("there is no ASN database here")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ASN_GET")
          .group("Geo")
          .means("Answers whose network an address is in.")
          .takes("ip", "an address", Type.STRING)
          .takesOptional(
              "fields",
              "a list of the fields wanted: network, autonomous_system_number, autonomous_system_organization",
              Type.ANY)
          .returns(
              Type.ANY,
              "a map of all fields or of those wanted, the value where one is wanted; empty or null when nothing is known")
          .fails("When the address is no text, or there is no database.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(AsnGet::call);

  private AsnGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return Fields.of(
        arguments,
        ip -> {
          AsnDatabase database = evaluation.service(AsnDatabase.class);
          if (database == null) {
            throw FunctionFailure.because(
                "there is no ASN database here; give one in the configuration of enrichment");
          }
          return database.network(ip);
        });
  }
}
