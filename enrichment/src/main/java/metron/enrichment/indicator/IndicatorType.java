package metron.enrichment.indicator;

import java.util.Locale;
import java.util.Optional;

/// What kind of observable an indicator names.
public enum IndicatorType {
  IP,
  CIDR,
  DOMAIN,
  URL,
  HASH,
  EMAIL;

  /// Lower case, as in feeds and in `threat.enrichments.matched.type`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads our words and those of MISP, STIX, OTX and abuse.ch: `ip-dst`, `ipv4-addr`, `hostname`, `sha256`, `ip:port` ….
  public static Optional<IndicatorType> parse(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "ip",
          "ipv4",
          "ipv6",
          "ip-src",
          "ip-dst",
          "ip:port",
          "ip-dst|port",
          "ip-src|port",
          "ipv4-addr",
          "ipv6-addr",
          "address",
          "addr" ->
          Optional.of(IP);
      case "cidr", "network", "netblock", "subnet", "ipv4-net", "ipv6-net" -> Optional.of(CIDR);
      case "domain", "domain-name", "hostname", "host", "fqdn" -> Optional.of(DOMAIN);
      case "url", "uri", "link" -> Optional.of(URL);
      case "hash",
          "md5",
          "sha1",
          "sha256",
          "sha384",
          "sha512",
          "md5_hash",
          "sha1_hash",
          "sha256_hash",
          "filehash-md5",
          "filehash-sha1",
          "filehash-sha256",
          "file",
          "ja3",
          "ja3-fingerprint-md5",
          "ja3_md5",
          "x509-fingerprint-sha1" ->
          Optional.of(HASH);
      case "email", "email-addr", "email-src", "email-dst", "mail" -> Optional.of(EMAIL);
      default -> Optional.empty();
    };
  }
}
