package metron.stellar.functions.geo;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_FROM_LATLONG(latitude?, longitude?, precision?)`
public final class GeohashFromLatlong {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GEOHASH_FROM_LATLONG(48.8584, 2.2945, 7)", "u09tunq"),
          new Example("GEOHASH_FROM_LATLONG('48.8584', '2.2945', 4)", "u09t"),
          new Example("LENGTH(GEOHASH_FROM_LATLONG(48.8584, 2.2945))", 12),
          new Example("GEOHASH_FROM_LATLONG(null, 2)", null),
          new Example(
              "GEOHASH_FROM_LATLONG(91, 0)",
              Example.failure("latitude 91.0 and longitude 0.0, expected -90 to 90")),
          new Example(
              "GEOHASH_FROM_LATLONG(1, 1, 13)",
              Example.failure("argument 3 is 13, expected 1 to 12")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_FROM_LATLONG")
          .group("Geo")
          .means("Answers the geohash of a place.")
          .takesOptional("latitude", "degrees north", Type.ANY)
          .takesOptional("longitude", "degrees east", Type.ANY)
          .takesOptional(
              "precision",
              "characters of the hash, 1 to 12; 12 when left out",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STRING, "null when either is null or no number")
          .fails("When there is no such place, or the precision is out of range.")
          .examples(EXAMPLES)
          .bodyN(GeohashFromLatlong::call);

  private GeohashFromLatlong() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Double latitude = arguments.length < 2 ? null : Conversion.toDouble(arguments[0]);
    Double longitude = arguments.length < 2 ? null : Conversion.toDouble(arguments[1]);
    if (latitude == null || longitude == null) {
      return null;
    }
    int precision =
        arguments.length < 3 ? Point.LONGEST_HASH : Arguments.integer(3, arguments[2], 1, 12);
    return Point.of(latitude, longitude).hash(precision);
  }
}
