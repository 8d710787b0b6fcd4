package metron.stellar.functions.geo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `GEOHASH_TO_LATLONG(hash)`
public final class GeohashToLatlong {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP_GET('latitude', GEOHASH_TO_LATLONG('u'))", 67.5),
          new Example("MAP_GET('longitude', GEOHASH_TO_LATLONG('u'))", 22.5),
          new Example("GEOHASH_TO_LATLONG(null)", null),
          new Example(
              "GEOHASH_TO_LATLONG('ail')",
              Example.failure("argument 1 is the string 'ail', expected a geohash")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GEOHASH_TO_LATLONG")
          .group("Geo")
          .means("Answers the middle of the area of a geohash.")
          .takes("hash", "a geohash", Type.STRING)
          .returns(Type.MAP, "`latitude` and `longitude`; null for null")
          .fails("When the text is no geohash.")
          .impure()
          .examples(EXAMPLES)
          .body1(GeohashToLatlong::call);

  private GeohashToLatlong() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object hash) {
    Point point = Point.ofValue(1, hash);
    if (point == null) {
      return null;
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("latitude", point.latitude());
    answer.put("longitude", point.longitude());
    return answer;
  }
}
