package metron.stellar.functions.geo;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_DIST(first?, second?, strategy?)`
public final class GeohashDist {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ROUND(GEOHASH_DIST('u09tunq', 'gcpvj0d'))", 341L),
          new Example("ROUND(GEOHASH_DIST('u09tunq', 'gcpvj0d', 'VICENTY'))", 341L),
          new Example("GEOHASH_DIST('u09tunq', 'u09tunq')", 0.0),
          new Example("GEOHASH_DIST(null, 'u')", null),
          new Example(
              "GEOHASH_DIST('u', 'v', 'FLAT')",
              Example.failure(
                  "argument 3 is the string 'FLAT', expected HAVERSINE, LAW_OF_COSINES or VICENTY")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_DIST")
          .group("Geo")
          .means("Answers the distance of two places in kilometers.")
          .takesOptional("first", "a geohash", Type.STRING)
          .takesOptional("second", "a geohash", Type.STRING)
          .takesOptional(
              "strategy", "HAVERSINE (when left out), LAW_OF_COSINES or VICENTY", Type.STRING)
          .returns(Type.DOUBLE, "null when either is null")
          .fails("When a text is no geohash or the strategy is unknown.")
          .examples(EXAMPLES)
          .bodyN(GeohashDist::call);

  private GeohashDist() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length < 2) {
      return null;
    }
    Point first = Point.ofValue(1, arguments[0]);
    Point second = Point.ofValue(2, arguments[1]);
    if (first == null || second == null) {
      return null;
    }
    boolean given = arguments.length > 2;
    return Distance.named(3, given ? arguments[2] : null, given).kilometers(first, second);
  }
}
