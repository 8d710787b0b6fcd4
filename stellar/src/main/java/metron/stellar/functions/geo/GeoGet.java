package metron.stellar.functions.geo;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `GEO_GET(ip, fields?)`
public final class GeoGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GEO_GET(null)", null),
          new Example("GEO_GET('')", null),
          new Example("GEO_GET('8.8.8.8')", Example.failure("there is no geo database here")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEO_GET")
          .group("Geo")
          .means("Answers where an address is.")
          .takes("ip", "an address", Type.STRING)
          .takesOptional(
              "fields",
              "a list of the fields wanted: locID, country, city, postalCode, dmaCode, latitude, longitude, location_point",
              Type.ANY)
          .returns(
              Type.ANY,
              "a map of all fields or of those wanted, the value where one is wanted; empty or null when nothing is known")
          .fails("When the address is no text, or there is no database.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(GeoGet::call);

  private GeoGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return Fields.of(
        arguments,
        ip -> {
          GeoDatabase database = evaluation.service(GeoDatabase.class);
          if (database == null) {
            throw FunctionFailure.because(
                "there is no geo database here; give one in the configuration of enrichment");
          }
          return database.place(ip);
        });
  }
}
