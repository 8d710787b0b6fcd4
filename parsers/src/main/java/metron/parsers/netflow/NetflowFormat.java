package metron.parsers.netflow;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import metron.config.Section;
import metron.event.Ecs;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;

/// One datagram of NetFlow v5, NetFlow v9 (RFC 3954) or IPFIX (RFC 7011), an event for each flow record. Fields have the names of
/// IANA's registry of information elements (`sourceIPv4Address`); one that is not known here is `element<number>`, of an enterprise
/// `enterprise<number>_<number>`. Times that count from the start of the exporter are moments.
///
/// Templates come in the datagram, or with it as metadata ([Templates]). Records of options, which tell of the exporter, are passed
/// over. A datagram all of whose sets lack their template is refused: it can be read again once the template is there.
public final class NetflowFormat implements Format {
  private static final int MOST_RECORDS = 10_000;

  private enum As {
    NUMBER,
    IPV4,
    IPV6,
    MAC,
    TEXT,
    MILLIS,
    SECONDS,
    UPTIME
  }

  private record Element(String name, As as) {}

  private static final Map<Integer, Element> ELEMENTS = new HashMap<>();

  private static void add(int number, String name, As as) {
    ELEMENTS.put(number, new Element(name, as));
  }

  static {
    add(1, "octetDeltaCount", As.NUMBER);
    add(2, "packetDeltaCount", As.NUMBER);
    add(3, "deltaFlowCount", As.NUMBER);
    add(4, "protocolIdentifier", As.NUMBER);
    add(5, "ipClassOfService", As.NUMBER);
    add(6, "tcpControlBits", As.NUMBER);
    add(7, "sourceTransportPort", As.NUMBER);
    add(8, "sourceIPv4Address", As.IPV4);
    add(9, "sourceIPv4PrefixLength", As.NUMBER);
    add(10, "ingressInterface", As.NUMBER);
    add(11, "destinationTransportPort", As.NUMBER);
    add(12, "destinationIPv4Address", As.IPV4);
    add(13, "destinationIPv4PrefixLength", As.NUMBER);
    add(14, "egressInterface", As.NUMBER);
    add(15, "ipNextHopIPv4Address", As.IPV4);
    add(16, "bgpSourceAsNumber", As.NUMBER);
    add(17, "bgpDestinationAsNumber", As.NUMBER);
    add(21, "flowEndSysUpTime", As.UPTIME);
    add(22, "flowStartSysUpTime", As.UPTIME);
    add(23, "postOctetDeltaCount", As.NUMBER);
    add(24, "postPacketDeltaCount", As.NUMBER);
    add(27, "sourceIPv6Address", As.IPV6);
    add(28, "destinationIPv6Address", As.IPV6);
    add(32, "icmpTypeCodeIPv4", As.NUMBER);
    add(34, "samplingInterval", As.NUMBER);
    add(52, "minimumTTL", As.NUMBER);
    add(53, "maximumTTL", As.NUMBER);
    add(56, "sourceMacAddress", As.MAC);
    add(57, "postDestinationMacAddress", As.MAC);
    add(58, "vlanId", As.NUMBER);
    add(59, "postVlanId", As.NUMBER);
    add(60, "ipVersion", As.NUMBER);
    add(61, "flowDirection", As.NUMBER);
    add(62, "ipNextHopIPv6Address", As.IPV6);
    add(80, "destinationMacAddress", As.MAC);
    add(81, "postSourceMacAddress", As.MAC);
    add(82, "interfaceName", As.TEXT);
    add(85, "octetTotalCount", As.NUMBER);
    add(86, "packetTotalCount", As.NUMBER);
    add(95, "applicationId", As.NUMBER);
    add(96, "applicationName", As.TEXT);
    add(136, "flowEndReason", As.NUMBER);
    add(148, "flowId", As.NUMBER);
    add(150, "flowStartSeconds", As.SECONDS);
    add(151, "flowEndSeconds", As.SECONDS);
    add(152, "flowStartMilliseconds", As.MILLIS);
    add(153, "flowEndMilliseconds", As.MILLIS);
    add(161, "flowDurationMilliseconds", As.NUMBER);
    add(176, "icmpTypeIPv4", As.NUMBER);
    add(177, "icmpCodeIPv4", As.NUMBER);
    add(225, "postNATSourceIPv4Address", As.IPV4);
    add(226, "postNATDestinationIPv4Address", As.IPV4);
    add(227, "postNAPTSourceTransportPort", As.NUMBER);
    add(228, "postNAPTDestinationTransportPort", As.NUMBER);
    add(231, "initiatorOctets", As.NUMBER);
    add(232, "responderOctets", As.NUMBER);
    add(233, "firewallEvent", As.NUMBER);
    add(234, "ingressVRFID", As.NUMBER);
    add(298, "initiatorPackets", As.NUMBER);
    add(299, "responderPackets", As.NUMBER);
    add(323, "observationTimeMilliseconds", As.MILLIS);
    add(371, "userName", As.TEXT);
  }

