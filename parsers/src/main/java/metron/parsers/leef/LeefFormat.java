package metron.parsers.leef;

import java.nio.charset.StandardCharsets;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// `LEEF:1.0|vendor|product|version|event id|attributes`; version 2 has the delimiter of the attributes as a further value,
/// a character or its code in hexadecimal (`^`, `x09`, `0x5E`); version 1 and an empty delimiter mean a tabulator (IBM, "Log Event
/// Extended Format version 2"). A sender that writes blanks instead of tabulators is read too: then a value ends before the blank
/// of the next key.
///
/// The values of the header are `leef_version`, `device_vendor`, `device_product`, `device_version` and `event_id`.
public final class LeefFormat implements Format {
  private static final byte[] MARK = {'L', 'E', 'E', 'F', ':'};
  private static final int HEADER = 5;
  private static final int MOST = 1_000;

  private final Mapping mapping;
  private final Target[] header = new Target[HEADER];

  private LeefFormat(Mappings mappings) {
    mapping = mappings.base();
    String[] names = {
      "leef_version", "device_vendor", "device_product", "device_version", "event_id"
    };
    for (int i = 0; i < HEADER; i++) {
      header[i] = mapping.target(names[i].getBytes(StandardCharsets.UTF_8), 0, names[i].length());
    }
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return LeefFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = Bytes.trimEnd(b, d.from(), d.to());
    int mark = Bytes.indexOf(b, d.from(), end, MARK);
    if (mark < 0) {
      return d.reject(
          "no LEEF header in \""
              + Bytes.excerpt(b, d.from(), end)
              + "\", expected LEEF:1.0|vendor|product|…",
          d.from());
    }
    int i = mark + MARK.length;
    d.start(mapping);
    boolean second = i < end && b[i] == '2';
    for (int h = 0; h < HEADER; h++) {
      int stop = Bytes.indexOf(b, i, end, '|');
      if (stop < 0) {
        // An event without attributes may end after its id.
        if (h == HEADER - 1) {
          header[h].set(d, b, i, end);
          return true;
        }
        return d.reject("found " + h + " values in the header, expected " + HEADER, i);
      }
      int from = Bytes.skipBlanks(b, i, stop);
      header[h].set(d, b, from, Bytes.trimEnd(b, from, stop));
      i = stop + 1;
    }
    byte delimiter = '\t';
    if (second) {
      int stop = Bytes.indexOf(b, i, Math.min(end, i + 6), '|');
      if (stop >= 0) {
        int given = delimiter(b, i, stop);
        if (given < 0) {
          return d.reject(
              "the delimiter is \""
                  + Bytes.excerpt(b, i, stop)
                  + "\", expected a character or its code such as x09",
              i);
        }
        delimiter = (byte) given;
        i = stop + 1;
      }
    }
    if (delimiter == '\t' && Bytes.indexOf(b, i, end, '\t') < 0) {
      blanks(d, b, i, end);
    } else {
      delimited(d, b, i, end, delimiter);
    }
    return true;
  }

  private static int delimiter(byte[] b, int from, int to) {
    if (from == to) {
      return '\t';
    }
    if (to - from == 1) {
      return b[from];
    }
    int x = (b[from] | 32) == 'x' ? from + 1 : b[from] == '0' ? from + 2 : to;
    long code = x < to && to - x <= 2 ? Bytes.hex(b, x, to) : Bytes.NOT_A_NUMBER;
    return code > 0 && code < 256 ? (int) code : -1;
  }

  private void delimited(Draft d, byte[] b, int start, int end, byte delimiter) {
    int i = start;
    for (int n = 0; i < end && n < MOST; n++) {
      int stop = i;
      while (stop < end && b[stop] != delimiter) {
        stop++;
      }
      int key = Bytes.skipBlanks(b, i, stop);
      int equals = Bytes.indexOf(b, key, stop, '=');
      if (equals > key) {
        set(d, b, key, equals, equals + 1, stop);
      }
      i = stop + 1;
    }
  }

  private void blanks(Draft d, byte[] b, int start, int end) {
    int key = Bytes.skipBlanks(b, start, end);
    int equals = Bytes.indexOf(b, key, end, '=');
    for (int n = 0; equals > key && n < MOST; n++) {
      int next = -1;
      int nextKey = -1;
      int word = -1;
      for (int i = equals + 1; i < end; i++) {
        if (b[i] == ' ') {
          word = i + 1;
        } else if (b[i] == '=' && word > 0 && i > word) {
          next = i;
          nextKey = word;
          break;
        }
      }
      set(d, b, key, equals, equals + 1, next < 0 ? end : nextKey - 1);
      key = nextKey;
      equals = next;
    }
  }

  private void set(Draft d, byte[] b, int key, int keyTo, int from, int to) {
    int first = Bytes.skipBlanks(b, from, to);
    mapping
        .target(b, key, Bytes.trimEnd(b, key, keyTo))
        .set(d, b, first, Bytes.trimEnd(b, first, to));
  }
}
