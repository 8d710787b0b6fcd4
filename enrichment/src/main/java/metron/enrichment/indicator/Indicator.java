package metron.enrichment.indicator;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import metron.event.Cidr;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Something observable that a source says is bad. The constructor brings the value to the form it is compared in.
///
/// Two sources may name the same value: type, value and source together are the [#id].
///
/// @param type what kind of observable
/// @param value an address (RFC 5952 text), network, domain (lower case, ASCII, at least two labels), URL, hash (lower-case
///     hex of 32, 40, 64, 96 or 128 digits) or e-mail address; a defanged one (`hxxp`, `[.]`) is mended
/// @param confidence how sure the source is; 0 to 100
/// @param source name of the feed, as a person knows it; not blank
/// @param description what it is, such as `C2 server`; empty if the source does not say
/// @param tlp traffic light of FIRST's TLP 2.0 in upper case, such as `AMBER+STRICT`; empty if none
/// @param tags the source's words for it
/// @param firstSeen when the source saw it first; null if it does not say
/// @param validUntil when it stops to count; null if never
/// @param reference where to read more; empty if nowhere
public record Indicator(
    IndicatorType type,
    String value,
    int confidence,
    String source,
    String description,
    String tlp,
    List<String> tags,
    @Nullable Instant firstSeen,
    @Nullable Instant validUntil,
    String reference) {
  /// Longest value in characters: no observable that is compared whole is longer in practice, and a feed can't fill memory.
  static final int LONGEST = 4096;

  private static final Set<String> TLP =
      Set.of("", "CLEAR", "WHITE", "GREEN", "AMBER", "AMBER+STRICT", "RED");

  /// @throws IllegalArgumentException if a component is outside its range, saying what was found and what was expected
  public Indicator {
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence is " + confidence + ", expected 0 to 100");
    }
    source = source.strip();
    if (source.isEmpty()) {
      throw new IllegalArgumentException("the source is blank, expected the name of the feed");
    }
    value = normal(type, value);
    tlp = tlp(tlp);
    tags = List.copyOf(tags);
  }

  /// An indicator that never expires, with neither mark, tags nor reference.
  public static Indicator of(
      IndicatorType type, String value, int confidence, String source, String description) {
    return new Indicator(
        type, value, confidence, source, description, "", List.of(), null, null, "");
  }

  /// Names this indicator in URLs and as the key of its topic: base64url of type, source and value, so that it can be read
  /// back and nothing needs to keep a second index by id.
  public String id() {
    return id(type, source, value);
  }

  static String id(IndicatorType type, String source, String value) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (type.word() + "\n" + source + "\n" + value).getBytes(StandardCharsets.UTF_8));
  }

  /// What an id names: an indicator with neither description nor confidence.
  ///
  /// @return empty if `id` is not the id of any indicator
  static Optional<Indicator> ofId(String id) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8).split("\n", 3);
      if (parts.length != 3) {
        return Optional.empty();
      }
      return IndicatorType.parse(parts[0]).map(t -> of(t, parts[2], 0, parts[1], ""));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  /// Whether it counts at a moment, in nanoseconds since the epoch.
  boolean validAt(long nanos) {
    return validUntil == null
        || validUntil.getEpochSecond() >= Math.floorDiv(nanos, 1_000_000_000L);
  }

  /// Our guess of what a bare value is.
  ///
  /// @return empty if it is like none of the kinds
  public static Optional<IndicatorType> guess(String text) {
    String v = refang(text.strip());
    if (v.isEmpty() || v.length() > LONGEST) {
      return Optional.empty();
    }
    if (IpAddress.parse(v).isPresent()) {
      return Optional.of(IndicatorType.IP);
    }
    if (v.indexOf('/') > 0 && Cidr.parse(v).isPresent()) {
      return Optional.of(IndicatorType.CIDR);
    }
    if (isHash(v)) {
      return Optional.of(IndicatorType.HASH);
    }
    if (v.contains("://") || v.indexOf('/') > 0) {
      return Url.key(v) == null ? Optional.empty() : Optional.of(IndicatorType.URL);
    }
    if (v.indexOf('@') > 0) {
      return Optional.of(IndicatorType.EMAIL);
    }
    int colon = v.indexOf(':');
    if (colon > 0 && IpAddress.parse(v.substring(0, colon)).isPresent()) {
      return Optional.of(IndicatorType.IP);
    }
    return v.indexOf('.') > 0 && isDomain(asciiDomain(v))
        ? Optional.of(IndicatorType.DOMAIN)
        : Optional.empty();
  }

  private static String normal(IndicatorType type, String text) {
    String v = refang(text.strip());
    if (v.isEmpty()) {
      throw new IllegalArgumentException("the value is blank, expected " + expected(type));
    }
    if (v.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the value has " + v.length() + " characters, expected at most " + LONGEST);
    }
    return switch (type) {
      case IP -> {
        var ip = IpAddress.parse(v);
        // ThreatFox and MISP write "address:port"; the port is no part of who it is.
        int colon = v.lastIndexOf(':');
        if (ip.isEmpty() && colon > 0) {
          ip = IpAddress.parse(unbracket(v.substring(0, colon)));
        }
        yield ip.orElseThrow(() -> not(type, v)).toString();
      }
      case CIDR -> {
        Cidr cidr = Cidr.parse(v).orElseThrow(() -> not(type, v));
        int shortest = cidr.address().isV4() && cidr.prefix() >= 96 ? 96 + 8 : 16;
        if (cidr.prefix() < shortest) {
          throw new IllegalArgumentException(
              "network "
                  + cidr
                  + " is too wide: it would match a large part of the Internet; expected a prefix of"
                  + " at least /8 (IPv4) or /16 (IPv6)");
        }
        yield cidr.toString();
      }
      case DOMAIN -> {
        String d = asciiDomain(v);
        if (IpAddress.parse(d).isPresent()) {
          throw new IllegalArgumentException(
              "'" + excerpt(v) + "' is an address, expected a domain; give it the type 'ip'");
        }
        if (d.indexOf('.') < 0 && isDomain(d)) {
          throw new IllegalArgumentException(
              "domain '"
                  + excerpt(v)
                  + "' has one label: it would match every name under it; expected at least two,"
                  + " such as 'example.com'");
        }
        if (!isDomain(d)) {
          throw not(type, v);
        }
        yield d;
      }
      case URL -> {
        if (Url.key(v) == null) {
          throw not(type, v);
        }
        yield v;
      }
      case HASH -> {
        if (!isHash(v)) {
          throw not(type, v);
        }
        yield v.toLowerCase(Locale.ROOT);
      }
      case EMAIL -> {
        int at = v.lastIndexOf('@');
        if (at < 1 || at == v.length() - 1 || v.indexOf(' ') >= 0) {
          throw not(type, v);
        }
        yield v.toLowerCase(Locale.ROOT);
      }
    };
  }

  private static IllegalArgumentException not(IndicatorType type, String value) {
    return new IllegalArgumentException(
        "'"
            + excerpt(value)
            + "' is not "
            + expected(type).replaceFirst(", .*", "")
            + example(type));
  }

  private static String expected(IndicatorType type) {
    return switch (type) {
      case IP -> "an IP address";
      case CIDR -> "a network";
      case DOMAIN -> "a domain";
      case URL -> "a URL";
      case HASH -> "a hash";
      case EMAIL -> "an e-mail address";
    };
  }

  private static String example(IndicatorType type) {
    return switch (type) {
      case IP -> ", expected one such as '203.0.113.7' or '2001:db8::7'";
      case CIDR -> ", expected one such as '203.0.113.0/24'";
      case DOMAIN -> ", expected one such as 'bad.example.com'";
      case URL -> ", expected one such as 'http://bad.example.com/x'";
      case HASH -> ", expected 32, 40, 64, 96 or 128 hex digits";
      case EMAIL -> ", expected one such as 'user@bad.example.com'";
    };
  }

  private static String tlp(String text) {
    String t = text.strip().toUpperCase(Locale.ROOT);
    if (t.startsWith("TLP:")) {
      t = t.substring(4);
    }
    if (!TLP.contains(t)) {
      throw new IllegalArgumentException(
          "tlp is '" + excerpt(text) + "', expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED");
    }
    return t;
  }

  /// `hxxp`, `[.]`, `(.)`, `[:]`, `[at]`: how people keep a mail program from making a link of it.
  static String refang(String v) {
    if (v.startsWith("hxxp") || v.startsWith("hXXp") || v.startsWith("HXXP")) {
      v = "http" + v.substring(4);
    }
    if (v.indexOf('[') < 0 && v.indexOf('(') < 0) {
      return v;
    }
    return v.replace("[.]", ".")
        .replace("(.)", ".")
        .replace("[dot]", ".")
        .replace("[:]", ":")
        .replace("[://]", "://")
        .replace("[@]", "@")
        .replace("[at]", "@");
  }

  private static String unbracket(String v) {
    return v.startsWith("[") && v.endsWith("]") ? v.substring(1, v.length() - 1) : v;
  }

  private static String asciiDomain(String v) {
    String d = v;
    if (d.startsWith("*.")) {
      d = d.substring(2);
    } else if (d.startsWith(".")) {
      d = d.substring(1);
    }
    if (d.endsWith(".")) {
      d = d.substring(0, d.length() - 1);
    }
    for (int i = 0; i < d.length(); i++) {
      if (d.charAt(i) > 127) {
        try {
          return IDN.toASCII(d).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
          return d;
        }
      }
    }
    return d.toLowerCase(Locale.ROOT);
  }

  /// Letters, digits, hyphen and underscore (names in the wild have it) in labels of 1 to 63, at most 253 in all.
  private static boolean isDomain(String d) {
    if (d.isEmpty() || d.length() > 253) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < d.length(); i++) {
      char c = d.charAt(i);
      if (c == '.') {
        if (label == 0) {
          return false;
        }
        label = 0;
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
        if (++label > 63) {
          return false;
        }
      } else {
        return false;
      }
    }
    return label > 0;
  }

  private static boolean isHash(String v) {
    switch (v.length()) {
      case 32, 40, 64, 96, 128 -> {}
      default -> {
        return false;
      }
    }
    for (int i = 0; i < v.length(); i++) {
      if (Character.digit(v.charAt(i), 16) < 0 || v.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /// At most 60 characters, control characters shown as `\\uXXXX`.
  static String excerpt(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < 60; i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c >= 127 && c < 160)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return text.length() > 60 ? out.append('…').toString() : out.toString();
  }
}
