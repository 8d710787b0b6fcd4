package metron.enrichment.indicator;

import java.util.ArrayList;
import java.util.List;

/// Splits one line of comma- or semicolon- or tab-separated text (RFC 4180, without line breaks inside quotes: feeds have
/// none, and a lost quote must not swallow the rest of the file).
final class CsvRecord {
  private CsvRecord() {}

  /// @return the cells, blanks around them removed, quotes undone
  /// @throws IllegalArgumentException if a quote is not closed
  static List<String> split(String line, char separator) {
    List<String> cells = new ArrayList<>();
    int i = 0;
    int length = line.length();
    while (true) {
      while (i < length && line.charAt(i) == ' ') {
        i++;
      }
      if (i < length && line.charAt(i) == '"') {
        StringBuilder cell = new StringBuilder();
        int open = i++;
        while (true) {
          if (i >= length) {
            throw new IllegalArgumentException(
                "the quote opened at column " + (open + 1) + " is not closed, expected '\"'");
          }
          char c = line.charAt(i++);
          if (c != '"') {
            cell.append(c);
          } else if (i < length && line.charAt(i) == '"') {
            cell.append('"');
            i++;
          } else {
            break;
          }
        }
        cells.add(cell.toString().strip());
        while (i < length && line.charAt(i) != separator) {
          i++;
        }
      } else {
        int end = line.indexOf(separator, i);
        end = end < 0 ? length : end;
        cells.add(line.substring(i, end).strip());
        i = end;
      }
      if (i >= length) {
        return cells;
      }
      i++;
    }
  }

  /// The separator that a header or first line most likely has.
  static char separator(String line) {
    int comma = 0;
    int semicolon = 0;
    int tab = 0;
    for (int i = 0; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case ',' -> comma++;
        case ';' -> semicolon++;
        case '\t' -> tab++;
        default -> {}
      }
    }
    return tab > 0 && tab >= comma && tab >= semicolon ? '\t' : semicolon > comma ? ';' : ',';
  }
}
