package metron.parsers.syslog;

import metron.config.Section;
import metron.event.Ecs;
import metron.event.Event;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Times;

/// A syslog header in any of the forms that are met, told apart by looking:
/// ```text
/// <14>1 2026-01-05T08:52:35Z host app 42 ID [id@1 k="v"] text    RFC 5424
/// <14>Jan  5 08:52:35 host app[42]: text                          RFC 3164
/// <14>2026-01-05T08:52:35+01:00 host app: text                    RFC 3164 with an ISO stamp
/// <166>Aug 06 2016 20:39:42: %ASA-…                               a stamp and no host
/// Jan  5 08:52:35 host app: text                                  as files keep it, without priority
/// ```
/// What has no header at all is a message without one: its text is all there is, and it is taken. A stamp that names a day
/// that does not exist refuses the message.
///
/// Option `structured-data`: whether the structured data of RFC 5424 is read (default); `false` leaves it at the head of the text, for
/// products that write what they like there.
///
/// Option `message`: whether the text goes to `message` (default), or is only left to the next link.
public final class SyslogFormat implements Format {
  private static final String[] FACILITIES = {
    "kernel", "user-level", "mail", "system", "security/authorization", "syslogd", "line printer",
        "network news",
    "UUCP", "clock", "security/authorization", "FTP", "NTP", "log audit", "log alert", "clock",
    "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"
  };

