package metron.parsers.zeek;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.config.Section;
import metron.event.RawMessage;
import metron.event.json.JsonKey;
import metron.event.json.JsonTape;
import metron.parsers.json.JsonWalker;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A record of any Zeek log. A line that starts with `{` is JSON, one that starts with `#` is a header, any other is
/// tab-separated.
///
/// The log type comes from `_path` in the record, the form `{"conn": {…}}` that the Kafka writer makes, the header's
/// `#path`, the name of the file, or names that only one log has, in this order.
public final class ZeekFormat implements Format {
  /// A name and the log that has it, for records that come without any other sign.
  private static final String[][] SIGNS = {
    {"conn_state", "conn"},
    {"qtype_name", "dns"},
    {"trans_depth", "http"},
    {"cert_chain_fps", "ssl"},
    {"cipher", "ssl"},
    {"tx_hosts", "files"},
    {"fuid", "files"},
    {"note", "notice"},
    {"certificate.serial", "x509"},
  };

  private final Mappings mappings;
  private final JsonWalker json = new JsonWalker();
  private final JsonTape tape = json.tape();
  private final JsonKey path = tape.learn("_path".getBytes(StandardCharsets.UTF_8));
  private final JsonKey[] signs = new JsonKey[SIGNS.length];

  private @Nullable Columns columns;
  private byte[] scratch = new byte[256];

  private ZeekFormat(Mappings mappings) {
    this.mappings = mappings;
    for (int i = 0; i < SIGNS.length; i++) {
      signs[i] = tape.learn(SIGNS[i][0].getBytes(StandardCharsets.UTF_8));
    }
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return ZeekFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int from = d.from();
    int to = Bytes.trimEnd(b, from, d.to());
    // A tab at the end is an empty column, not white space.
    while (to < d.to() && b[to] == '\t') {
      to++;
    }
    if (from == to) {
      return d.skip("blank");
    }
    return switch (b[from]) {
      case '{' -> json(d, b, from, to);
      case '#' -> d.skip("header");
      default -> columns(d, b, from, to);
    };
  }

  private boolean json(Draft d, byte[] b, int from, int to) {
    int end = json.read(d, b, from, to);
    if (end < 0) {
      return false;
    }
    if (end < to) {
      return d.reject("expected the end after a JSON object at byte " + end, end);
    }
    int object = 0;
    Mapping mapping = null;
    int type = tape.find(0, path);
    int first = tape.first(0);
    if (type >= 0 && tape.kind(type) == JsonTape.STRING) {
      mapping = mappings.of(b, tape.from(type), tape.to(type));
    } else if (first < tape.size()
        && tape.kind(first) == JsonTape.OBJECT
        && tape.after(first) == tape.size()) {
      byte[] name = tape.key(first).bytes();
      mapping = mappings.of(name, 0, name.length);
      object = first;
    } else {
      mapping = byFile(d.raw());
      for (int i = 0; mapping == null && i < SIGNS.length; i++) {
        if (tape.find(0, signs[i]) >= 0) {
          mapping = mappings.of(SIGNS[i][1]);
        }
      }
    }
    d.start(mapping == null ? mappings.base() : mapping);
    json.map(d, d.mapping().root(), object);
    return true;
  }

  /// `conn.log`, `conn.2026-01-05-08.log.gz`, `conn_20260105.log`, `zeek-conn.json`: the first word that is a log type.
  private @Nullable Mapping byFile(RawMessage raw) {
    String file = raw.metadata().get(RawMessage.FILE);
    if (file == null) {
      return null;
    }
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    byte[] b = name.getBytes(StandardCharsets.UTF_8);
    int dot = Bytes.indexOf(b, 0, b.length, '.');
    int whole = dot < 0 ? b.length : dot;
    if (mappings.knows(b, 0, whole)) {
      return mappings.of(b, 0, whole);
    }
    int start = 0;
    for (int i = 0; i <= b.length; i++) {
      if (i == b.length || b[i] == '.' || b[i] == '_' || b[i] == '-') {
        if (mappings.knows(b, start, i)) {
          return mappings.of(b, start, i);
        }
        start = i + 1;
      }
    }
    return null;
  }

