package metron.packets.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import metron.event.IpAddress;

/// Reads DNS messages (RFC 1035 section 4, RFC 3596, RFC 2782). A name may point back only, at most 64 times, and is at most 255
/// bytes; a message gives at most 512 records. What is cut or malformed ends the message there.
final class DnsMessages {
  private static final int MOST_RECORDS = 512;
  private static final int MOST_JUMPS = 64;
  private static final int MOST_NAME = 255;

  private final byte[] b;
  private final int begin;
  private final int end;
  private int at;
  private boolean broken;

  private DnsMessages(byte[] b, int begin, int end) {
    this.b = b;
    this.begin = begin;
    this.end = end;
    at = begin + 12;
  }

  /// Empty if the header cannot be that of a DNS message.
  static Optional<Finding.Dns> read(byte[] b, int begin, int end, boolean tcp) {
    if (end - begin < 12) {
      return Optional.empty();
    }
    int flags = Names.u16(b, begin + 2);
    int questions = Names.u16(b, begin + 4);
    int total = Names.u16(b, begin + 6) + Names.u16(b, begin + 8) + Names.u16(b, begin + 10);
    int operation = (flags >> 11) & 15;
    if (operation > 6 || questions > 64 || (questions == 0 && total == 0 && end - begin > 12)) {
      return Optional.empty();
    }
    DnsMessages message = new DnsMessages(b, begin, end);
    List<Finding.Question> asked = new ArrayList<>();
    for (int i = 0; i < questions && !message.broken; i++) {
      message.question(asked);
    }
    if (message.broken && asked.isEmpty()) {
      return Optional.empty();
    }
    List<Finding.Resource> records = new ArrayList<>();
    for (int section = 1; section <= 3; section++) {
      int count = Names.u16(b, begin + 4 + 2 * section);
      for (int i = 0; i < count && !message.broken && records.size() < MOST_RECORDS; i++) {
        message.record(section, records);
      }
    }
    return Optional.of(new Finding.Dns(Names.u16(b, begin), flags, tcp, asked, records));
  }

  private void question(List<Finding.Question> to) {
    String name = name();
    if (broken || end - at < 4) {
      broken = true;
      return;
    }
    to.add(new Finding.Question(name, Names.u16(b, at), Names.u16(b, at + 2)));
    at += 4;
  }

  private void record(int section, List<Finding.Resource> to) {
    String name = name();
    if (broken || end - at < 10) {
      broken = true;
      return;
    }
    int type = Names.u16(b, at);
    int inClass = Names.u16(b, at + 2);
    long ttl = Names.u32(b, at + 4);
    int length = Names.u16(b, at + 8);
    at += 10;
    if (end - at < length) {
      broken = true;
      return;
    }
    int stop = at + length;
    String data = data(type, length, stop);
    at = stop;
    to.add(new Finding.Resource(section, name, type, inClass, ttl, data));
  }

  private String data(int type, int length, int stop) {
    boolean wasBroken = broken;
    String text =
        switch (type) {
          case 1 -> length == 4 ? address(4) : hex(at, stop);
          case 28 -> length == 16 ? address(16) : hex(at, stop);
          case 2, 5, 12, 39 -> name();
          case 15 -> {
            if (length < 3) {
              yield hex(at, stop);
            }
            int preference = Names.u16(b, at);
            at += 2;
            yield preference + " " + name();
          }
          case 33 -> {
            if (length < 7) {
              yield hex(at, stop);
            }
            String numbers =
                Names.u16(b, at) + " " + Names.u16(b, at + 2) + " " + Names.u16(b, at + 4) + " ";
            at += 6;
            yield numbers + name();
          }
          case 6 -> name() + " " + name();
          case 16 -> text(stop);
          default -> hex(at, stop);
        };
    // The record's length says where the next begins, whatever its data is.
    broken = wasBroken;
    return text;
  }

  private String address(int length) {
    return IpAddress.of(Arrays.copyOfRange(b, at, at + length)).toString();
  }

  private String hex(int from, int to) {
    return HexFormat.of().formatHex(b, from, Math.min(to, from + 64));
  }

  private String text(int stop) {
    StringBuilder all = new StringBuilder();
    int p = at;
    while (p < stop) {
      int length = Math.min(b[p] & 255, stop - p - 1);
      all.append(Names.utf8(b, p + 1, p + 1 + length));
      p += 1 + length;
    }
    return all.toString();
  }

  /// Reads a name at [#at] and goes behind it.
  private String name() {
    StringBuilder name = new StringBuilder(40);
    int p = at;
    int after = -1;
    int jumps = 0;
    int bytes = 0;
    while (true) {
      if (p >= end || p < begin) {
        broken = true;
        break;
      }
      int length = b[p] & 255;
      if (length == 0) {
        p++;
        break;
      }
      if (length >= 0xc0) {
        if (p + 1 >= end || ++jumps > MOST_JUMPS) {
          broken = true;
          break;
        }
        int target = begin + ((length & 0x3f) << 8 | (b[p + 1] & 255));
        if (after < 0) {
          after = p + 2;
        }
        if (target >= p) {
          // Forward or to itself: a loop or nonsense.
          broken = true;
          break;
        }
        p = target;
        continue;
      }
      bytes += length + 1;
      if (length > 63 || p + 1 + length > end || bytes > MOST_NAME) {
        broken = true;
        break;
      }
      if (!name.isEmpty()) {
        name.append('.');
      }
      label(name, p + 1, length);
      p += 1 + length;
    }
    at = after >= 0 ? after : p;
    return name.toString();
  }

  private void label(StringBuilder name, int from, int length) {
    for (int i = from; i < from + length; i++) {
      int c = b[i] & 255;
      if (c > 32 && c < 127 && c != '.' && c != '\\') {
        name.append((char) c);
      } else {
        name.append('\\')
            .append((char) ('0' + c / 100))
            .append((char) ('0' + c / 10 % 10))
            .append((char) ('0' + c % 10));
      }
    }
  }

  /// `A`, `AAAA`, …; `TYPE65` for one that is not known here (RFC 3597).
  static String typeName(int type) {
    return switch (type) {
      case 1 -> "A";
      case 2 -> "NS";
      case 5 -> "CNAME";
      case 6 -> "SOA";
      case 10 -> "NULL";
      case 12 -> "PTR";
      case 13 -> "HINFO";
      case 15 -> "MX";
      case 16 -> "TXT";
      case 28 -> "AAAA";
      case 33 -> "SRV";
      case 35 -> "NAPTR";
      case 39 -> "DNAME";
      case 41 -> "OPT";
      case 43 -> "DS";
      case 46 -> "RRSIG";
      case 47 -> "NSEC";
      case 48 -> "DNSKEY";
      case 50 -> "NSEC3";
      case 52 -> "TLSA";
      case 64 -> "SVCB";
      case 65 -> "HTTPS";
      case 251 -> "IXFR";
      case 252 -> "AXFR";
      case 255 -> "ANY";
      case 257 -> "CAA";
      default -> "TYPE" + type;
    };
  }

  static String responseCodeName(int code) {
    return switch (code) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 6 -> "YXDOMAIN";
      case 9 -> "NOTAUTH";
      default -> "RCODE" + code;
    };
  }
}