  private final Mapping mapping;
  private final Templates templates = new Templates();
  private final byte[] scratch = new byte[64];

  private NetflowFormat(Mappings mappings) {
    this.mapping = mappings.base();
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return NetflowFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int from = d.from();
    int to = d.to();
    int version = to - from >= 4 ? Sets.u16(b, from) : 0;
    if (version == 5) {
      return version5(d, b, from, to);
    }
    if (version != 9 && version != 10) {
      return d.reject("version is " + version + ", expected NetFlow 5 or 9 or IPFIX (10)", from);
    }
    int header = version == 10 ? 16 : 20;
    if (to - from < header) {
      return d.reject(
          "a datagram of " + (to - from) + " bytes, expected a header of " + header, from);
    }
    Sets sets = new Sets(b, from, to);
    templates.clear();
    String before = d.raw().metadata().get(Templates.METADATA);
    if (before != null) {
      templates.read(sets.source(), before);
    }
    long exported = Sets.u32(b, from + (version == 10 ? 4 : 8)) * 1_000;
    long started = version == 10 ? -1 : exported - Sets.u32(b, from + 4);
    int records = 0;
    int missing = -1;
    boolean any = false;
    while (sets.next()) {
      any = true;
      if (sets.isTemplates()) {
        sets.learn(templates);
      } else if (sets.isData()) {
        Templates.Template template = templates.get(sets.source(), sets.id());
        if (template == null) {
          missing = sets.id();
        } else if (!template.options()) {
          records = set(d, b, sets, template, exported, started, records);
        }
      }
    }
    if (records > 0) {
      return true;
    }
    return missing >= 0
        ? d.reject(
            "template " + missing + " of source " + sets.source() + " has not come yet", from)
        : any
            ? d.skip("templates and options only")
            : d.reject("no whole set in the datagram", from);
  }

  private int set(
      Draft d,
      byte[] b,
      Sets sets,
      Templates.Template template,
      long exported,
      long started,
      int before) {
    int records = before;
    int i = sets.from();
    int least = template.least();
    while (least > 0 && i + least <= sets.end() && records < MOST_RECORDS) {
      int length = length(b, i, sets.end(), template);
      if (length < 0) {
        break;
      }
      begin(d, records++, exported);
      int p = i;
      for (int f = 0; f < template.size(); f++) {
        int size = template.fields()[3 * f + 2];
        if (size == 0xffff) {
          size = b[p++] & 255;
          if (size == 255) {
            size = Sets.u16(b, p);
            p += 2;
          }
        }
        field(d, template.fields()[3 * f], template.fields()[3 * f + 1], b, p, size, started);
        p += size;
      }
      i += length;
    }
    return records;
  }

  /// The length of the record at `from`, or -1 if it is not whole.
  private static int length(byte[] b, int from, int end, Templates.Template template) {
    int p = from;
    for (int f = 0; f < template.size(); f++) {
      int size = template.fields()[3 * f + 2];
      if (size == 0xffff) {
        if (p >= end) {
          return -1;
        }
        size = b[p++] & 255;
        if (size == 255) {
          if (p + 2 > end) {
            return -1;
          }
          size = Sets.u16(b, p);
          p += 2;
        }
      }
      p += size;
      if (p > end) {
        return -1;
      }
    }
    return p - from;
  }

