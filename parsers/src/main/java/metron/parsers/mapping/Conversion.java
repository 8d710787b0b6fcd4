package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import metron.event.Field;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Texts;
import metron.parsers.scan.Times;
import org.jspecify.annotations.Nullable;

/// How a source's text becomes a field's value, `as:` in a definition. [#DEFAULT] goes by the field's type.
public enum Conversion {
  /// Text as it is, decimal numbers, `true`/`T`/`yes`/`1`, addresses, and for times [Times#any].
  DEFAULT,
  /// ASCII letters in lower case.
  LOWER_CASE,
  UPPER_CASE,
  /// Text without blanks and colons at its ends.
  TRIMMED,
  /// Host or domain name: lower case, without the dot at the end.
  HOST_NAME,
  /// A name as the DNS server of Windows writes it, `(3)www(7)example(3)com(0)`, with points and in lower case.
  DNS_LABELS,
  /// What stands behind the last `/` or `\`.
  BASE_NAME,
  /// What stands before the last `/` or `\`; a path without one goes nowhere.
  DIRECTORY,
  /// The letters behind the last point of a path's last part, in lower case; none goes nowhere.
  EXTENSION,
  /// `%41` decoded; what is no such escape stays.
  URL_DECODED,
  /// `+` as a blank, as IIS writes values that hold blanks.
  PLUS_AS_BLANK,
  /// A transport protocol by name or number, in the lower-case word that ECS uses: `6` and `TCP` are `tcp`.
  TRANSPORT,
  /// The same as the number that IANA gave it, as text.
  IANA_NUMBER,
  /// A user's name without the domain before it: `LOCAL\ann` is `ann`.
  ACCOUNT,
  /// The domain of a user's name: `LOCAL` of `LOCAL\ann`, `example.com` of `ann@example.com`; none goes nowhere.
  ACCOUNT_DOMAIN,
  /// A hardware address as ECS writes it: `00-00-5E-00-53-23`.
  MAC,
  /// Hexadecimal digits without the colons between them, in upper case, as ECS writes certificates' fingerprints.
  HASH,
  /// A Community ID of version 1, `1:` and Base64.
  COMMUNITY_ID,
  /// An address; what is none is no fault and goes nowhere.
  IP_OR_NOTHING,
  /// An address or name with a port: `10.0.0.1:80`, `[::1]:80`, `host:80`, for `source.ip` and the other parties.
  ENDPOINT,
  /// A number; what is none is no fault and goes nowhere.
  NUMBER_OR_NOTHING,
  /// Text as the Linux audit system writes it: in quotes as it is, without quotes in hexadecimal if it has blanks or worse.
  AUDIT_TEXT,
  /// Hexadecimal, with or without `0x`.
  HEX,
  /// Lengths of time in that unit, to nanoseconds.
  SECONDS,
  MILLISECONDS,
  MICROSECONDS,
  /// Hours, minutes, seconds `1:02:03`, also `12d 9h:11m:22s`, to nanoseconds.
  CLOCK,
  /// Seconds since the epoch with fraction.
  EPOCH,
  EPOCH_MILLIS,
  ISO,
  /// As the default for times; one that can't be read is kept as text and refuses nothing.
  TIME_IF_ANY,
  /// RFC 3164, with or without a year.
  BSD,
  SNORT,
  APACHE,
  /// `01/05/2026 08:52:35`, with `AM` or `PM` too.
  MONTH_FIRST;

  private static final long SECOND = 1_000_000_000L;

