package metron.enrichment.indicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import metron.enrichment.indicator.IndicatorFeed.Defaults;
import metron.enrichment.indicator.IndicatorFeed.RejectedLine;
import metron.enrichment.indicator.IndicatorFeed.Result;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IndicatorFeedTest {
  private static Result read(String text) throws IOException {
    return IndicatorFeed.readCsv(
        new ByteArrayInputStream(text.getBytes(UTF_8)), Defaults.of("my-feed"));
  }

  @Test
  void readsAHeaderRowInAnyOrder() throws IOException {
    Result result =
        read(
            """
            type,value,confidence,valid_until,source,tlp,tags,reference,description
            domain,Bad.Example.com,95,2026-12-31,acme,amber,"c2,apt",https://acme.example/1,"C2, primary"
            """);
    assertThat(result.rejected()).isEmpty();
    Indicator i = result.indicators().getFirst();
    assertThat(i.type()).isEqualTo(IndicatorType.DOMAIN);
    assertThat(i.value()).isEqualTo("bad.example.com");
    assertThat(i.confidence()).isEqualTo(95);
    assertThat(i.validUntil()).isEqualTo(Instant.parse("2026-12-31T23:59:59Z"));
    assertThat(i.source()).isEqualTo("acme");
    assertThat(i.tlp()).isEqualTo("AMBER");
    assertThat(i.tags()).containsExactly("c2", "apt");
    assertThat(i.description()).isEqualTo("C2, primary");
  }

  @Test
  void readsOurColumnsWithoutAHeaderAndGuessesTheType() throws IOException {
    Result result =
        read(
            """
            # our list
            203.0.113.7,,90,demo-feed,C2
            203.0.113.0/24
            bad.example
            http://bad.example/x
            44d88612fea8a8f36de82e1278abb02f
            mallory@bad.example
            2001:db8::1
            """);
    assertThat(result.rejected()).isEmpty();
    assertThat(result.indicators())
        .extracting(Indicator::type)
        .containsExactly(
            IndicatorType.IP,
            IndicatorType.CIDR,
            IndicatorType.DOMAIN,
            IndicatorType.URL,
            IndicatorType.HASH,
            IndicatorType.EMAIL,
            IndicatorType.IP);
    assertThat(result.indicators())
        .extracting(Indicator::source)
        .startsWith("demo-feed", "my-feed");
  }

  @Test
  void refusesEachBadLineWithItsNumberAndReason() throws IOException {
    Result result =
        read(
            """
            value,type,confidence
            203.0.113.300,ip,50
            com,domain,50
            10.0.0.0/7,cidr,50
            bad.example,domain,150
            ,domain,50
            not a thing,,50
            "open,domain,50
            bad.example,domain,50
            """);
    assertThat(result.indicators()).hasSize(1);
    assertThat(result.rejected())
        .extracting(RejectedLine::line)
        .containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(result.rejected().get(0).reason())
        .isEqualTo(
            "'203.0.113.300' is not an IP address, expected one such as '203.0.113.7' or"
                + " '2001:db8::7'");
    assertThat(result.rejected().get(1).reason())
        .contains("has one label")
        .contains("at least two");
    assertThat(result.rejected().get(2).reason()).contains("too wide").contains("/8");
    assertThat(result.rejected().get(3).reason()).contains("150").contains("0 to 100");
    assertThat(result.rejected().get(6).reason()).contains("column 1").contains("not closed");
  }

  @Test
  void readsUrlhausWithItsCommentedHeader() throws IOException {
    Result result =
        read(
            """
            ################################################################
            # abuse.ch URLhaus Database Dump (CSV - recent URLs only)      #
            #
            # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
            "3101","2026-01-21 14:17:07","http://203.0.113.99:8081/i","online","2026-01-21 14:17:07","malware_download","32-bit,elf,mips","https://urlhaus.example/url/3101/","someone"
            """);
    assertThat(result.rejected()).isEmpty();
    Indicator i = result.indicators().getFirst();
    assertThat(i.type()).isEqualTo(IndicatorType.URL);
    assertThat(i.value()).isEqualTo("http://203.0.113.99:8081/i");
    assertThat(i.description()).isEqualTo("malware_download");
    assertThat(i.firstSeen()).isEqualTo(Instant.parse("2026-01-21T14:17:07Z"));
    assertThat(i.tags()).containsExactly("32-bit", "elf", "mips");
  }

  @Test
  void readsThreatFoxFeodoAndMalwareBazaar() throws IOException {
    assertThat(
            read("""
                    # "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc","confidence_level","reference","tags","anonymous","reporter"
                    "2026-01-20 10:00:00", "12", "203.0.113.44:4443", "ip:port", "botnet_cc", "win.x", "None", "X", "", "75", "None", "x", "0", "r"
                    """)
                .indicators()
                .getFirst())
        .matches(i -> i.type() == IndicatorType.IP && i.value().equals("203.0.113.44"))
        .matches(i -> i.confidence() == 75 && i.description().equals("botnet_cc"));
    assertThat(
            read("""
                    # Feodo Tracker
                    "first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"
                    "2026-01-17 07:44:46","203.0.113.178","4643","offline","2026-01-22","Dridex"
                    # END 1 entries
                    """)
                .indicators()
                .getFirst()
                .description())
        .isEqualTo("Dridex");
    assertThat(
            read("""
                    # "first_seen_utc","sha256_hash","md5_hash","sha1_hash","reporter","file_name"
                    "2026-01-20 10:00:00", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "r", "f.exe"
                    """)
                .indicators()
                .getFirst()
                .value())
        .hasSize(64);
  }

  @Test
  void readsPlainListsWithRemarksAndHostsFiles() throws IOException {
    Result result =
        read(
            """
            ; Spamhaus DROP List
            198.51.100.0/24 ; SBL256894
            0.0.0.0 bad.example
            hxxps://evil[.]example/a,
            203.0.113.1 # seen once
            """);
    assertThat(result.rejected()).isEmpty();
    assertThat(result.indicators())
        .extracting(Indicator::value)
        .containsExactly("198.51.100.0/24", "bad.example", "https://evil.example/a", "203.0.113.1");
    assertThat(result.indicators().getFirst().description()).isEqualTo("SBL256894");
    assertThat(result.indicators().getLast().description()).isEqualTo("seen once");
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() throws IOException {
    Result result = read("a".repeat(300_000) + "\nbad.example\n");
    assertThat(result.indicators()).hasSize(1);
    assertThat(result.rejected())
        .containsExactly(new RejectedLine(1, "the line is longer than 65536 bytes"));
  }

  @Property(tries = 300)
  void anyBytesGiveIndicatorsOrReasonsNeverAnException(@ForAll @Size(max = 400) byte[] bytes)
      throws IOException {
    Result result = IndicatorFeed.readCsv(new ByteArrayInputStream(bytes), Defaults.of("f"));
    result.indicators().forEach(new IndicatorTable()::put);
    assertThat(result.rejected().size()).isEqualTo((int) result.rejectedCount());
  }

  @Property(tries = 300)
  void anyTextInAKnownColumnGivesIndicatorsOrReasons(
      @ForAll String value, @ForAll String type, @ForAll String other) throws IOException {
    for (String header : new String[] {"value,type,confidence", "type,value,valid_until"}) {
      Result result = read(header + "\n" + value + "," + type + "," + other + "\n");
      result.indicators().forEach(new IndicatorTable()::put);
    }
  }

  @Property(tries = 200)
  void jsonGivesTheSameIndicatorBack(@ForAll String description, @ForAll String tag) {
    Indicator i =
        new Indicator(
            IndicatorType.CIDR,
            "203.0.113.0/24",
            33,
            "s",
            description,
            "tlp:red",
            java.util.List.of(tag),
            Instant.EPOCH,
            Instant.parse("2026-01-01T00:00:00Z"),
            "https://x.example/");
    assertThat(IndicatorJson.read(IndicatorJson.write(i))).isEqualTo(i);
  }

  @Property(tries = 200)
  void anyBytesAreNoIndicatorWithAReason(@ForAll byte[] bytes) {
    try {
      IndicatorJson.read(bytes);
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
