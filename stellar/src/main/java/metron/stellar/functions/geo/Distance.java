package metron.stellar.functions.geo;

import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Ways to compute the distance of two points on a sphere with the mean radius of the earth. All
/// three are the same distance; they differ in where rounding hurts.
enum Distance {
  /// Good but for points on opposite sides.
  HAVERSINE {
    @Override
    double angle(double lat1, double lon1, double lat2, double lon2) {
      double sinLat = Math.sin((lat1 - lat2) * 0.5);
      double sinLon = Math.sin((lon1 - lon2) * 0.5);
      double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
      return 2 * Math.atan2(Math.sqrt(h), Math.sqrt(Math.max(0, 1 - h)));
    }
  },
  /// Bad for points close to each other.
  LAW_OF_COSINES {
    @Override
    double angle(double lat1, double lon1, double lat2, double lon2) {
      if (lat1 == lat2 && lon1 == lon2) {
        return 0;
      }
      double cosine =
          Math.sin(lat1) * Math.sin(lat2) + Math.cos(lat1) * Math.cos(lat2) * Math.cos(lon2 - lon1);
      return Math.acos(Math.clamp(cosine, -1, 1));
    }
  },
  /// Good everywhere; the name is spelled as Metron did.
  VICENTY {
    @Override
    double angle(double lat1, double lon1, double lat2, double lon2) {
      if (lat1 == lat2 && lon1 == lon2) {
        return 0;
      }
      double cosLat1 = Math.cos(lat1);
      double cosLat2 = Math.cos(lat2);
      double sinLat1 = Math.sin(lat1);
      double sinLat2 = Math.sin(lat2);
      double cosLon = Math.cos(lon2 - lon1);
      double a = cosLat2 * Math.sin(lon2 - lon1);
      double b = cosLat1 * sinLat2 - sinLat1 * cosLat2 * cosLon;
      double c = sinLat1 * sinLat2 + cosLat1 * cosLat2 * cosLon;
      return Math.atan2(Math.sqrt(a * a + b * b), c);
    }
  };

  private static final double EARTH_KM = 6371.0087714;

  abstract double angle(double lat1, double lon1, double lat2, double lon2);

  double kilometers(Point a, Point b) {
    return EARTH_KM
        * angle(
            Math.toRadians(a.latitude()),
            Math.toRadians(a.longitude()),
            Math.toRadians(b.latitude()),
            Math.toRadians(b.longitude()));
  }

  /// @param given whether the argument was given at all
  static Distance named(int argument, @Nullable Object name, boolean given) {
    if (!given) {
      return HAVERSINE;
    }
    for (Distance distance : values()) {
      if (distance.name().equals(name)) {
        return distance;
      }
    }
    throw FunctionFailure.type(argument, name, "HAVERSINE, LAW_OF_COSINES or VICENTY");
  }
}
