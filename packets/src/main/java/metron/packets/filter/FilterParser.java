package metron.packets.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import metron.event.Cidr;
import metron.event.CommunityId;
import metron.event.IpAddress;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.TagKind;
import metron.packets.filter.Condition.Comparison;
import metron.packets.filter.Condition.Side;

/// Text to a [Condition], by recursive descent over words.
final class FilterParser {
  /// Depth of brackets and negations; each level is a few frames of the stack.
  private static final int MAX_DEPTH = 200;

  private static final int MAX_LENGTH = 64 << 10;

  private static final Map<String, Integer> PORTS =
      Map.ofEntries(
          Map.entry("ftp-data", 20),
          Map.entry("ftp", 21),
          Map.entry("ssh", 22),
          Map.entry("telnet", 23),
          Map.entry("smtp", 25),
          Map.entry("domain", 53),
          Map.entry("tftp", 69),
          Map.entry("http", 80),
          Map.entry("kerberos", 88),
          Map.entry("pop3", 110),
          Map.entry("ntp", 123),
          Map.entry("imap2", 143),
          Map.entry("snmp", 161),
          Map.entry("ldap", 389),
          Map.entry("https", 443),
          Map.entry("microsoft-ds", 445),
          Map.entry("syslog", 514),
          Map.entry("ldaps", 636));

  private static final Map<String, Integer> TCP_FLAGS =
      Map.of(
          "tcp-fin",
          1,
          "tcp-syn",
          2,
          "tcp-rst",
          4,
          "tcp-push",
          8,
          "tcp-ack",
          16,
          "tcp-urg",
          32,
          "tcp-ece",
          64,
          "tcp-cwr",
          128);

  /// @param column from 1
  private record Word(String text, int column) {}

  /// What stands before a value and is taken up by the next value alone.
  private record Qualifier(int network, int protocol, Side side, String type) {}

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int at;
  private Scope scope;
  private int depth;
  private Qualifier last = new Qualifier(0, -1, Side.EITHER, "");

