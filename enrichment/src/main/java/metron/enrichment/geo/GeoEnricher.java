package metron.enrichment.geo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import metron.enrichment.AddressScope;
import metron.enrichment.Enricher;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Country, region, city, position and autonomous system of the public ends of an event, from any number of databases: the
/// first that knows a fact is believed.
///
/// Addresses of private, loopback and multicast blocks are passed over, and an end whose country the sensor gave stays as it
/// is. The last addresses are remembered, so that a look-up is mostly one array read. Whether a file has changed is looked at
/// by whichever event comes first after the interval; the others go on meanwhile.
public final class GeoEnricher implements Enricher {
  private record Remembered(IpAddress ip, Place place) {}

  private final List<GeoDatabase> databases;
  private final InstantSource clock;
  private final long interval;
  private final AtomicLong nextLook;
  private final int entries;
  private volatile AtomicReferenceArray<@Nullable Remembered> memory;
  private final List<Ends> ends =
      List.of(new Ends("source"), new Ends("destination"), new Ends("client"), new Ends("server"));

  /// @param databases most trusted first; one that does not exist is named in the log and looked for again
  /// @param reload how often the files are looked at; positive
  /// @param cacheEntries addresses remembered; rounded up to a power of two
  public GeoEnricher(List<Path> databases, Duration reload, int cacheEntries, InstantSource clock) {
    List<GeoDatabase> opened = new ArrayList<>();
    for (Path file : databases) {
      opened.add(new GeoDatabase(file));
    }
    this.databases = opened;
    this.clock = clock;
    this.interval = Math.max(1, reload.toMillis());
    this.nextLook = new AtomicLong(clock.millis() + interval);
    this.entries = Integer.highestOneBit(Math.max(1, cacheEntries * 2 - 1));
    this.memory = new AtomicReferenceArray<>(entries);
  }

  public GeoEnricher(GeoConfig config, InstantSource clock) {
    this(config.databases(), config.reload(), config.cacheEntries(), clock);
  }

  @Override
  public String name() {
    return "geo";
  }

  @Override
  public void enrich(Event event) {
    if (databases.isEmpty()) {
      return;
    }
    look();
    for (int i = 0; i < ends.size(); i++) {
      Ends end = ends.get(i);
      IpAddress ip = event.ip(end.ip);
      if (ip != null && AddressScope.of(ip) == AddressScope.PUBLIC) {
        end.set(event, place(ip));
      }
    }
  }

  /// What is known of an address, as events would get it.
  Place place(IpAddress ip) {
    AtomicReferenceArray<@Nullable Remembered> m = memory;
    int slot = (int) (((ip.high() * 31 + ip.low()) * 0x9e3779b97f4a7c15L) >>> 40) & (entries - 1);
    Remembered last = m.get(slot);
    if (last != null && last.ip.equals(ip)) {
      return last.place;
    }
    Place place = Place.UNKNOWN;
    for (GeoDatabase database : databases) {
      place = place.or(database.lookUp(ip));
    }
    m.set(slot, new Remembered(ip, place));
    return place;
  }

  /// As [metron.stellar.functions.geo.GeoDatabase], for `GEO_GET`: what is known under Metron's names, all as text. There is
  /// no `locID` and no `dmaCode` in today's databases.
  public Map<String, String> stellarPlace(String address) {
    Map<String, String> found = new LinkedHashMap<>();
    Place place = placeOf(address);
    put(found, "country", place.country());
    put(found, "city", place.city());
    put(found, "postalCode", place.postalCode());
    if (!Double.isNaN(place.latitude()) && !Double.isNaN(place.longitude())) {
      found.put("latitude", Double.toString(place.latitude()));
      found.put("longitude", Double.toString(place.longitude()));
      found.put("location_point", place.latitude() + "," + place.longitude());
    }
    return found;
  }

  /// As [metron.stellar.functions.geo.AsnDatabase], for `ASN_GET`.
  public Map<String, Object> stellarNetwork(String address) {
    Map<String, Object> found = new LinkedHashMap<>();
    Place place = placeOf(address);
    if (place.asNumber() != 0) {
      found.put("autonomous_system_number", place.asNumber());
    }
    if (place.organization() != null) {
      found.put("autonomous_system_organization", place.organization());
    }
    return found;
  }

  private Place placeOf(String address) {
    IpAddress ip = IpAddress.parseOrNull(address, 0, address.length());
    return ip == null || AddressScope.of(ip) != AddressScope.PUBLIC ? Place.UNKNOWN : place(ip);
  }

  private static void put(Map<String, String> into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  /// Look-ups that met broken bytes in some database.
  public long failures() {
    long sum = 0;
    for (GeoDatabase database : databases) {
      sum += database.failures();
    }
    return sum;
  }

  private void look() {
    long due = nextLook.get();
    long now = clock.millis();
    // A clock that was set back looks like an interval of years: then look now.
    boolean setBack = due - now > interval;
    if ((now < due && !setBack) || !nextLook.compareAndSet(due, now + interval)) {
      return;
    }
    boolean changed = false;
    for (GeoDatabase database : databases) {
      changed |= database.refresh();
    }
    if (changed) {
      memory = new AtomicReferenceArray<>(entries);
    }
  }

  /// The fields of one end of an event.
  private static final class Ends {
    final Field ip;
    final Field country;
    final Field countryName;
    final Field continent;
    final Field continentName;
    final Field region;
    final Field regionName;
    final Field city;
    final Field postalCode;
    final Field timeZone;
    final Field latitude;
    final Field longitude;
    final Field asNumber;
    final Field organization;

    Ends(String end) {
      ip = f(end + ".ip");
      country = f(end + ".geo.country_iso_code");
      countryName = f(end + ".geo.country_name");
      continent = f(end + ".geo.continent_code");
      continentName = f(end + ".geo.continent_name");
      region = f(end + ".geo.region_iso_code");
      regionName = f(end + ".geo.region_name");
      city = f(end + ".geo.city_name");
      postalCode = f(end + ".geo.postal_code");
      timeZone = f(end + ".geo.timezone");
      latitude = f(end + ".geo.location.lat");
      longitude = f(end + ".geo.location.lon");
      asNumber = f(end + ".as.number");
      organization = f(end + ".as.organization.name");
    }

    void set(Event event, Place place) {
      if (!event.has(country)) {
        text(event, country, place.country());
        text(event, countryName, place.countryName());
        text(event, continent, place.continent());
        text(event, continentName, place.continentName());
        text(event, region, place.region());
        text(event, regionName, place.regionName());
        text(event, city, place.city());
        text(event, postalCode, place.postalCode());
        text(event, timeZone, place.timeZone());
        if (!Double.isNaN(place.latitude()) && !Double.isNaN(place.longitude())) {
          event.set(latitude, place.latitude());
          event.set(longitude, place.longitude());
        }
      }
      if (place.asNumber() != 0 && !event.has(asNumber)) {
        event.set(asNumber, place.asNumber());
        text(event, organization, place.organization());
      }
    }

    private static void text(Event event, Field field, @Nullable String value) {
      if (value != null) {
        event.set(field, value);
      }
    }

    private static Field f(String name) {
      return FieldCatalogue.get()
          .entry(name)
          .orElseThrow(() -> new IllegalStateException("fields.tsv lacks " + name))
          .field();
    }
  }
}