  private void begin(Draft d, int record, long exported) {
    if (record > 0) {
      d.next();
    }
    d.start(mapping);
    d.event().setNanos(Ecs.TIMESTAMP, exported * 1_000_000L);
  }

  /// 24 bytes of header, 48 bytes a record (Cisco, "NetFlow Export Datagram Format").
  private boolean version5(Draft d, byte[] b, int from, int to) {
    int count = Sets.u16(b, from + 2);
    if (count == 0 || count > 30 || to - from < 24 + 48 * count) {
      return d.reject(
          count + " records in " + (to - from) + " bytes, expected 1 to 30 of 48 bytes behind 24",
          from);
    }
    long exported = Sets.u32(b, from + 8) * 1_000 + Sets.u32(b, from + 12) / 1_000_000;
    long started = exported - Sets.u32(b, from + 4);
    for (int r = 0; r < count; r++) {
      int i = from + 24 + 48 * r;
      begin(d, r, exported);
      field(d, 0, 8, b, i, 4, started);
      field(d, 0, 12, b, i + 4, 4, started);
      field(d, 0, 15, b, i + 8, 4, started);
      field(d, 0, 10, b, i + 12, 2, started);
      field(d, 0, 14, b, i + 14, 2, started);
      field(d, 0, 2, b, i + 16, 4, started);
      field(d, 0, 1, b, i + 20, 4, started);
      field(d, 0, 22, b, i + 24, 4, started);
      field(d, 0, 21, b, i + 28, 4, started);
      field(d, 0, 7, b, i + 32, 2, started);
      field(d, 0, 11, b, i + 34, 2, started);
      field(d, 0, 6, b, i + 37, 1, started);
      field(d, 0, 4, b, i + 38, 1, started);
      field(d, 0, 5, b, i + 39, 1, started);
      field(d, 0, 16, b, i + 40, 2, started);
      field(d, 0, 17, b, i + 42, 2, started);
    }
    return true;
  }

  private void field(
      Draft d, int enterprise, int number, byte[] b, int at, int size, long started) {
    Element element = enterprise == 0 ? ELEMENTS.get(number) : null;
    if (element == null) {
      if (number > 0 && size > 0 && size <= 8) {
        String name =
            enterprise == 0 ? "element" + number : "enterprise" + enterprise + "_" + number;
        number(d, mapping.target(name), b, at, size, 0);
      }
      return;
    }
    Target target = mapping.target(element.name());
    switch (element.as()) {
      case NUMBER, SECONDS, MILLIS -> number(d, target, b, at, size, 0);
      case UPTIME -> number(d, target, b, at, size, Math.max(started, 0));
      case IPV4 -> address(d, target, b, at, size, 4);
      case IPV6 -> address(d, target, b, at, size, 16);
      case MAC -> mac(d, target, b, at, size);
      case TEXT -> {
        int end = at + size;
        while (end > at && b[end - 1] == 0) {
          end--;
        }
        target.set(d, b, at, end);
      }
    }
  }

  private void number(Draft d, Target target, byte[] b, int at, int size, long plus) {
    if (size < 1 || size > 8) {
      return;
    }
    long v = 0;
    for (int i = at; i < at + size; i++) {
      v = v << 8 | (b[i] & 255);
    }
    byte[] text = Long.toUnsignedString(v + plus).getBytes(StandardCharsets.ISO_8859_1);
    target.set(d, text, 0, text.length, Kind.INTEGER);
  }

  private void address(Draft d, Target target, byte[] b, int at, int size, int expected) {
    if (size == expected) {
      byte[] text =
          metron.event.IpAddress.of(java.util.Arrays.copyOfRange(b, at, at + size))
              .toString()
              .getBytes(StandardCharsets.ISO_8859_1);
      target.set(d, text, 0, text.length);
    }
  }

  private void mac(Draft d, Target target, byte[] b, int at, int size) {
    if (size != 6) {
      return;
    }
    int n = 0;
    for (int i = 0; i < 6; i++) {
      if (i > 0) {
        scratch[n++] = ':';
      }
      scratch[n++] = (byte) Character.forDigit(b[at + i] >> 4 & 15, 16);
      scratch[n++] = (byte) Character.forDigit(b[at + i] & 15, 16);
    }
    target.set(d, scratch, 0, n);
  }
}
