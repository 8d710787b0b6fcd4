package metron.enrichment.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the indicator lists that people have. Each line is an indicator, or is refused with its number and the reason.
///
/// Understood without configuration:
/// - CSV with a header row (comma, semicolon or tab; quotes as RFC 4180). Columns are known by our names and by those of
///   abuse.ch (URLhaus, ThreatFox, MalwareBazaar, Feodo Tracker, SSLBL), MISP and OTX exports; the header may be a comment.
/// - CSV without one, in our order: `value,type,confidence,source,description,valid_until,tlp,tags,reference,first_seen`.
/// - one value a line; the rest after `#` or ` ;` is its description (Spamhaus DROP).
/// - hosts files: `0.0.0.0 bad.example.com`.
///
/// `#` and `;` start comments. The type is guessed where no column says it; defanged values are mended. Bytes are UTF-8; a
/// byte order mark is passed over.
public final class IndicatorFeed {
  /// What holds where the feed is silent.
  ///
  /// @param source name of the feed; not blank
  /// @param confidence 0 to 100
  /// @param description may be empty
  public record Defaults(String source, int confidence, String description) {
    public static Defaults of(String source) {
      return new Defaults(source, 75, "");
    }
  }

  /// A line that is no indicator.
  ///
  /// @param line from 1
  /// @param reason what was found and what was expected
  public record RejectedLine(long line, String reason) {}

  /// What became of a feed.
  ///
  /// @param indicators in the order of the lines
  /// @param rejected the first [#KEPT] refusals
  /// @param rejectedCount all refusals
  public record Result(
      List<Indicator> indicators, List<RejectedLine> rejected, long rejectedCount) {
    public Result {
      indicators = List.copyOf(indicators);
      rejected = List.copyOf(rejected);
    }
  }

  /// How many outcomes a streamed reading had.
  public record Counts(long loaded, long rejected) {}

  /// How many refusals a [Result] keeps; a file of the wrong kind has millions.
  public static final int KEPT = 1000;

  /// Longest line in bytes; the rest of a longer one is passed over and the line refused.
  static final int LONGEST_LINE = 64 * 1024;

  private enum Column {
    VALUE,
    TYPE,
    CONFIDENCE,
    SOURCE,
    DESCRIPTION,
    VALID_UNTIL,
    TLP,
    TAGS,
    REFERENCE,
    FIRST_SEEN
  }

  private static final Map<String, Column> NAMES = new HashMap<>();

  static {
    // Where two columns of one feed could be the value, the longest hash comes first: see `header`.
    name(
        Column.VALUE,
        "value indicator ioc ioc_value observable url dst_ip ip ip_address ipaddress domain hostname fqdn host"
            + " sha256_hash sha256 sha1_hash sha1 md5_hash md5 ja3_md5 dstip address network cidr hash email");
    name(Column.TYPE, "type ioc_type indicator_type indicatortype observable_type kind");
    name(Column.CONFIDENCE, "confidence confidence_level score");
    name(Column.SOURCE, "source feed provider source_name");
    name(
        Column.DESCRIPTION,
        "description comment threat malware malware_printable listingreason threat_type signature"
            + " title");
    name(Column.VALID_UNTIL, "valid_until validuntil expires expiration expiry");
    name(Column.TLP, "tlp marking");
    name(Column.TAGS, "tags tag labels");
    name(Column.REFERENCE, "reference link urlhaus_link threatfox_link references");
    name(
        Column.FIRST_SEEN,
        "first_seen firstseen first_seen_utc dateadded date listingdate created valid_from");
  }

  private final Defaults defaults;
  private final Consumer<Indicator> loaded;
  private final Consumer<RejectedLine> refused;
  // The same few texts come on every line: kept once, an indicator costs what its value costs.
  private final Map<String, String> texts = new HashMap<>();
  private EnumMap<Column, Integer> columns = ours();
  private boolean headerKnown;
  private boolean dataSeen;
  private char separator = ',';
  private long loadedCount;
  private long refusedCount;

  private IndicatorFeed(
      Defaults defaults, Consumer<Indicator> loaded, Consumer<RejectedLine> refused) {
    this.defaults = defaults;
    this.loaded = loaded;
    this.refused = refused;
  }