  private static final String[] SEVERITIES = {
    "Emergency", "Alert", "Critical", "Error", "Warning", "Notice", "Informational", "Debug"
  };

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] CEF = {'C', 'E', 'F', ':'};
  private static final byte[] LEEF = {'L', 'E', 'E', 'F', ':'};

  private final Mappings mappings;
  private final boolean message;
  private final boolean structuredData;

  private SyslogFormat(Mappings mappings, boolean message, boolean structuredData) {
    this.mappings = mappings;
    this.message = message;
    this.structuredData = structuredData;
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    boolean message = options.bool("message", true);
    boolean structuredData = options.bool("structured-data", true);
    return mappings -> new SyslogFormat(mappings, message, structuredData);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = Bytes.trimEnd(b, d.from(), d.to());
    int i = Bytes.skipBlanks(b, d.from(), to);
    if (i == to) {
      return d.skip("blank");
    }
    d.start(mappings.base());
    Event e = d.event();
    int text = priority(e, b, i, to);
    if (text > i && text + 1 < to && b[text] >= '1' && b[text] <= '9' && b[text + 1] == ' ') {
      text = rfc5424(d, e, b, text, to);
    } else {
      text = rfc3164(d, e, b, Bytes.skipBlanks(b, text, to), to);
    }
    if (text < 0) {
      return false;
    }
    d.payload(text, to);
    if (message && text < to) {
      e.set(Ecs.MESSAGE, Bytes.text(b, text, to));
    }
    return true;
  }

  /// `<0>` to `<191>`.
  ///
  /// @return where the rest begins; `i` if there is no priority
  private static int priority(Event e, byte[] b, int i, int to) {
    if (b[i] != '<') {
      return i;
    }
    int end = i + 1;
    int value = 0;
    while (end < to && end - i <= 3 && Bytes.isDigit(b[end])) {
      value = value * 10 + (b[end++] - '0');
    }
    if (end == i + 1 || end >= to || b[end] != '>' || value > 191) {
      return i;
    }
    int facility = value >> 3;
    int severity = value & 7;
    e.set(Ecs.LOG_SYSLOG_PRIORITY, (long) value);
    e.set(Ecs.LOG_SYSLOG_FACILITY_CODE, (long) facility);
    e.set(Ecs.LOG_SYSLOG_FACILITY_NAME, FACILITIES[facility]);
    e.set(Ecs.LOG_SYSLOG_SEVERITY_CODE, (long) severity);
    e.set(Ecs.LOG_SYSLOG_SEVERITY_NAME, SEVERITIES[severity]);
    e.set(Ecs.EVENT_SEVERITY, (long) severity);
    return end + 1;
  }

  private int rfc5424(Draft d, Event e, byte[] b, int start, int to) {
    e.set(Ecs.LOG_SYSLOG_VERSION, Bytes.text(b, start, start + 1));
    int i = start + 2;
    int end = word(b, i, to);
    if (!nil(b, i, end)) {
      long t = d.times().iso(b, i, end);
      if (t == Times.NONE || d.times().end() != end) {
        return refuse(d, "the time is", "a time of RFC 5424 that exists, or -", b, i, end);
      }
      e.setNanos(Ecs.TIMESTAMP, t);
    }
    i = Math.min(end + 1, to);
    end = word(b, i, to);
    if (i < end && !nil(b, i, end)) {
      host(e, b, i, end);
    }
    i = Math.min(end + 1, to);
    end = word(b, i, to);
    if (i < end && !nil(b, i, end)) {
      String app = Bytes.text(b, i, end);
      e.set(Ecs.LOG_SYSLOG_APPNAME, app);
      e.set(Ecs.PROCESS_NAME, app);
    }
    i = Math.min(end + 1, to);
    end = word(b, i, to);
    if (i < end && !nil(b, i, end)) {
      process(e, b, i, end);
    }
    i = Math.min(end + 1, to);
    end = word(b, i, to);
    if (i < end && !nil(b, i, end)) {
      e.set(Ecs.LOG_SYSLOG_MSGID, Bytes.text(b, i, end));
    }
    i = Math.min(end + 1, to);
    if (i < to && b[i] == '[' && !structuredData) {
      return i;
    }
    if (i < to && b[i] == '[') {
      i = structuredData(d, b, i, to);
      if (i < 0) {
        return -1;
      }
    } else if (i < to) {
      end = word(b, i, to);
      if (!nil(b, i, end)) {
        return refuse(d, "structured data is", "[id name=\"value\"] or -", b, i, end);
      }
      i = end;
    }
    if (i < to && b[i] == ' ') {
      i++;
    }
    return Bytes.startsWith(b, i, to, BOM) ? i + BOM.length : i;
  }

  /// RFC 5424 section 6.3. Each parameter is kept as `log.syslog.structured_data.<id>.<name>`.
  private static int structuredData(Draft d, byte[] b, int start, int to) {
    int i = start;
    while (i < to && b[i] == '[') {
      int idEnd = ++i;
      while (idEnd < to && b[idEnd] != ' ' && b[idEnd] != ']') {
        idEnd++;
      }
      String id = "log.syslog.structured_data." + Bytes.text(b, i, Math.min(idEnd, i + 128));
      i = idEnd;
      while (i < to && b[i] == ' ') {
        i = Bytes.skipBlanks(b, i, to);
        int equals = Bytes.indexOf(b, i, to, '=');
        if (equals <= i || equals + 1 >= to || b[equals + 1] != '"') {
          return refuse(d, "structured data has", "name=\"value\"", b, i, to);
        }
        String name = Bytes.text(b, i, Math.min(equals, i + 128));
        int from = equals + 2;
        int end = from;
        boolean escaped = false;
        while (end < to && b[end] != '"') {
          if (b[end] == '\\') {
            escaped = true;
            end++;
          }
          end++;
        }
        if (end >= to) {
          return refuse(d, "structured data has", "a value that ends with a quote", b, i, to);
        }
        if (escaped) {
          byte[] plain = new byte[end - from];
          int n = 0;
          for (int k = from; k < end; k++) {
            boolean escape =
                b[k] == '\\'
                    && k + 1 < end
                    && (b[k + 1] == '"' || b[k + 1] == '\\' || b[k + 1] == ']');
            plain[n++] = escape ? b[++k] : b[k];
          }
          d.keep(id + "." + name, plain, 0, n);
        } else {
          d.keep(id + "." + name, b, from, end);
        }
        i = end + 1;
      }
      if (i >= to || b[i] != ']') {
        return refuse(
            d, "structured data has", "] at the end of an element", b, Math.min(i, to), to);
      }
      i++;
    }
    return i;
  }

  private static int rfc3164(Draft d, Event e, byte[] b, int start, int to) {
    int i = start;
    // Cisco IOS writes a running number, and a star or point for a clock that is not set.
    int number = i;
    while (number < to && Bytes.isDigit(b[number])) {
      number++;
    }
    if (number > i && number + 1 < to && b[number] == ':' && b[number + 1] == ' ') {
      i = Bytes.skipBlanks(b, number + 1, to);
    }
    if (i + 1 < to && (b[i] == '*' || b[i] == '.') && to - i > 4 && Times.month(b, i + 1) > 0) {
      i++;
    }
    long t = Times.NONE;
    if (to - i >= 14 && Bytes.isDigit(b[i])) {
      t = d.times().iso(b, i, to);
      if (t == Times.NONE && isoLike(b, i)) {
        return refuse(d, "the time is", "a time that exists", b, i, word(b, i, to));
      }
    } else if (to - i >= 14 && Times.month(b, i) > 0 && b[i + 3] == ' ') {
      t = d.times().bsd(b, i, to);
      if (t == Times.NONE && (Bytes.isDigit(b[i + 4]) || Bytes.isDigit(b[i + 5]))) {
        return refuse(d, "the time is", "a time that exists", b, i, Math.min(to, i + 15));
      }
    }
    if (t == Times.NONE) {
      return i;
    }
    e.setNanos(Ecs.TIMESTAMP, t);
    i = d.times().end();
    if (i < to && b[i] == ':') {
      return Bytes.skipBlanks(b, i + 1, to);
    }
    i = Bytes.skipBlanks(b, i, to);
    if (i < to && !payload(b, i, to)) {
      int end = word(b, i, to);
      int tag = tagEnd(b, i, end);
      // A word that ends like a tag is one: the host was left out.
      if (tag < 0) {
        host(e, b, i, end);
        i = Bytes.skipBlanks(b, end, to);
      }
    }
    if (i < to && !payload(b, i, to)) {
      i = tag(e, b, i, to);
    }
    return i;
  }

  /// Takes `app: `, `app[42]: ` off the text.
  private static int tag(Event e, byte[] b, int i, int to) {
    int word = word(b, i, to);
    int end = tagEnd(b, i, word);
    if (end < 0) {
      end = longTagEnd(b, i, to);
      if (end < 0) {
        return i;
      }
    }
    int bracket = Bytes.indexOf(b, i, end, '[');
    int name = bracket < 0 ? end : bracket;
    String app = Bytes.text(b, i, name);
    e.set(Ecs.LOG_SYSLOG_APPNAME, app);
    e.set(Ecs.PROCESS_NAME, app);
    if (bracket >= 0) {
      int close = Bytes.indexOf(b, bracket, end, ']');
      if (close > bracket + 1) {
        process(e, b, bracket + 1, close);
      }
    }
    return Bytes.skipBlanks(b, end + 1, to);
  }

  /// A name with blanks and a process number, `Google Chrome[85294]:`, and that of a launcher, `launchd[1] (com.example):`.
  ///
  /// @return where its colon stands, or -1
  private static int longTagEnd(byte[] b, int i, int to) {
    int most = Math.min(to, i + 128);
    if (i >= most || !letter(b[i])) {
      return -1;
    }
    int p = i;
    while (p < most
        && (letter(b[p]) || Bytes.isDigit(b[p]) || b[p] == ' ' || b[p] == '.' || b[p] == '-')) {
      p++;
    }
    int bracket = p;
    if (bracket >= most || b[bracket] != '[' || bracket == i) {
      return -1;
    }
    p++;
    while (p < most && Bytes.isDigit(b[p])) {
      p++;
    }
    if (p == bracket + 1 || p >= most || b[p] != ']') {
      return -1;
    }
    p++;
    if (p + 1 < most && b[p] == ' ' && b[p + 1] == '(') {
      int close = Bytes.indexOf(b, p, most, ')');
      p = close < 0 ? most : close + 1;
    }
    return p < to && p < most + 1 && b[p] == ':' ? p : -1;
  }

  /// @return where the colon of a tag stands at the end of the word, or -1
  private static int tagEnd(byte[] b, int i, int word) {
    int end = word - 1;
    if (end <= i || b[end] != ':' || end - i > 128 || !letter(b[i])) {
      return -1;
    }
    return Bytes.indexOf(b, i, end, ':') < 0 ? end : -1;
  }

  /// Whether a record of another format begins here, whose first word is no host and no tag.
  private static boolean payload(byte[] b, int i, int to) {
    return b[i] == '%'
        || b[i] == '{'
        || b[i] == ':'
        || Bytes.startsWith(b, i, to, CEF)
        || Bytes.startsWith(b, i, to, LEEF);
  }

  private static void host(Event e, byte[] b, int from, int to) {
    String name = Bytes.text(b, from, to);
    e.set(Ecs.LOG_SYSLOG_HOSTNAME, name);
    e.set(Ecs.HOST_HOSTNAME, name);
  }

  private static void process(Event e, byte[] b, int from, int to) {
    e.set(Ecs.LOG_SYSLOG_PROCID, Bytes.text(b, from, to));
    long pid = Bytes.number(b, from, to);
    if (pid != Bytes.NOT_A_NUMBER) {
      e.set(Ecs.PROCESS_PID, pid);
    }
  }

  private static int word(byte[] b, int from, int to) {
    int end = Bytes.indexOf(b, from, to, ' ');
    return end < 0 ? to : end;
  }

  private static boolean nil(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }

  private static boolean letter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '/' || c == '(';
  }

  private static boolean isoLike(byte[] b, int i) {
    return b[i + 4] == '-' && b[i + 7] == '-';
  }

  private static int refuse(Draft d, String what, String expected, byte[] b, int from, int to) {
    d.reject(what + " \"" + Bytes.excerpt(b, from, to) + "\", expected " + expected, from);
    return -1;
  }
}
