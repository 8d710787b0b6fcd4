package metron.parsers.cef;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Header: seven values parted by `|`, in which `\|` and `\\` are escapes. Extension: `key=value` pairs parted by blanks; a
/// value may hold blanks, ends before the blank of the next key, and has the escapes `\=`, `\\`, `\n`, `\r`
/// (ArcSight, "Common Event Format", revision 25).
///
/// A custom field takes the name that its label gives it: `cs1=x cs1Label=Policy Name` is `Policy_Name`.
public final class CefFormat implements Format {
  private static final byte[] MARK = {'C', 'E', 'F', ':'};
  private static final byte[] LABEL = "Label".getBytes(StandardCharsets.UTF_8);
  private static final int HEADER = 7;
  private static final int MAX_PAIRS = 1_000;

  private final Mapping mapping;
  private final Target[] header = new Target[HEADER];

  private int[] keyFrom = new int[64];
  private int[] keyTo = new int[64];
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int pairs;
  private byte[] scratch = new byte[256];

  private CefFormat(Mappings mappings) {
    mapping = mappings.base();
    String[] names = {
      "cef_version",
      "device_vendor",
      "device_product",
      "device_version",
      "device_event_class_id",
      "name",
      "severity"
    };
    for (int i = 0; i < HEADER; i++) {
      header[i] = mapping.target(names[i]);
    }
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return CefFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = Bytes.trimEnd(b, d.from(), d.to());
    int mark = Bytes.indexOf(b, d.from(), end, MARK);
    int i = mark < 0 ? d.from() : mark + MARK.length;
    // Some relays take "CEF:" for a tag and cut it off.
    if (mark < 0 && (end - i < 3 || !Bytes.isDigit(b[i]) || b[i + 1] != '|')) {
      return d.reject(
          "no CEF header in \"" + Bytes.excerpt(b, i, end) + "\", expected CEF:0|vendor|product|…",
          i);
    }
    d.start(mapping);
    for (int h = 0; h < HEADER; h++) {
      int stop = i;
      while (stop < end && b[stop] != '|') {
        stop += b[stop] == '\\' ? 2 : 1;
      }
      stop = Math.min(stop, end);
      if (stop == end && h < HEADER - 1) {
        return d.reject("found " + (h + 1) + " values in the header, expected " + HEADER, i);
      }
      int start = Bytes.skipBlanks(b, i, stop);
      value(d, header[h], b, start, Bytes.trimEnd(b, start, stop));
      i = Math.min(stop + 1, end);
    }
    pairs(b, i, end);
    for (int p = 0; p < pairs; p++) {
      pair(d, b, p);
    }
    return true;
  }

  private void pairs(byte[] b, int start, int end) {
    pairs = 0;
    int key = Bytes.skipBlanks(b, start, end);
    int blank = key - 1;
    int i = key;
    while (i < end) {
      byte c = b[i];
      if (c == '\\') {
        i += 2;
        continue;
      }
      if (c == ' ') {
        blank = i;
      } else if (c == '=' && i > blank + 1 && isKey(b, blank + 1, i)) {
        if (pairs > 0) {
          to[pairs - 1] = Bytes.trimEnd(b, from[pairs - 1], Math.max(from[pairs - 1], blank));
        }
        if (pairs == MAX_PAIRS) {
          return;
        }
        if (pairs == keyFrom.length) {
          int more = pairs * 2;
          keyFrom = Arrays.copyOf(keyFrom, more);
          keyTo = Arrays.copyOf(keyTo, more);
          from = Arrays.copyOf(from, more);
          to = Arrays.copyOf(to, more);
        }
        keyFrom[pairs] = blank + 1;
        keyTo[pairs] = i;
        from[pairs] = i + 1;
        to[pairs] = end;
        pairs++;
        // What follows up to the next blank is value, whatever it looks like.
        blank = end;
        i++;
        while (i < end && b[i] != ' ') {
          i += b[i] == '\\' ? 2 : 1;
        }
        continue;
      }
      i++;
    }
  }

  private static boolean isKey(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = b[i];
      boolean ok =
          Bytes.isDigit(c)
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || c == '.'
              || c == '-'
              || c == '['
              || c == ']';
      if (!ok) {
        return false;
      }
    }
    return to - from <= 128;
  }

  private void pair(Draft d, byte[] b, int p) {
    int length = keyTo[p] - keyFrom[p];
    if (from[p] >= to[p]) {
      return;
    }
    if (length > LABEL.length && Bytes.startsWith(b, keyTo[p] - LABEL.length, keyTo[p], LABEL)) {
      if (find(b, keyFrom[p], length - LABEL.length) >= 0) {
        return;
      }
    } else if (custom(b[keyFrom[p]]) && Bytes.isDigit(b[keyTo[p] - 1])) {
      int label = label(b, keyFrom[p], length);
      if (label >= 0 && from[label] < to[label]) {
        Target known = mapping.target(b, keyFrom[p], keyTo[p]);
        if (known instanceof Target.Party) {
          value(d, known, b, from[p], to[p]);
        } else {
          value(d, mapping.target(name(b, from[label], to[label])), b, from[p], to[p]);
        }
        return;
      }
    }
    value(d, mapping.target(b, keyFrom[p], keyTo[p]), b, from[p], to[p]);
  }

  /// `cs1`, `cn1`, `cfp1`, `c6a1`, `flexString1`, `deviceCustomDate1` begin with one of three letters.
  private static boolean custom(byte first) {
    return first == 'c' || first == 'f' || first == 'd';
  }

  private int find(byte[] b, int key, int length) {
    for (int p = 0; p < pairs; p++) {
      if (keyTo[p] - keyFrom[p] == length
          && Arrays.equals(b, keyFrom[p], keyTo[p], b, key, key + length)) {
        return p;
      }
    }
    return -1;
  }

  private int label(byte[] b, int key, int length) {
    for (int p = 0; p < pairs; p++) {
      if (keyTo[p] - keyFrom[p] == length + LABEL.length
          && Arrays.equals(b, keyFrom[p], keyFrom[p] + length, b, key, key + length)
          && Bytes.startsWith(b, keyFrom[p] + length, keyTo[p], LABEL)) {
        return p;
      }
    }
    return -1;
  }

  /// A label as a name: without quotes, `_` for blanks and points.
  private static String name(byte[] b, int from, int to) {
    String text = Bytes.text(b, from, Math.min(to, from + 128)).replace("\"", "").strip();
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      name.append(Character.isLetterOrDigit(c) || c == '-' ? c : '_');
    }
    return name.isEmpty() ? "_" : name.toString();
  }

  private void value(Draft d, Target target, byte[] b, int from, int to) {
    if (Bytes.indexOf(b, from, to, '\\') < 0) {
      target.set(d, b, from, to);
      return;
    }
    if (scratch.length < to - from) {
      scratch = new byte[to - from];
    }
    int n = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c == '\\' && i + 1 < to) {
        byte next = b[i + 1];
        if (next == 'n' || next == 'r') {
          scratch[n++] = '\n';
          i++;
          continue;
        }
        if (next == '\\' || next == '=' || next == '|') {
          scratch[n++] = next;
          i++;
          continue;
        }
      }
      scratch[n++] = c;
    }
    target.set(d, scratch, 0, n);
  }
}
