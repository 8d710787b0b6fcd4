package metron.stellar.functions.geo;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_MAX_DIST(hashes?, strategy?)`
public final class GeohashMaxDist {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ROUND(GEOHASH_MAX_DIST(['u09tunq', 'gcpvj0d', 'u09tunr']))", 341L),
          new Example("GEOHASH_MAX_DIST(['u'])", 0.0),
          new Example("GEOHASH_MAX_DIST([])", Double.NaN),
          new Example("GEOHASH_MAX_DIST(null)", null),
          new Example(
              "GEOHASH_MAX_DIST(['!'])",
              Example.failure("argument 1 is the string '!', expected a geohash")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_MAX_DIST")
          .group("Geo")
          .means("Answers the largest distance between any two of some places in kilometers.")
          .takesOptional(
              "hashes", "a list of geohashes; nulls are passed over", Type.LIST, Type.SET)
          .takesOptional(
              "strategy", "HAVERSINE (when left out), LAW_OF_COSINES or VICENTY", Type.STRING)
          .returns(Type.DOUBLE, "0 for one place, NaN for none, null for null")
          .fails("When the argument is no list, a text is no geohash or the strategy is unknown.")
          .examples(EXAMPLES)
          .bodyN(GeohashMaxDist::call);

  private GeohashMaxDist() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length == 0 || arguments[0] == null) {
      return null;
    }
    boolean given = arguments.length > 1;
    Distance distance = Distance.named(2, given ? arguments[1] : null, given);
    List<Point> points = new ArrayList<>();
    for (Object hash : Arguments.elements(1, arguments[0])) {
      evaluation.step();
      evaluation.allocate(32);
      Point point = Point.ofValue(1, hash);
      if (point != null) {
        points.add(point);
      }
    }
    double longest = points.isEmpty() ? Double.NaN : 0;
    for (int i = 1; i < points.size(); i++) {
      evaluation.steps(i);
      for (int j = 0; j < i; j++) {
        longest = Math.max(longest, distance.kilometers(points.get(i), points.get(j)));
      }
    }
    return longest;
  }
}