  /// @return null if the range is no such text
  @Nullable String text(Texts texts, byte[] b, int from, int to) {
    if (this == DEFAULT) {
      return texts.text(b, from, to);
    }
    return switch (this) {
      case LOWER_CASE -> texts.lowerCase(b, from, to);
      case UPPER_CASE -> Bytes.text(b, from, to).toUpperCase(Locale.ROOT);
      case HOST_NAME -> texts.lowerCase(b, from, to > from + 1 && b[to - 1] == '.' ? to - 1 : to);
      case BASE_NAME -> {
        int start = to;
        while (start > from && b[start - 1] != '/' && b[start - 1] != '\\') {
          start--;
        }
        yield start == to ? null : texts.text(b, start, to);
      }
      case TRANSPORT -> transport(b, from, to);
      case IANA_NUMBER -> ianaNumber(b, from, to);
      case ACCOUNT -> {
        int slash = Bytes.indexOf(b, from, to, '\\');
        yield slash + 1 == to ? null : texts.text(b, slash < 0 ? from : slash + 1, to);
      }
      case ACCOUNT_DOMAIN -> accountDomain(texts, b, from, to);
      case DIRECTORY -> directory(texts, b, from, to);
      case EXTENSION -> extension(texts, b, from, to);
      case URL_DECODED -> urlDecoded(texts, b, from, to);
      case PLUS_AS_BLANK ->
          Bytes.indexOf(b, from, to, '+') < 0
              ? texts.text(b, from, to)
              : Bytes.text(b, from, to).replace('+', ' ');
      case AUDIT_TEXT -> auditText(texts, b, from, to);
      case DNS_LABELS -> dnsLabels(texts, b, from, to);
      case TRIMMED -> trimmed(texts, b, from, to);
      case MAC -> mac(b, from, to);
      case HASH -> Bytes.text(b, from, to).replace(":", "").toUpperCase(Locale.ROOT);
      case COMMUNITY_ID ->
          to - from > 10 && b[from] == '1' && b[from + 1] == ':' ? Bytes.text(b, from, to) : null;
      default -> texts.text(b, from, to);
    };
  }

  /// @return [Bytes#NOT_A_NUMBER] if the range is no such number
  long number(byte[] b, int from, int to) {
    return switch (this) {
      case HEX -> Bytes.hex(b, from, to);
      case SECONDS -> Bytes.scaled(b, from, to, 9);
      case MILLISECONDS -> Bytes.scaled(b, from, to, 6);
      case MICROSECONDS -> Bytes.scaled(b, from, to, 3);
      case CLOCK -> clock(b, from, to);
      default -> {
        long v = Bytes.number(b, from, to);
        // 12.0 and 1e3 come from sources that count in floating point, 0x1f from Windows.
        if (v == Bytes.NOT_A_NUMBER
            && to - from > 2
            && b[from] == '0'
            && (b[from + 1] | 32) == 'x') {
          v = Bytes.hex(b, from, to);
        }
        yield v != Bytes.NOT_A_NUMBER ? v : Bytes.scaled(b, from, to, 0);
      }
    };
  }

  /// @return [Times#NONE] if the range is no such time
  long time(Times times, byte[] b, int from, int to) {
    long t =
        switch (this) {
          case EPOCH -> times.epoch(b, from, to);
          case EPOCH_MILLIS -> times.epochMillis(b, from, to);
          case ISO -> times.iso(b, from, to);
          case BSD -> times.bsd(b, from, to);
          case SNORT -> times.snort(b, from, to);
          case APACHE -> times.apache(b, from, to);
          case MONTH_FIRST -> times.monthFirst(b, from, to);
          default -> times.any(b, from, to);
        };
    return t != Times.NONE && times.end() == to ? t : Times.NONE;
  }

  /// @return 1, 0 or -1 if the range is no truth value
  static int truth(byte[] b, int from, int to) {
    int n = to - from;
    if (n == 1) {
      return switch (b[from]) {
        case 'T', 't', '1', 'Y', 'y' -> 1;
        case 'F', 'f', '0', 'N', 'n' -> 0;
        default -> -1;
      };
    }
    String word = n > 5 ? "" : Bytes.lowerCase(b, from, to);
    return switch (word) {
      case "true", "yes", "on" -> 1;
      case "false", "no", "off" -> 0;
      default -> -1;
    };
  }

  /// The value boxed for a field; null if it can't be one. Times without a zone are UTC here.
  @Nullable Object boxed(Field field, byte[] b, int from, int to) {
    return boxed(field, new Times(ZoneOffset.UTC), new Texts(), b, from, to);
  }

  @Nullable Object boxed(Field field, Times times, Texts texts, byte[] b, int from, int to) {
    return switch (field.type()) {
      case STRING -> text(texts, b, from, to);
      case LONG -> {
        long v = number(b, from, to);
        yield v == Bytes.NOT_A_NUMBER ? null : (Object) v;
      }
      case DOUBLE -> {
        double v = Bytes.real(b, from, to);
        yield Double.isNaN(v) ? null : (Object) v;
      }
      case BOOLEAN -> {
        int v = truth(b, from, to);
        yield v < 0 ? null : (Object) (v == 1);
      }
      case INSTANT -> {
        long t = time(times, b, from, to);
        yield t == Times.NONE
            ? null
            : Instant.ofEpochSecond(Math.floorDiv(t, SECOND), Math.floorMod(t, SECOND));
      }
      case IP -> texts.ip(b, from, to);
    };
  }