  FilterParser(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  Condition parse() throws FilterSyntaxException {
    if (text.length() > MAX_LENGTH) {
      throw new FilterSyntaxException(
          text.substring(0, 80),
          1,
          "the filter has " + text.length() + " characters, expected at most " + MAX_LENGTH);
    }
    split();
    if (peek().isEmpty()) {
      return new Condition.All();
    }
    Condition condition = expression();
    if (!peek().isEmpty()) {
      throw fault("expected 'and', 'or' or the end, found '" + peek() + "'");
    }
    return condition;
  }

  private void split() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      int start = i;
      if (wordPart(c)) {
        while (i < text.length() && wordPart(text.charAt(i))) {
          i++;
        }
      } else {
        i++;
        String two = start + 2 <= text.length() ? text.substring(start, start + 2) : "";
        if (List.of("&&", "||", "==", "!=", "<=", ">=").contains(two)) {
          i++;
        }
      }
      words.add(new Word(text.substring(start, i), start + 1));
    }
  }

  private static boolean wordPart(char c) {
    return Character.isLetterOrDigit(c)
        || c == '.'
        || c == ':'
        || c == '/'
        || c == '-'
        || c == '_'
        || c == '+';
  }

  private String peek() {
    return at < words.size() ? words.get(at).text() : "";
  }

  private String lower() {
    return peek().toLowerCase(Locale.ROOT);
  }

  private String take() {
    String word = peek();
    at++;
    return word;
  }

  private FilterSyntaxException fault(String message) {
    int column = at < words.size() ? words.get(at).column() : text.length() + 1;
    return new FilterSyntaxException(text, column, message);
  }

  private String found() {
    return peek().isEmpty() ? "the end" : "'" + peek() + "'";
  }

  private Condition expression() throws FilterSyntaxException {
    Condition left = negation();
    while (true) {
      switch (lower()) {
        case "and", "&&" -> {
          at++;
          left = new Condition.And(left, negation());
        }
        case "or", "||" -> {
          at++;
          left = new Condition.Or(left, negation());
        }
        default -> {
          return left;
        }
      }
    }
  }

  private Condition negation() throws FilterSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw fault("more than " + MAX_DEPTH + " brackets or negations one in another");
    }
    try {
      switch (lower()) {
        case "not", "!" -> {
          at++;
          return new Condition.Not(negation());
        }
        case "outer" -> {
          at++;
          Scope before = scope;
          scope = Scope.OUTER;
          Condition inner = negation();
          scope = before;
          return inner;
        }
        case "(" -> {
          at++;
          Condition inner = expression();
          if (!peek().equals(")")) {
            throw fault("expected ')', found " + found());
          }
          at++;
          return inner;
        }
        default -> {
          return primitive();
        }
      }
    } finally {
      depth--;
    }
  }

  private Condition primitive() throws FilterSyntaxException {
    String word = lower();
    switch (word) {
      case "" ->
          throw fault("expected a condition such as 'host 10.0.0.5' or 'port 443', found the end");
      case "vlan" -> {
        return tag(TagKind.VLAN, 4095);
      }
      case "mpls" -> {
        return tag(TagKind.MPLS, 0xfffff);
      }
      case "vxlan" -> {
        return tag(TagKind.VXLAN, 0xffffff);
      }
      case "geneve" -> {
        return tag(TagKind.GENEVE, 0xffffff);
      }
      case "gtp" -> {
        return tag(TagKind.GTP, 0xffff_ffffL);
      }
      case "pppoes" -> {
        return tag(TagKind.PPPOE, 0xffff);
      }
      case "greater" -> {
        at++;
        return new Condition.Length(number("a length", 0xffff_ffffL), Long.MAX_VALUE);
      }
      case "less" -> {
        at++;
        return new Condition.Length(0, number("a length", 0xffff_ffffL));
      }
      case "len" -> {
        at++;
        return length();
      }
      case "community-id" -> {
        at++;
        String id = peek();
        if (peek(1).equals("=")) {
          id += "=";
          at++;
        }
        if (!id.startsWith("1:") || id.length() != 30) {
          throw fault(
              "expected a Community ID such as 1:wCb3OG7yAFWelaUydu0D+125CLM=, found " + found());
        }
        at++;
        return new Condition.CommunityId(id);
      }
      default -> {}
    }
    if (word.equals("tcp") && peek(1).equals("[")) {
      return tcpFlags();
    }
    return qualified();
  }

  private String peek(int ahead) {
    return at + ahead < words.size() ? words.get(at + ahead).text() : "";
  }

  private Condition tag(TagKind kind, long most) throws FilterSyntaxException {
    at++;
    long value = -1;
    if (!peek().isEmpty() && Character.isDigit(peek().charAt(0))) {
      value = number("a number", most);
    }
    Condition condition = new Condition.Tag(kind, value, scope);
    // As with tcpdump, what follows looks behind the tag.
    if (!scope.everyLayer() && kind == TagKind.VLAN) {
      scope = new Scope(false, scope.vlans() + 1, scope.mpls());
    } else if (!scope.everyLayer() && kind == TagKind.MPLS) {
      scope = new Scope(false, scope.vlans(), scope.mpls() + 1);
    }
    return condition;
  }

  private Condition length() throws FilterSyntaxException {
    Comparison comparison = comparison();
    long n = number("a length", 0xffff_ffffL);
    return switch (comparison) {
      case EQUAL -> new Condition.Length(n, n);
      case NOT_EQUAL -> new Condition.Not(new Condition.Length(n, n));
      case LESS -> new Condition.Length(0, n - 1);
      case LESS_OR_EQUAL -> new Condition.Length(0, n);
      case GREATER -> new Condition.Length(n + 1, Long.MAX_VALUE);
      case GREATER_OR_EQUAL -> new Condition.Length(n, Long.MAX_VALUE);
    };
  }

  private Comparison comparison() throws FilterSyntaxException {
    Comparison comparison =
        switch (peek()) {
          case "=", "==" -> Comparison.EQUAL;
          case "!=" -> Comparison.NOT_EQUAL;
          case "<" -> Comparison.LESS;
          case "<=" -> Comparison.LESS_OR_EQUAL;
          case ">" -> Comparison.GREATER;
          case ">=" -> Comparison.GREATER_OR_EQUAL;
          default -> throw fault("expected a comparison such as '==' or '<', found " + found());
        };
    at++;
    return comparison;
  }

  private Condition tcpFlags() throws FilterSyntaxException {
    at += 2;
    if (!lower().equals("tcpflags") && !peek().equals("13")) {
      throw fault("expected 'tcpflags' (or 13, where they are), found " + found());
    }
    at++;
    expect("]");
    int mask = 255;
    if (peek().equals("&")) {
      at++;
      mask = flagBits();
    }
    Comparison comparison = comparison();
    return new Condition.TcpFlags(mask, comparison, flagBits(), scope);
  }

  private int flagBits() throws FilterSyntaxException {
    boolean bracket = peek().equals("(");
    if (bracket) {
      at++;
    }
    int bits = flagBit();
    while (peek().equals("|")) {
      at++;
      bits |= flagBit();
    }
    if (bracket) {
      expect(")");
    }
    return bits;
  }

  private int flagBit() throws FilterSyntaxException {
    Integer named = TCP_FLAGS.get(lower());
    if (named != null) {
      at++;
      return named;
    }
    return (int) number("a flag such as tcp-syn, or a number", 255);
  }

  private void expect(String wanted) throws FilterSyntaxException {
    if (!peek().equals(wanted)) {
      throw fault("expected '" + wanted + "', found " + found());
    }
    at++;
  }

  private long number(String what, long most) throws FilterSyntaxException {
    String word = lower();
    boolean hex = word.startsWith("0x");
    String digits = hex ? word.substring(2) : word;
    long value = -1;
    if (!digits.isEmpty() && digits.length() <= 12) {
      try {
        value = Long.parseLong(digits, hex ? 16 : 10);
      } catch (NumberFormatException e) {
        value = -1;
      }
    }
    if (value < 0 || value > most) {
      throw fault("expected " + what + " from 0 to " + most + ", found " + found());
    }
    at++;
    return value;
  }

  /// `[protocol] [src|dst] [host|net|port|portrange|proto] value`, each part of it.
  private Condition qualified() throws FilterSyntaxException {
    int start = at;
    int network = 0;
    int protocol = -1;
    Side side = Side.EITHER;
    switch (lower()) {
      case "ip" -> network = DecodedPacket.IPV4;
      case "ip6" -> network = DecodedPacket.IPV6;
      case "arp", "rarp" -> network = DecodedPacket.ARP;
      case "tcp" -> protocol = DecodedPacket.TCP;
      case "udp" -> protocol = DecodedPacket.UDP;
      case "sctp" -> protocol = DecodedPacket.SCTP;
      case "icmp" -> {
        at++;
        return new Condition.Protocol(DecodedPacket.ICMP, DecodedPacket.IPV4, scope);
      }
      case "icmp6" -> {
        at++;
        return new Condition.Protocol(DecodedPacket.ICMP_V6, DecodedPacket.IPV6, scope);
      }
      case "igmp", "gre", "esp", "ah", "pim", "vrrp" -> {
        return new Condition.Protocol(CommunityId.protocolNumber(take()), 0, scope);
      }
      default -> {}
    }
    boolean named = network != 0 || protocol >= 0;
    if (named) {
      at++;
    }
    String word = lower();
    boolean sided = word.equals("src") || word.equals("dst");
    if (sided) {
      at++;
      side = word.equals("src") ? Side.SOURCE : Side.DESTINATION;
      String other = word.equals("src") ? "dst" : "src";
      if (peek(1).toLowerCase(Locale.ROOT).equals(other)
          && (lower().equals("or") || lower().equals("and"))) {
        side = lower().equals("or") ? Side.EITHER : Side.BOTH;
        at += 2;
      }
    }
    String type = lower();
    switch (type) {
      case "host", "net", "port", "portrange" -> at++;
      case "proto" -> {
        at++;
        return new Condition.Protocol(protocolNumber(), network, scope);
      }
      default -> {
        if (named && !sided) {
          return protocol >= 0
              ? new Condition.Protocol(protocol, network, scope)
              : new Condition.Network(network, scope);
        }
        // A value alone after another takes up what stood before that one.
        boolean value = !type.isEmpty() && isValue(type);
        if (value && !sided && !last.type().isEmpty()) {
          return valueOf(last);
        }
        if (!value || !sided) {
          at = sided ? at : start;
          throw fault(
              "expected "
                  + (sided
                      ? "'host', 'net', 'port', 'portrange' or an address"
                      : "a condition such as 'host 10.0.0.5', 'port 443' or 'tcp'")
                  + ", found "
                  + found());
        }
        type = "host";
      }
    }
    last = new Qualifier(network, protocol, side, type);
    return valueOf(last);
  }

  private static boolean isValue(String word) {
    return Character.isDigit(word.charAt(0)) || word.indexOf(':') >= 0 || PORTS.containsKey(word);
  }

  private Condition valueOf(Qualifier q) throws FilterSyntaxException {
    if (q.protocol() >= 0 && (q.type().equals("host") || q.type().equals("net"))) {
      throw fault(
          "'" + q.type() + "' belongs to an IP header; write 'tcp and " + q.type() + " …' instead");
    }
    return switch (q.type()) {
      case "host" -> {
        Optional<IpAddress> address = IpAddress.parse(peek());
        if (address.isEmpty()) {
          throw fault(
              "expected an address such as 10.0.0.5 or 2001:db8::1, found "
                  + found()
                  + (peek().indexOf('/') > 0 ? "; write 'net' before a network" : ""));
        }
        at++;
        yield new Condition.Address(q.side(), new Cidr(address.get(), 128), q.network(), scope);
      }
      case "net" -> new Condition.Address(q.side(), network(), q.network(), scope);
      case "port" -> {
        int port = port();
        yield new Condition.Port(q.side(), port, port, q.protocol(), q.network(), scope);
      }
      default -> {
        String range = peek();
        int dash = range.indexOf('-');
        int from = dash < 0 ? -1 : portNumber(range.substring(0, dash));
        int to = dash < 0 ? -1 : portNumber(range.substring(dash + 1));
        if (from < 0 || to < from) {
          throw fault("expected a range such as 6000-6063, found " + found());
        }
        at++;
        yield new Condition.Port(q.side(), from, to, q.protocol(), q.network(), scope);
      }
    };
  }

  private Cidr network() throws FilterSyntaxException {
    String word = peek();
    // 10.1 is 10.1.0.0/16, as tcpdump has it.
    if (word.matches("\\d{1,3}(\\.\\d{1,3}){0,2}")) {
      int parts = word.split("\\.").length;
      word = word + ".0".repeat(4 - parts) + "/" + 8 * parts;
    }
    Optional<Cidr> cidr = Cidr.parse(word);
    if (cidr.isEmpty()) {
      throw fault("expected a network such as 10.0.0.0/8 or 2001:db8::/32, found " + found());
    }
    at++;
    if (lower().equals("mask")) {
      at++;
      Optional<IpAddress> mask = IpAddress.parse(peek());
      int bits = mask.isPresent() && mask.get().isV4() ? mask.get().v4Bits() : 1;
      if (bits != 0 && (~bits & (~bits + 1)) != 0) {
        throw fault("expected a mask such as 255.255.255.0, found " + found());
      }
      at++;
      return new Cidr(cidr.get().address(), 96 + Integer.bitCount(bits));
    }
    return cidr.get();
  }

  private int port() throws FilterSyntaxException {
    int port = portNumber(lower());
    if (port < 0) {
      throw fault("expected a port from 0 to 65535 or a name such as 'https', found " + found());
    }
    at++;
    return port;
  }

  /// -1 if it is none.
  private static int portNumber(String word) {
    Integer named = PORTS.get(word);
    if (named != null) {
      return named;
    }
    if (!word.matches("\\d{1,5}")) {
      return -1;
    }
    int port = Integer.parseInt(word);
    return port <= 65_535 ? port : -1;
  }

  private int protocolNumber() throws FilterSyntaxException {
    int named = peek().isEmpty() ? -1 : CommunityId.protocolNumber(lower());
    if (named >= 0) {
      at++;
      return named;
    }
    return (int) number("a protocol number or a name such as 'gre',", 255);
  }
}
