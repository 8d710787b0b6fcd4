package metron.stellar.functions.geo;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_FROM_LOC(place, precision?)`
public final class GeohashFromLoc {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "GEOHASH_FROM_LOC({'latitude' : '48.8584', 'longitude' : '2.2945'}, 7)", "u09tunq"),
          new Example("GEOHASH_FROM_LOC({'city' : 'Paris'})", null),
          new Example("GEOHASH_FROM_LOC(null)", null),
          new Example(
                  "GEOHASH_FROM_LOC(x)",
                  Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_FROM_LOC")
          .group("Geo")
          .means("Answers the geohash of a place that GEO_GET found.")
          .takes("place", "a map with `latitude` and `longitude`", Type.MAP)
          .takesOptional(
              "precision",
              "characters of the hash, 1 to 12; 12 when left out",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STRING, "null when the map is null or has no place")
          .fails(
              "When the argument is no map, there is no such place, or the precision is out of range.")
          .examples(EXAMPLES)
          .bodyN(GeohashFromLoc::call);

  private GeohashFromLoc() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments[0] == null) {
      return null;
    }
    Map<?, ?> place = Arguments.map(1, arguments[0]);
    Double latitude = Conversion.toDouble(place.get("latitude"));
    Double longitude = Conversion.toDouble(place.get("longitude"));
    if (latitude == null || longitude == null) {
      return null;
    }
    int precision =
        arguments.length < 2 ? Point.LONGEST_HASH : Arguments.integer(2, arguments[1], 1, 12);
    return Point.of(latitude, longitude).hash(precision);
  }
}
