package metron.parsers.asa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.config.ConfigNode;
import metron.config.Section;
import metron.event.Ecs;
import metron.event.Event;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Names;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Dissect;

/// Reads `%ASA-<level>-<id>: text`, also of PIX, FWSM and FTD, and lays the text out by the id.
///
/// Option `messages`: for each id one layout or several, tried in order; see [Dissect]. Names of captures go through the
/// mapping; the id is the record type.
public final class AsaFormat implements Format {
  private static final String[] LEVELS = {
    "emergency", "alert", "critical", "error", "warning", "notification", "informational", "debug"
  };

  private final Mappings mappings;
  private final Names<Message> messages = new Names<>();
  private final int[] slots;

  private AsaFormat(Mappings mappings, Map<String, List<Dissect>> layouts) {
    this.mappings = mappings;
    int most = 0;
    for (Map.Entry<String, List<Dissect>> e : layouts.entrySet()) {
      Message message = new Message(e.getKey(), mappings.of(e.getKey()), e.getValue());
      messages.put(e.getKey(), message);
      for (Dissect layout : e.getValue()) {
        most = Math.max(most, layout.names().size());
      }
    }
    slots = new int[most * 2];
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    Map<String, List<Dissect>> layouts = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode> e : options.entries("messages").entrySet()) {
      List<Dissect> compiled = new ArrayList<>();
      for (String pattern : e.getValue().texts(options.faults())) {
        try {
          compiled.add(Dissect.compile(pattern));
        } catch (IllegalArgumentException fault) {
          options.faults().add(e.getValue().at(), String.valueOf(fault.getMessage()));
        }
      }
      for (String id : e.getKey().split("[, ]+")) {
        layouts.put(id, List.copyOf(compiled));
      }
    }
    return mappings -> new AsaFormat(mappings, layouts);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = d.to();
    int tag = tag(b, d.from(), to);
    if (tag < 0) {
      return d.reject(
          "no message id: found \""
              + Bytes.excerpt(b, d.from(), to)
              + "\", expected a header and %ASA-<level>-<id>:",
          d.from());
    }
    // %ASA-6-302013: — also %ASA-session-6-302013: and %FTD-6-430003:
    int colon = Bytes.indexOf(b, tag, Math.min(to, tag + 40), ':');
    int end = colon < 0 ? Math.min(to, tag + 40) : colon;
    int idFrom = end;
    while (idFrom > tag && Bytes.isDigit(b[idFrom - 1])) {
      idFrom--;
    }
    if (colon < 0
        || end - idFrom != 6
        || idFrom - 2 <= tag
        || b[idFrom - 1] != '-'
        || b[idFrom - 2] < '0'
        || b[idFrom - 2] > '7') {
      return d.reject(
          "no message id in \"" + Bytes.excerpt(b, tag, to) + "\", expected %ASA-<level>-<id>:",
          tag);
    }
    Message message = messages.get(b, idFrom, end);
    d.start(message == null ? mappings.base() : message.mapping);
    Event e = d.event();
    int level = b[idFrom - 2] - '0';
    e.set(Ecs.EVENT_CODE, message == null ? Bytes.text(b, idFrom, end) : message.id);
    e.set(Ecs.EVENT_SEVERITY, (long) level);
    e.set(Ecs.LOG_LEVEL, LEVELS[level]);
    int text = Bytes.skipBlanks(b, end + 1, to);
    boolean laidOut = message != null && message.read(d, b, text, to, slots);
    // Once in parts, the text need not be kept a second time: event.original has it.
    if (!laidOut && text < to) {
      e.set(Ecs.MESSAGE, Bytes.text(b, text, to));
    }
    return true;
  }

  /// @return where `%ASA-` or a relative of it stands within the first 200 bytes, or -1
  private static int tag(byte[] b, int from, int to) {
    int last = Math.min(to - 6, from + 200);
    for (int i = from; i <= last; i++) {
      if (b[i] == '%'
          && ((b[i + 1] == 'A' && b[i + 2] == 'S' && b[i + 3] == 'A')
              || (b[i + 1] == 'F' && b[i + 2] == 'T' && b[i + 3] == 'D')
              || (b[i + 1] == 'P' && b[i + 2] == 'I' && b[i + 3] == 'X')
              || (b[i + 1] == 'F' && b[i + 2] == 'W' && b[i + 3] == 'S'))) {
        return i;
      }
    }
    return -1;
  }

  /// An id with its layouts, each with its captures resolved to fields.
  private static final class Message {
    final String id;
    final Mapping mapping;
    final Dissect[] layouts;
    final Target[][] targets;

    Message(String id, Mapping mapping, List<Dissect> layouts) {
      this.id = id;
      this.mapping = mapping;
      this.layouts = layouts.toArray(new Dissect[0]);
      this.targets = new Target[this.layouts.length][];
      for (int i = 0; i < this.layouts.length; i++) {
        targets[i] = this.layouts[i].names().stream().map(mapping::target).toArray(Target[]::new);
      }
    }

    boolean read(Draft d, byte[] b, int from, int to, int[] slots) {
      for (int i = 0; i < layouts.length; i++) {
        if (layouts[i].match(b, from, to, slots)) {
          Target[] t = targets[i];
          for (int k = 0; k < t.length; k++) {
            if (slots[2 * k] >= 0) {
              t[k].set(d, b, slots[2 * k], slots[2 * k + 1]);
            }
          }
          return true;
        }
      }
      return false;
    }
  }
}
