package metron.stellar.functions.geo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_CENTROID(hashes?, precision?)`
public final class GeohashCentroid {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GEOHASH_CENTROID(['u09tunq', 'u09tunq'], 7)", "u09tunq"),
          new Example("GEOHASH_CENTROID({'u09' : 1, 'gcp' : 3}, 2)", "u1"),
          new Example("GEOHASH_CENTROID([])", null),
          new Example("GEOHASH_CENTROID(null)", null),
          new Example(
                  "GEOHASH_CENTROID(x)",
                  Example.failure("argument 1 is the integer 7, expected list, set or map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_CENTROID")
          .group("Geo")
          .means("Answers the geohash of the middle of some places.")
          .takesOptional(
              "hashes",
              "a list of geohashes, or a map from geohashes to their weights",
              Type.LIST,
              Type.SET,
              Type.MAP)
          .takesOptional(
              "precision",
              "characters of the hash, 1 to 12; 12 when left out",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STRING, "null for null and when there is no place")
          .fails(
              "When the argument is no list or map, a text is no geohash, or a weight no number.")
          .examples(EXAMPLES)
          .bodyN(GeohashCentroid::call);

  private GeohashCentroid() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length == 0 || arguments[0] == null) {
      return null;
    }
    int precision =
        arguments.length < 2 ? Point.LONGEST_HASH : Arguments.integer(2, arguments[1], 1, 12);
    Middle middle = new Middle();
    if (arguments[0] instanceof Map<?, ?> weights) {
      for (Map.Entry<?, ?> entry : weights.entrySet()) {
        evaluation.step();
        Point point = Point.ofValue(1, entry.getKey());
        if (point != null) {
          middle.add(point, Arguments.number(1, entry.getValue()).doubleValue());
        }
      }
    } else if (arguments[0] instanceof Collection<?> hashes) {
      for (Object hash : hashes) {
        evaluation.step();
        Point point = Point.ofValue(1, hash);
        if (point != null) {
          middle.add(point, 1);
        }
      }
    } else {
      throw FunctionFailure.type(1, arguments[0], "list, set or map");
    }
    return middle.none ? null : middle.point().hash(precision);
  }

  /// The mean of points in space, put back on the sphere.
  private static final class Middle {
    private double x;
    private double y;
    private double z;
    private double weights;
    private boolean none = true;

    void add(Point point, double weight) {
      double latitude = Math.toRadians(point.latitude());
      double longitude = Math.toRadians(point.longitude());
      x += Math.cos(latitude) * Math.cos(longitude) * weight;
      y += Math.cos(latitude) * Math.sin(longitude) * weight;
      z += Math.sin(latitude) * weight;
      weights += weight;
      none = false;
    }

    Point point() {
      double a = x / weights;
      double b = y / weights;
      double c = z / weights;
      return Point.of(
          Math.toDegrees(Math.atan2(c, Math.sqrt(a * a + b * b))),
          Math.toDegrees(Math.atan2(b, a)));
    }
  }
}
