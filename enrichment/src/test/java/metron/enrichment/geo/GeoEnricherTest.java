package metron.enrichment.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metron.event.Cidr;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoEnricherTest {
  private static final Duration RELOAD = Duration.ofSeconds(30);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;

  private static Map<String, Object> city(String iso, String country, String city) {
    return Map.of(
        "country", Map.of("iso_code", iso, "names", Map.of("en", country, "de", "-")),
        "continent", Map.of("code", "EU", "names", Map.of("en", "Europe")),
        "city", Map.of("names", Map.of("en", city)),
        "location", Map.of("latitude", 47.37, "longitude", 8.54, "time_zone", "Europe/Zurich"),
        "postal", Map.of("code", "8000"),
        "subdivisions", List.of(Map.of("iso_code", "ZH", "names", Map.of("en", "Zurich region"))));
  }

  private static void write(Path file, MmdbWriter writer) throws IOException {
    Path part = file.resolveSibling("part");
    try (OutputStream out = Files.newOutputStream(part)) {
      writer.write("Test", Instant.EPOCH, out);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static Cidr net(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  private GeoEnricher enricher(Path... databases) {
    return new GeoEnricher(List.of(databases), RELOAD, 1024, clock);
  }

  private static Event flow(GeoEnricher geo, String source, String destination) {
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, ip(source));
    event.set(Ecs.DESTINATION_IP, ip(destination));
    geo.enrich(event);
    return event;
  }

  @Test
  void setsCityFieldsOfMaxMindsShape(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("city.mmdb");
    write(file, new MmdbWriter().put(net("203.0.113.0/24"), city("CH", "Switzerland", "Zurich")));
    Event event = flow(enricher(file), "10.0.0.1", "203.0.113.7");
    assertThat(event.string(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE)).isEqualTo("CH");
    assertThat(event.string(Ecs.DESTINATION_GEO_COUNTRY_NAME)).isEqualTo("Switzerland");
    assertThat(event.string(Ecs.DESTINATION_GEO_CITY_NAME)).isEqualTo("Zurich");
    assertThat(event.string(Ecs.DESTINATION_GEO_REGION_NAME)).isEqualTo("Zurich region");
    assertThat(event.string(Ecs.DESTINATION_GEO_CONTINENT_CODE)).isEqualTo("EU");
    assertThat(event.doubleValue(Ecs.DESTINATION_GEO_LOCATION_LAT, 0))
        .isCloseTo(47.37, within(1e-9));
    assertThat(event.doubleValue(Ecs.DESTINATION_GEO_LOCATION_LON, 0))
        .isCloseTo(8.54, within(1e-9));
    assertThat(event.has(Ecs.SOURCE_GEO_COUNTRY_ISO_CODE)).isFalse();
  }

  @Test
  void theFirstDatabaseThatKnowsAFactIsBelieved(@TempDir Path dir) throws IOException {
    Path country = dir.resolve("country.mmdb");
    Path asn = dir.resolve("asn.mmdb");
    write(
        country,
        new MmdbWriter()
            .put(net("203.0.0.0/16"), Map.of("country_code", "NL"))
            .put(net("203.0.113.0/24"), Map.of("country_code", "SE"))
            .put(net("2001:db8::/32"), Map.of("country_code", "FI")));
    write(
        asn,
        new MmdbWriter()
            .putRange(
                ip("203.0.112.250"),
                ip("203.0.113.9"),
                Map.of(
                    "autonomous_system_number", 4_200_000_000L,
                    "autonomous_system_organization", "Example Net",
                    "country_code", "XX")));
    GeoEnricher geo = enricher(country, asn);
    Event event = flow(geo, "203.0.113.9", "203.0.112.1");
    assertThat(event.string(Ecs.SOURCE_GEO_COUNTRY_ISO_CODE)).isEqualTo("SE");
    assertThat(event.string(Ecs.SOURCE_GEO_COUNTRY_NAME)).isEqualTo("Sweden");
    assertThat(event.longValue(Ecs.SOURCE_AS_NUMBER, 0)).isEqualTo(4_200_000_000L);
    assertThat(event.string(Ecs.SOURCE_AS_ORGANIZATION_NAME)).isEqualTo("Example Net");
    assertThat(event.string(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE)).isEqualTo("NL");
    assertThat(event.has(Ecs.DESTINATION_AS_NUMBER)).isFalse();
    assertThat(geo.place(ip("203.0.113.10")).asNumber()).isZero();
    assertThat(geo.place(ip("203.0.112.249")).asNumber()).isZero();
    assertThat(geo.place(ip("203.0.112.250")).asNumber()).isEqualTo(4_200_000_000L);
    assertThat(geo.place(ip("2001:db8::5")).country()).isEqualTo("FI");
  }

  @Test
  void takesAChangedFileAfterTheInterval(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("country.mmdb");
    GeoEnricher geo = enricher(file);
    assertThat(flow(geo, "10.0.0.1", "203.0.113.7").has(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE))
        .isFalse();
    write(file, new MmdbWriter().put(net("203.0.113.0/24"), Map.of("country_code", "SE")));
    assertThat(flow(geo, "10.0.0.1", "203.0.113.7").has(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE))
        .isFalse();
    now = now.plus(RELOAD);
    assertThat(flow(geo, "10.0.0.1", "203.0.113.7").string(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE))
        .isEqualTo("SE");
    Files.writeString(file.resolveSibling("bad"), "no database");
    Files.move(file.resolveSibling("bad"), file, StandardCopyOption.REPLACE_EXISTING);
    now = now.plus(RELOAD);
    assertThat(flow(geo, "10.0.0.1", "203.0.113.7").string(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE))
        .isEqualTo("SE");
    write(file, new MmdbWriter().put(net("203.0.113.0/24"), Map.of("country_code", "NO")));
    now = now.plus(RELOAD);
    assertThat(flow(geo, "10.0.0.1", "203.0.113.7").string(Ecs.DESTINATION_GEO_COUNTRY_ISO_CODE))
        .isEqualTo("NO");
  }

  @Test
  void aCountryThatTheSensorGaveStays(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("country.mmdb");
    write(file, new MmdbWriter().put(net("203.0.113.0/24"), Map.of("country_code", "SE")));
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, ip("203.0.113.7"));
    event.set(Ecs.SOURCE_GEO_COUNTRY_ISO_CODE, "US");
    enricher(file).enrich(event);
    assertThat(event.string(Ecs.SOURCE_GEO_COUNTRY_ISO_CODE)).isEqualTo("US");
    assertThat(event.has(Ecs.SOURCE_GEO_COUNTRY_NAME)).isFalse();
  }

  @Test
  void writesWhatTheReaderReadsForAnyRanges(@TempDir Path dir) throws IOException {
    Random random = new Random(7);
    MmdbWriter writer = new MmdbWriter();
    IpAddress[][] ranges = new IpAddress[300][];
    long at = 0x01000000L;
    for (int i = 0; i < ranges.length; i++) {
      long from = at + random.nextInt(5000);
      long to = from + random.nextInt(100_000);
      ranges[i] = new IpAddress[] {IpAddress.v4((int) from), IpAddress.v4((int) to)};
      writer.putRange(ranges[i][0], ranges[i][1], Map.of("autonomous_system_number", i + 1));
      at = to + 1;
    }
    Path file = dir.resolve("asn.mmdb");
    write(file, writer);
    GeoEnricher geo = enricher(file);
    for (int i = 0; i < ranges.length; i++) {
      assertThat(geo.place(ranges[i][0]).asNumber()).isEqualTo(i + 1);
      assertThat(geo.place(ranges[i][1]).asNumber()).isEqualTo(i + 1);
      IpAddress after = IpAddress.v4(ranges[i][1].v4Bits() + 1);
      boolean next = i + 1 < ranges.length && ranges[i + 1][0].equals(after);
      assertThat(geo.place(after).asNumber()).isEqualTo(next ? i + 2 : 0);
    }
  }

  @Test
  void makesTheAsnDatabaseFromCsv(@TempDir Path dir) throws IOException {
    Path csv = dir.resolve("asn.csv");
    Files.writeString(
        csv,
        """
        203.0.113.0,203.0.113.255,64500,"Example, Inc."
        nonsense
        2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,64501,Other
        """);
    Path out = dir.resolve("asn.mmdb");
    assertThat(AsnDatabase.build(List.of(csv), out, Instant.EPOCH)).isEqualTo(1);
    assertThat(enricher(out).place(ip("203.0.113.9")).organization()).isEqualTo("Example, Inc.");
    assertThat(enricher(out).place(ip("2001:db8:1::1")).asNumber()).isEqualTo(64501);
  }

  /// Broken bytes anywhere: nothing is known, nothing escapes.
  @Property(tries = 150)
  void anyDamageToADatabaseIsNoException(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream good = new ByteArrayOutputStream();
    new MmdbWriter()
        .put(net("203.0.113.0/24"), city("CH", "Switzerland", "Zurich"))
        .put(net("8.8.8.0/24"), city("US", "United States", "Springfield"))
        .write("Test", Instant.EPOCH, good);
    byte[] bytes = good.toByteArray();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int from = random.nextInt(3) == 0 ? 0 : bytes.length * 2 / 3;
      bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(5) == 0) {
      bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    Path file = Files.createTempFile("damaged", ".mmdb");
    try {
      Files.write(file, bytes);
      GeoEnricher geo = enricher(file);
      flow(geo, "203.0.113.7", "8.8.8.8");
      flow(geo, "2001:db8::1", "1.1.1.1");
    } finally {
      Files.delete(file);
    }
  }
}
