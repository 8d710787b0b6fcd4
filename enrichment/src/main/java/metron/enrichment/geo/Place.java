package metron.enrichment.geo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the databases know of one address. An unknown fact is null, and a coordinate NaN: one is made for every new address
/// of the stream, with ten parts of which most are unknown.
record Place(
    @Nullable String country,
    @Nullable String countryName,
    @Nullable String continent,
    @Nullable String continentName,
    @Nullable String region,
    @Nullable String regionName,
    @Nullable String city,
    @Nullable String postalCode,
    @Nullable String timeZone,
    double latitude,
    double longitude,
    long asNumber,
    @Nullable String organization) {
  static final Place UNKNOWN =
      new Place(
          null, null, null, null, null, null, null, null, null, Double.NaN, Double.NaN, 0, null);

  /// Reads a record of MaxMind's shape (`country.iso_code`, `names.en`, …: GeoIP2, GeoLite2, DB-IP, IPinfo's nested
  /// variant) or of the flat one of ip-location-db (`country_code`, `city`, `state1`, …).
  static Place of(Map<?, ?> record) {
    Map<?, ?> countryMap = map(record.get("country"));
    if (countryMap.isEmpty()) {
      countryMap = map(record.get("registered_country"));
    }
    Map<?, ?> continentMap = map(record.get("continent"));
    Map<?, ?> location = map(record.get("location"));
    Map<?, ?> regionMap =
        record.get("subdivisions") instanceof List<?> list && !list.isEmpty()
            ? map(list.getFirst())
            : Map.of();
    String country = first(text(countryMap.get("iso_code")), text(record.get("country_code")));
    String countryName = english(countryMap);
    String region = text(regionMap.get("iso_code"));
    return new Place(
        country,
        countryName == null && country != null ? nameOf(country) : countryName,
        text(continentMap.get("code")),
        english(continentMap),
        country != null && region != null ? country + "-" + region : null,
        first(english(regionMap), text(record.get("state1"))),
        first(english(map(record.get("city"))), text(record.get("city"))),
        first(text(map(record.get("postal")).get("code")), text(record.get("postcode"))),
        first(text(location.get("time_zone")), text(record.get("timezone"))),
        number(location.get("latitude"), record.get("latitude")),
        number(location.get("longitude"), record.get("longitude")),
        record.get("autonomous_system_number") instanceof Number n ? n.longValue() : 0,
        text(record.get("autonomous_system_organization")));
  }

  /// These facts, and those of `other` that are unknown here.
  Place or(Place other) {
    // A region or city of one database never goes with the country of another.
    boolean place = country == null && Double.isNaN(latitude);
    Place p = place ? other : this;
    return new Place(
        p.country,
        p.countryName,
        p.continent,
        p.continentName,
        p.region,
        p.regionName,
        p.city,
        p.postalCode,
        p.timeZone,
        p.latitude,
        p.longitude,
        asNumber != 0 ? asNumber : other.asNumber,
        asNumber != 0 ? organization : other.organization);
  }

  private static @Nullable String nameOf(String country) {
    if (country.length() != 2) {
      return null;
    }
    String name = Locale.of("", country.toUpperCase(Locale.ROOT)).getDisplayCountry(Locale.ENGLISH);
    return name.isEmpty() || name.equals(country) ? null : name;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static @Nullable String english(Map<?, ?> place) {
    return text(map(place.get("names")).get("en"));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String s && !s.isEmpty() ? s : null;
  }

  private static @Nullable String first(@Nullable String a, @Nullable String b) {
    return a != null ? a : b;
  }

  private static double number(@Nullable Object a, @Nullable Object b) {
    double value =
        a instanceof Number n
            ? n.doubleValue()
            : b instanceof Number m ? m.doubleValue() : Double.NaN;
    return value >= -180 && value <= 180 ? value : Double.NaN;
  }
}
