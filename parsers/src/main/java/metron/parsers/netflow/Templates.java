package metron.parsers.netflow;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// The templates of one exporter (RFC 3954 section 5, RFC 7011 section 3.4): which fields, of which length, the records of a set
/// have. Bounded: of more than [#MOST] templates the oldest are forgotten; a template of more than [#MOST_FIELDS] fields is
/// none.
///
/// A parser keeps nothing from one datagram to the next, so whoever reads the stream learns here and puts [#metadata] on each
/// datagram. Not thread-safe.
public final class Templates {
  /// Metadata key of a datagram: the templates of its sets that came in datagrams before it.
  public static final String METADATA = "netflow.templates";

  static final int MOST = 512;
  static final int MOST_FIELDS = 256;

  /// @param fields for each field its enterprise number (0 for IANA's), its number and its length (65,535: variable)
  record Template(int[] fields, boolean options) {
    int size() {
      return fields.length / 3;
    }

    /// The shortest a record can be, in bytes.
    int least() {
      int least = 0;
      for (int i = 2; i < fields.length; i += 3) {
        least += fields[i] == 0xffff ? 1 : fields[i];
      }
      return least;
    }
  }

  private final Map<Long, Template> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Template> eldest) {
          return size() > MOST;
        }
      };

  @Nullable Template get(long source, int id) {
    return known.get(key(source, id));
  }

  void put(long source, int id, Template template) {
    long key = key(source, id);
    // Renewed templates are the youngest.
    known.remove(key);
    known.put(key, template);
  }

  void clear() {
    known.clear();
  }

  private static long key(long source, int id) {
    return source << 16 | id;
  }

  /// What the datagram needs of those before it, and learns its own templates. Any bytes are fine.
  ///
  /// @return empty if nothing is needed
  public Map<String, String> metadata(byte[] datagram) {
    StringBuilder out = new StringBuilder();
    Sets sets = new Sets(datagram, 0, datagram.length);
    while (sets.next()) {
      if (sets.isTemplates()) {
        sets.learn(this);
      } else if (sets.isData()) {
        Template template = get(sets.source(), sets.id());
        if (template != null) {
          out.append(out.isEmpty() ? "" : ";")
              .append(sets.id())
              .append(template.options() ? '!' : ':');
          for (int i = 0; i < template.fields().length; i++) {
            out.append(i == 0 ? "" : ",").append(template.fields()[i]);
          }
        }
      }
    }
    return out.isEmpty() ? Map.of() : Map.of(METADATA, out.toString());
  }

  /// Reads what [#metadata] wrote; parts that are none are passed over.
  void read(long source, String text) {
    byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
    int i = 0;
    while (i < b.length) {
      int end = Bytes.indexOf(b, i, b.length, ';');
      end = end < 0 ? b.length : end;
      int mark = i;
      while (mark < end && Bytes.isDigit(b[mark])) {
        mark++;
      }
      long id = Bytes.number(b, i, mark);
      int[] fields = new int[3 * MOST_FIELDS];
      int n = 0;
      int p = mark + 1;
      while (p < end && n < fields.length) {
        int comma = Bytes.indexOf(b, p, end, ',');
        comma = comma < 0 ? end : comma;
        long v = Bytes.number(b, p, comma);
        if (v < 0 || v > Integer.MAX_VALUE) {
          n = 0;
          break;
        }
        fields[n++] = (int) v;
        p = comma + 1;
      }
      if (id > 255 && id <= 0xffff && n > 0 && n % 3 == 0 && mark < end) {
        put(source, (int) id, new Template(java.util.Arrays.copyOf(fields, n), b[mark] == '!'));
      }
      i = end + 1;
    }
  }
}