  /// Reads a whole feed.
  ///
  /// @throws IOException if `in` can't be read
  public static Result readCsv(InputStream in, Defaults defaults) throws IOException {
    List<Indicator> indicators = new ArrayList<>();
    List<RejectedLine> rejected = new ArrayList<>();
    Counts counts =
        read(
            in,
            defaults,
            indicators::add,
            r -> {
              if (rejected.size() < KEPT) {
                rejected.add(r);
              }
            });
    return new Result(indicators, rejected, counts.rejected());
  }

  /// Reads a feed of any length.
  ///
  /// @throws IOException if `in` can't be read
  public static Counts read(
      InputStream in, Defaults defaults, Consumer<Indicator> loaded, Consumer<RejectedLine> refused)
      throws IOException {
    IndicatorFeed feed = new IndicatorFeed(defaults, loaded, refused);
    byte[] buffer = new byte[LONGEST_LINE];
    byte[] chunk = new byte[16 * 1024];
    int length = 0;
    boolean over = false;
    long line = 1;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      for (int i = 0; i < n; i++) {
        byte b = chunk[i];
        if (b == '\n') {
          feed.line(buffer, length, over, line++);
          length = 0;
          over = false;
        } else if (length == buffer.length) {
          over = true;
        } else {
          buffer[length++] = b;
        }
      }
    }
    if (length > 0) {
      feed.line(buffer, length, over, line);
    }
    return new Counts(feed.loadedCount, feed.refusedCount);
  }

  private void line(byte[] buffer, int length, boolean over, long number) {
    if (over) {
      refuse(number, "the line is longer than " + LONGEST_LINE + " bytes");
      return;
    }
    String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
    if (number == 1 && text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    text = text.strip();
    if (text.isEmpty()) {
      return;
    }
    try {
      if (text.charAt(0) == '#' || text.charAt(0) == ';' || text.startsWith("//")) {
        if (!dataSeen) {
          header(text.replaceFirst("^[#;/]+", "").strip(), true);
        }
        return;
      }
      if (!dataSeen) {
        dataSeen = true;
        if (!headerKnown && header(text, false)) {
          return;
        }
      }
      loaded.accept(indicator(text));
      loadedCount++;
    } catch (IllegalArgumentException bad) {
      refuse(number, String.valueOf(bad.getMessage()));
    }
  }

  private void refuse(long line, String reason) {
    refusedCount++;
    refused.accept(new RejectedLine(line, reason));
  }

  /// Takes `text` as the header if it names the value column and, in a comment, some other known column too.
  private boolean header(String text, boolean comment) {
    char by = CsvRecord.separator(text);
    List<String> cells;
    try {
      cells = CsvRecord.split(text, by);
    } catch (IllegalArgumentException notCsv) {
      return false;
    }
    EnumMap<Column, Integer> found = new EnumMap<>(Column.class);
    int known = 0;
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i).toLowerCase(Locale.ROOT).replace(' ', '_');
      Column column = NAMES.get(cell);
      if (column != null) {
        known++;
        found.putIfAbsent(column, i);
        if (column == Column.VALUE && cell.startsWith("ioc_value")) {
          found.put(column, i);
        }
      }
    }
    if (!found.containsKey(Column.VALUE) || (comment && known < 2)) {
      return false;
    }
    columns = found;
    headerKnown = true;
    separator = by;
    return true;
  }

  private Indicator indicator(String text) {
    List<String> cells =
        !headerKnown && text.indexOf(',') < 0 ? plain(text) : CsvRecord.split(text, separator);
    String value = cell(cells, Column.VALUE);
    if (value.isEmpty() && cells.size() <= columns.getOrDefault(Column.VALUE, 0)) {
      throw new IllegalArgumentException(
          "found "
              + cells.size()
              + " columns, expected the value in column "
              + (columns.getOrDefault(Column.VALUE, 0) + 1));
    }
    String source = cell(cells, Column.SOURCE);
    String description = cell(cells, Column.DESCRIPTION);
    return new Indicator(
        type(cell(cells, Column.TYPE), value),
        value,
        confidence(cell(cells, Column.CONFIDENCE)),
        shared(source.isEmpty() ? defaults.source() : source),
        shared(description.isEmpty() ? defaults.description() : description),
        cell(cells, Column.TLP),
        tags(cell(cells, Column.TAGS)),
        moment("first_seen", cell(cells, Column.FIRST_SEEN), false),
        moment("valid_until", cell(cells, Column.VALID_UNTIL), true),
        shared(cell(cells, Column.REFERENCE)));
  }

  /// A bare value with a remark, or a line of a hosts file.
  private static List<String> plain(String text) {
    int end = text.indexOf(" #");
    int semicolon = text.indexOf(';');
    end = end < 0 || (semicolon >= 0 && semicolon < end) ? semicolon : end;
    String value = (end < 0 ? text : text.substring(0, end)).strip();
    String remark = end < 0 ? "" : text.substring(end).replaceFirst("^[ #;]+", "").strip();
    int blank = value.indexOf(' ') >= 0 ? value.indexOf(' ') : value.indexOf('\t');
    if (blank > 0) {
      String first = value.substring(0, blank);
      if (first.equals("0.0.0.0") || first.equals("127.0.0.1") || first.equals("::1")) {
        value = value.substring(blank).strip();
      }
    }
    return Arrays.asList(value, "", "", "", remark);
  }

  private static IndicatorType type(String word, String value) {
    if (!word.isEmpty()) {
      var known = IndicatorType.parse(word);
      if (known.isPresent()) {
        boolean network = known.get() == IndicatorType.IP && value.indexOf('/') > 0;
        return network ? IndicatorType.CIDR : known.get();
      }
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the value is blank, expected an indicator");
    }
    return Indicator.guess(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    (word.isEmpty()
                            ? ""
                            : "type '" + Indicator.excerpt(word) + "' is unknown, and ")
                        + "'"
                        + Indicator.excerpt(value)
                        + "' is not an IP address, network, domain, URL, hash or e-mail address"));
  }

  private int confidence(String text) {
    if (text.isEmpty()) {
      return defaults.confidence();
    }
    switch (text.toLowerCase(Locale.ROOT)) {
      case "high" -> {
        return 85;
      }
      case "medium" -> {
        return 50;
      }
      case "low" -> {
        return 15;
      }
      default -> {}
    }
    try {
      double number =
          Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
      if (number >= 0 && number <= 100) {
        return (int) Math.round(number);
      }
    } catch (NumberFormatException notANumber) {
      throw confidenceFault(text);
    }
    throw confidenceFault(text);
  }

  private static IllegalArgumentException confidenceFault(String text) {
    return new IllegalArgumentException(
        "confidence is '"
            + Indicator.excerpt(text)
            + "', expected 0 to 100, or low, medium or high");
  }

  private List<String> tags(String text) {
    if (text.isEmpty() || text.equalsIgnoreCase("none")) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (String tag : text.split("[,;|]")) {
      if (!tag.isBlank() && tags.size() < 32) {
        tags.add(shared(tag.strip()));
      }
    }
    return tags;
  }

  /// ISO 8601 with or without a zone (UTC then), `2026-01-02 03:04:05`, a date, or seconds since the epoch.
  ///
  /// @param end whether a bare date means its last second
  private static @Nullable Instant moment(String what, String text, boolean end) {
    if (text.isEmpty() || text.equalsIgnoreCase("none") || text.equalsIgnoreCase("never")) {
      return null;
    }
    String t = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) : text;
    try {
      if (t.length() == 10 && t.charAt(4) == '-') {
        Instant day = LocalDate.parse(t).atStartOfDay(ZoneOffset.UTC).toInstant();
        return end ? day.plusSeconds(86_399) : day;
      }
      if (t.length() >= 9 && t.length() <= 11 && t.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Instant.ofEpochSecond(Long.parseLong(t));
      }
      t = t.replace(' ', 'T');
      boolean zoned = t.endsWith("Z") || t.indexOf('+') > 0 || t.lastIndexOf('-') > 7;
      return OffsetDateTime.parse(zoned ? t : t + "Z").toInstant();
    } catch (DateTimeParseException notAMoment) {
      throw new IllegalArgumentException(
          what
              + " is '"
              + Indicator.excerpt(text)
              + "', expected a moment such as '2026-12-31T23:59:59Z' or a date");
    }
  }

  private String cell(List<String> cells, Column column) {
    Integer i = columns.get(column);
    return i == null || i >= cells.size() ? "" : cells.get(i);
  }

  private String shared(String text) {
    if (texts.size() > 10_000) {
      return text;
    }
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private static EnumMap<Column, Integer> ours() {
    EnumMap<Column, Integer> columns = new EnumMap<>(Column.class);
    int i = 0;
    for (Column c : Column.values()) {
      columns.put(c, i++);
    }
    return columns;
  }

  private static void name(Column column, String names) {
    for (String name : names.split(" ")) {
      NAMES.put(name, column);
    }
  }
}
