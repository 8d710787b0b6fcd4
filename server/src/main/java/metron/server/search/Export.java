package metron.server.search;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.json.EventJson;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import org.jspecify.annotations.Nullable;

/// Writes all events that match, page by page, so that a million of them need no more memory than a thousand.
///
/// CSV is RFC 4180 with CRLF. A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or
/// carriage return) gets an apostrophe in front: the events are what attackers sent.
final class Export {
  enum Format {
    CSV,
    NDJSON
  }

  private static final int PAGE = 1000;

  private final Search.Searchable store;

  Export(Search.Searchable store) {
    this.store = store;
  }

  /// @param question its size and cursor are not used
  /// @param fields the columns; for NDJSON empty means all
  /// @param out written to and flushed, not closed
  /// @return events written
  long write(SearchRequest question, List<String> fields, Format format, Writer out)
      throws IOException {
    List<Field> columns = new ArrayList<>();
    for (String name : fields) {
      columns.add(FieldCatalogue.get().field(name));
    }
    Set<String> names = new HashSet<>(fields);
    StringBuilder line = new StringBuilder(4096);
    if (format == Format.CSV) {
      for (int i = 0; i < fields.size(); i++) {
        cell(i, fields.get(i), true, line);
      }
      out.append(line.append("\r\n"));
    }
    long written = 0;
    String after = null;
    do {
      SearchResult page = Search.ask(store, page(question, after));
      for (SearchResult.Hit hit : page.hits()) {
        line.setLength(0);
        if (format == Format.CSV) {
          row(hit.event(), columns, line);
          line.append("\r\n");
        } else {
          line.append(EventJson.write(names.isEmpty() ? hit.event() : only(hit.event(), names)));
          line.append('\n');
        }
        out.append(line);
        written++;
      }
      after = page.next();
    } while (after != null);
    out.flush();
    return written;
  }

  private static SearchRequest page(SearchRequest q, @Nullable String after) {
    return new SearchRequest(
        q.query(), q.from(), q.to(), q.sort(), PAGE, after, List.of(), null, List.of(), false);
  }

  private static Event only(Event event, Set<String> names) {
    Event out = new Event();
    event.forEach(
        (field, value) -> {
          if (names.contains(field.name())) {
            out.setBoxed(field, value);
          }
        });
    return out;
  }

  private static void row(Event event, List<Field> columns, StringBuilder line) {
    for (int i = 0; i < columns.size(); i++) {
      List<Object> values = event.values(columns.get(i));
      StringBuilder text = new StringBuilder();
      boolean guarded = false;
      for (Object value : values) {
        if (!text.isEmpty()) {
          text.append("; ");
        }
        text.append(value);
        guarded |= value instanceof String;
      }
      cell(i, text.toString(), guarded, line);
    }
  }

  static void cell(int column, String text, boolean guarded, StringBuilder line) {
    if (column > 0) {
      line.append(',');
    }
    String safe =
        guarded && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    if (safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) {
      line.append('"').append(safe.replace("\"", "\"\"")).append('"');
    } else {
      line.append(safe);
    }
  }
}