  /// Whether a value that is not of this kind is no fault.
  boolean orNothing() {
    return switch (this) {
      case IP_OR_NOTHING,
          NUMBER_OR_NOTHING,
          ACCOUNT_DOMAIN,
          DIRECTORY,
          EXTENSION,
          BASE_NAME,
          ACCOUNT ->
          true;
      default -> false;
    };
  }

  private static String dnsLabels(Texts texts, byte[] b, int from, int to) {
    if (b[from] != '(') {
      return texts.lowerCase(b, from, to);
    }
    StringBuilder name = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int close = b[i] == '(' ? Bytes.indexOf(b, i, to, ')') : -1;
      long length = close < 0 ? Bytes.NOT_A_NUMBER : Bytes.number(b, i + 1, close);
      if (length <= 0 || close + 1 + length > to) {
        break;
      }
      int end = (int) (close + 1 + length);
      name.append(name.isEmpty() ? "" : ".").append(Bytes.lowerCase(b, close + 1, end));
      i = end;
    }
    return name.isEmpty() ? "." : name.toString();
  }

  private static @Nullable String trimmed(Texts texts, byte[] b, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && (b[from] == ' ' || b[from] == ':' || b[from] == '\t')) {
      from++;
    }
    while (to > from && (b[to - 1] == ' ' || b[to - 1] == ':' || b[to - 1] == '\t')) {
      to--;
    }
    return from == to ? null : texts.text(b, from, to);
  }

  private static String auditText(Texts texts, byte[] b, int from, int to) {
    boolean quoted = from > 0 && b[from - 1] == '"';
    if (quoted || (to - from) % 2 != 0) {
      return texts.text(b, from, to);
    }
    byte[] plain = new byte[to - from];
    int n = 0;
    for (int i = from; i < to; i += 2) {
      int hi = Bytes.hexDigit(b[i]);
      int lo = Bytes.hexDigit(b[i + 1]);
      if (hi < 0 || lo < 0) {
        return texts.text(b, from, to);
      }
      int c = hi << 4 | lo;
      // NUL stands between arguments; other controls are shown as a terminal does, ^M.
      if (c == 0) {
        plain[n++] = ' ';
      } else if (c < 0x20 || c == 0x7f) {
        plain[n++] = '^';
        plain[n++] = (byte) (c ^ 0x40);
      } else {
        plain[n++] = (byte) c;
      }
    }
    return Bytes.text(plain, 0, n);
  }

  private static @Nullable String accountDomain(Texts texts, byte[] b, int from, int to) {
    int slash = Bytes.indexOf(b, from, to, '\\');
    if (slash > from) {
      return texts.text(b, from, slash);
    }
    int at = Bytes.indexOf(b, from, to, '@');
    return at > from && at + 1 < to ? texts.text(b, at + 1, to) : null;
  }

  private static int lastSlash(byte[] b, int from, int to) {
    int i = to - 1;
    while (i >= from && b[i] != '/' && b[i] != '\\') {
      i--;
    }
    return i;
  }

  private static @Nullable String directory(Texts texts, byte[] b, int from, int to) {
    int slash = lastSlash(b, from, to);
    if (slash < from) {
      return null;
    }
    return texts.text(b, from, slash == from ? from + 1 : slash);
  }

  private static @Nullable String extension(Texts texts, byte[] b, int from, int to) {
    int name = Math.max(from, lastSlash(b, from, to) + 1);
    int dot = to - 1;
    while (dot > name && b[dot] != '.') {
      dot--;
    }
    return dot <= name || dot + 1 >= to || to - dot > 12 ? null : texts.lowerCase(b, dot + 1, to);
  }

  private static String urlDecoded(Texts texts, byte[] b, int from, int to) {
    if (Bytes.indexOf(b, from, to, '%') < 0) {
      return texts.text(b, from, to);
    }
    byte[] plain = new byte[to - from];
    int n = 0;
    for (int i = from; i < to; i++) {
      int hi = b[i] == '%' && i + 2 < to ? Bytes.hexDigit(b[i + 1]) : -1;
      int lo = hi < 0 ? -1 : Bytes.hexDigit(b[i + 2]);
      if (lo >= 0) {
        plain[n++] = (byte) (hi << 4 | lo);
        i += 2;
      } else {
        plain[n++] = b[i];
      }
    }
    return Bytes.text(plain, 0, n);
  }

  private static @Nullable String transport(byte[] b, int from, int to) {
    if (from == to) {
      return null;
    }
    long n = Bytes.isDigit(b[from]) ? Bytes.number(b, from, to) : -1;
    if (n < 0) {
      // The common ones without a new text for each line.
      if (to - from == 3) {
        int key = ((b[from] | 32) << 16) | ((b[from + 1] | 32) << 8) | (b[from + 2] | 32);
        switch (key) {
          case ('t' << 16) | ('c' << 8) | 'p' -> {
            return "tcp";
          }
          case ('u' << 16) | ('d' << 8) | 'p' -> {
            return "udp";
          }
          default -> {}
        }
      }
      String word = Bytes.lowerCase(b, from, to);
      return switch (word) {
        case "icmp6", "icmpv6", "ipv6-icmp" -> "ipv6-icmp";
        case "unknown_transport", "unknown", "ip" -> null;
        default -> word;
      };
    }
    return switch ((int) n) {
      case 1 -> "icmp";
      case 2 -> "igmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      case 41 -> "ipv6";
      case 47 -> "gre";
      case 50 -> "esp";
      case 51 -> "ah";
      case 58 -> "ipv6-icmp";
      case 89 -> "ospf";
      case 103 -> "pim";
      case 112 -> "vrrp";
      case 132 -> "sctp";
      default -> null;
    };
  }

  /// @return the number of a transport that ECS names, or null
  public static @Nullable String ianaNumber(String transport) {
    return switch (transport) {
      case "icmp" -> "1";
      case "igmp" -> "2";
      case "tcp" -> "6";
      case "udp" -> "17";
      case "gre" -> "47";
      case "esp" -> "50";
      case "ah" -> "51";
      case "ipv6-icmp" -> "58";
      case "ospf" -> "89";
      case "pim" -> "103";
      case "sctp" -> "132";
      default -> null;
    };
  }

  private static @Nullable String ianaNumber(byte[] b, int from, int to) {
    if (from < to && Bytes.isDigit(b[from])) {
      return Bytes.text(b, from, to);
    }
    String name = transport(b, from, to);
    return name == null ? null : ianaNumber(name);
  }

  private static @Nullable String mac(byte[] b, int from, int to) {
    byte[] digits = new byte[12];
    int n = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (Bytes.hexDigit(c) >= 0 && n < 12) {
        digits[n++] = c >= 'a' ? (byte) (c - 32) : c;
      } else if (c != ':' && c != '-' && c != '.') {
        return null;
      }
    }
    if (n != 12) {
      return null;
    }
    byte[] out = new byte[17];
    for (int i = 0; i < 6; i++) {
      out[i * 3] = digits[i * 2];
      out[i * 3 + 1] = digits[i * 2 + 1];
      if (i < 5) {
        out[i * 3 + 2] = '-';
      }
    }
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  /// Groups of digits from the right are seconds, minutes, hours, days; letters and colons only part them.
  private static long clock(byte[] b, int from, int to) {
    long total = 0;
    long group = -1;
    int groups = 0;
    for (int i = from; i <= to; i++) {
      if (i < to && Bytes.isDigit(b[i])) {
        group = (group < 0 ? 0 : group) * 10 + (b[i] - '0');
        if (group > 99_999_999) {
          return Bytes.NOT_A_NUMBER;
        }
      } else {
        if (i < to && "dhms:, ".indexOf(b[i]) < 0) {
          return Bytes.NOT_A_NUMBER;
        }
        if (group >= 0) {
          total = total * (groups == 1 && days(b, from, to) ? 24 : groups == 0 ? 1 : 60) + group;
          groups++;
          group = -1;
        }
      }
    }
    return groups < 2 || groups > 4 || total > 9_000_000_000L ? Bytes.NOT_A_NUMBER : total * SECOND;
  }

  private static boolean days(byte[] b, int from, int to) {
    return Bytes.indexOf(b, from, to, 'd') >= 0;
  }
}
