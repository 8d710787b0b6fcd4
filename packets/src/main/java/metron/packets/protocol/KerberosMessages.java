package metron.packets.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a Kerberos 5 message (RFC 4120 section 5) says in clear: its type, realm, client, service, encryption types, error.
final class KerberosMessages {
  private KerberosMessages() {}

  static Optional<Finding> read(byte[] b, int begin, int end) {
    Der outer = new Der(b, begin, end);
    String type =
        switch (outer.tag()) {
          case 0x6a -> "AS-REQ";
          case 0x6b -> "AS-REP";
          case 0x6c -> "TGS-REQ";
          case 0x6d -> "TGS-REP";
          case 0x6e -> "AP-REQ";
          case 0x6f -> "AP-REP";
          case 0x7e -> "KRB-ERROR";
          default -> "";
        };
    Der field = outer.enter(outer.tag()).enter(0x30);
    if (type.isEmpty() || !field.isThere()) {
      return Optional.empty();
    }
    String realm = "";
    String client = "";
    String service = "";
    List<Integer> encryption = new ArrayList<>();
    int error = -1;
    while (field.isThere()) {
      int tag = field.tag() & 31;
      Der value = field.enter(field.tag());
      switch (type) {
        case "AS-REQ", "TGS-REQ" -> {
          if (tag == 4) {
            Der part = value.enter(0x30);
            while (part.isThere()) {
              Der inner = part.enter(part.tag());
              switch (part.tag() & 31) {
                case 1 -> client = principal(inner);
                case 2 -> realm = inner.text();
                case 3 -> service = principal(inner);
                case 8 -> {
                  Der one = inner.enter(0x30);
                  while (one.isThere() && encryption.size() < 32) {
                    encryption.add(one.number());
                    one = one.next();
                  }
                }
                default -> {}
              }
              part = part.next();
            }
          }
        }
        case "AS-REP", "TGS-REP" -> {
          switch (tag) {
            case 3 -> realm = value.text();
            case 4 -> client = principal(value);
            case 5 -> {
              Der part = value.enter(0x61).enter(0x30);
              while (part.isThere()) {
                if ((part.tag() & 31) == 2) {
                  service = principal(part.enter(part.tag()));
                } else if ((part.tag() & 31) == 3) {
                  encryption.add(part.enter(part.tag()).enter(0x30).enter(0xa0).number());
                }
                part = part.next();
              }
            }
            default -> {}
          }
        }
        case "KRB-ERROR" -> {
          switch (tag) {
            case 6 -> error = value.number();
            case 8 -> client = principal(value);
            case 9 -> realm = value.text();
            case 10 -> service = principal(value);
            default -> {}
          }
        }
        default -> {}
      }
      field = field.next();
    }
    return Optional.of(new Finding.Kerberos(type, realm, client, service, encryption, error));
  }

  /// `name-type[0], name-string[1] SEQUENCE OF`; its parts with slashes between.
  private static String principal(Der principal) {
    Der part = principal.enter(0x30);
    if (part.tag() == 0xa0) {
      part = part.next();
    }
    Der name = part.enter(0xa1).enter(0x30);
    StringBuilder text = new StringBuilder();
    while (name.isThere() && text.length() < 1024) {
      text.append(text.isEmpty() ? "" : "/").append(name.text());
      name = name.next();
    }
    return text.toString();
  }
}