  private boolean columns(Draft d, byte[] b, int from, int to) {
    String text = d.raw().metadata().get(ZeekHeader.METADATA);
    if (text == null) {
      return d.reject(
          "a tab-separated record without its header; expected metadata '"
              + ZeekHeader.METADATA
              + "' with the #fields line, or JSON",
          from);
    }
    Columns c = columns;
    if (c == null || !c.text.equals(text)) {
      ZeekHeader header = ZeekHeader.parse(text);
      if (header == null) {
        return d.reject("the header of this record has no #fields line", from);
      }
      c = new Columns(text, header, mapping(header, d.raw()));
      columns = c;
    }
    d.start(c.mapping);
    int column = 0;
    int start = from;
    int n = c.targets.length;
    byte[] separator = c.separator;
    byte first = separator[0];
    for (int i = from; ; i++) {
      if (i < to
          && (b[i] != first || (separator.length > 1 && !Bytes.startsWith(b, i, to, separator)))) {
        continue;
      }
      if (column == n) {
        return d.reject("found more columns than the " + n + " of #fields", start);
      }
      column(d, c, column++, b, start, i);
      if (i >= to) {
        break;
      }
      i += separator.length - 1;
      start = i + 1;
    }
    if (column < n) {
      return d.reject("found " + column + " columns, expected the " + n + " of #fields", to);
    }
    return true;
  }

  private void column(Draft d, Columns c, int column, byte[] b, int from, int to) {
    if (from == to || Bytes.equals(b, from, to, c.unset) || Bytes.equals(b, from, to, c.empty)) {
      return;
    }
    Target target = c.targets[column];
    Kind kind = c.kinds[column];
    if (!c.lists[column]) {
      value(d, target, kind, b, from, to, false);
      return;
    }
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == c.setSeparator) {
        if (!Bytes.equals(b, start, i, c.unset)) {
          value(d, target, kind, b, start, i, true);
        }
        start = i + 1;
      }
    }
    d.endArray();
  }

  /// Zeek writes bytes outside printable ASCII, and its separators, as `\xHH`.
  private void value(Draft d, Target target, Kind kind, byte[] b, int from, int to, boolean item) {
    byte[] bytes = b;
    int start = from;
    int end = to;
    if (kind == Kind.TEXT && Bytes.indexOf(b, from, to, '\\') >= 0) {
      if (scratch.length < to - from) {
        scratch = new byte[to - from];
      }
      int n = 0;
      int i = from;
      while (i < to) {
        if (b[i] == '\\'
            && i + 3 < to
            && b[i + 1] == 'x'
            && Bytes.hexDigit(b[i + 2]) >= 0
            && Bytes.hexDigit(b[i + 3]) >= 0) {
          scratch[n++] = (byte) ((Bytes.hexDigit(b[i + 2]) << 4) | Bytes.hexDigit(b[i + 3]));
          i += 4;
        } else {
          scratch[n++] = b[i++];
        }
      }
      bytes = scratch;
      start = 0;
      end = n;
    }
    if (item) {
      target.append(d, bytes, start, end, kind);
    } else {
      target.set(d, bytes, start, end, kind);
    }
  }

  private Mapping mapping(ZeekHeader header, RawMessage raw) {
    if (header.path() != null) {
      return mappings.of(header.path());
    }
    Mapping mapping = byFile(raw);
    for (int i = 0; mapping == null && i < SIGNS.length; i++) {
      if (header.fields().contains(SIGNS[i][0])) {
        mapping = mappings.of(SIGNS[i][1]);
      }
    }
    return mapping == null ? mappings.base() : mapping;
  }

  /// A header with its columns resolved to fields.
  private static final class Columns {
    final String text;
    final Mapping mapping;
    final byte[] separator;
    final byte setSeparator;
    final byte[] unset;
    final byte[] empty;
    final Target[] targets;
    final Kind[] kinds;
    final boolean[] lists;

    Columns(String text, ZeekHeader header, Mapping mapping) {
      this.text = text;
      this.mapping = mapping;
      separator = header.separator().getBytes(StandardCharsets.UTF_8);
      setSeparator = header.setSeparator();
      unset = header.unsetField().getBytes(StandardCharsets.UTF_8);
      empty = header.emptyField().getBytes(StandardCharsets.UTF_8);
      int n = header.fields().size();
      targets = new Target[n];
      kinds = new Kind[n];
      lists = new boolean[n];
      List<String> types = new ArrayList<>(header.types());
      for (int i = 0; i < n; i++) {
        targets[i] = mapping.target(header.fields().get(i));
        String type = types.get(i);
        int bracket = type.indexOf('[');
        lists[i] = bracket > 0 && type.endsWith("]");
        kinds[i] = kind(lists[i] ? type.substring(bracket + 1, type.length() - 1) : type);
      }
    }

    private static Kind kind(String type) {
      return switch (type) {
        case "count", "int", "port" -> Kind.INTEGER;
        case "double", "interval", "time" -> Kind.REAL;
        case "bool" -> Kind.BOOLEAN;
        default -> Kind.TEXT;
      };
    }
  }
}
