package metron.stellar.functions.geo;

import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// A point on the earth, and its geohash: the halves that it lies in, east or west, north or south,
/// again and again, five of these bits a character.
///
/// @param latitude degrees, -90 to 90
/// @param longitude degrees, -180 to 180
record Point(double latitude, double longitude) {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  static final int LONGEST_HASH = 12;

  /// @throws FunctionFailure when it is no place on earth
  static Point of(double latitude, double longitude) {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw FunctionFailure.because(
          "latitude %s and longitude %s, expected -90 to 90 and -180 to 180"
              .formatted(latitude, longitude));
    }
    return new Point(latitude, longitude);
  }

  /// The middle of the area of a geohash.
  ///
  /// @param argument counted from 1
  static Point of(int argument, String hash) {
    double south = -90;
    double north = 90;
    double west = -180;
    double east = 180;
    boolean eastward = true;
    for (int i = 0; i < hash.length(); i++) {
      int digit = DIGITS.indexOf(hash.charAt(i));
      if (digit < 0 || i == LONGEST_HASH) {
        throw FunctionFailure.type(
            argument, hash, "a geohash of up to 12 digits and letters without a, i, l and o");
      }
      for (int bit = 16; bit > 0; bit >>= 1) {
        boolean upper = (digit & bit) != 0;
        if (eastward) {
          double middle = (west + east) / 2;
          west = upper ? middle : west;
          east = upper ? east : middle;
        } else {
          double middle = (south + north) / 2;
          south = upper ? middle : south;
          north = upper ? north : middle;
        }
        eastward = !eastward;
      }
    }
    return new Point((south + north) / 2, (west + east) / 2);
  }

  /// @return null for null
  static @Nullable Point ofValue(int argument, @Nullable Object hash) {
    if (hash == null) {
      return null;
    }
    if (!(hash instanceof String text)) {
      throw FunctionFailure.type(argument, hash, "string");
    }
    return of(argument, text);
  }

  /// @param characters 1 to 12
  String hash(int characters) {
    double south = -90;
    double north = 90;
    double west = -180;
    double east = 180;
    boolean eastward = true;
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      int digit = 0;
      for (int bit = 16; bit > 0; bit >>= 1) {
        if (eastward) {
          double middle = (west + east) / 2;
          if (longitude >= middle) {
            digit |= bit;
            west = middle;
          } else {
            east = middle;
          }
        } else {
          double middle = (south + north) / 2;
          if (latitude >= middle) {
            digit |= bit;
            south = middle;
          } else {
            north = middle;
          }
        }
        eastward = !eastward;
      }
      hash.append(DIGITS.charAt(digit));
    }
    return hash.toString();
  }
}
