package metron.parsers.zeek;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The header of a tab-separated Zeek log: the lines that start with `#`, joined with line feeds.
///
/// ```text
/// #separator \x09
/// #set_separator	,
/// #empty_field	(empty)
/// #unset_field	-
/// #path	conn
/// #fields	ts	uid	id.orig_h
/// #types	time	string	addr
/// ```
///
/// @param separator text between columns, mostly a tabulator
/// @param setSeparator byte between the values of a set or vector
/// @param path log type; null if the header has none
/// @param fields names of the columns
/// @param types Zeek types of the columns; as many as fields
public record ZeekHeader(
    String separator,
    byte setSeparator,
    String emptyField,
    String unsetField,
    @Nullable String path,
    List<String> fields,
    List<String> types) {
  /// Metadata key under which the header travels with each record.
  public static final String METADATA = "zeek.header";

  private static final int MAX_COLUMNS = 1_000;

  public ZeekHeader {
    fields = List.copyOf(fields);
    types = List.copyOf(types);
  }

  /// @return null if there are no `#fields`: without them a line has no meaning
  static @Nullable ZeekHeader parse(String text) {
    String separator = "\t";
    byte setSeparator = ',';
    String empty = "(empty)";
    String unset = "-";
    String path = null;
    List<String> fields = List.of();
    List<String> types = List.of();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("#separator ")) {
        separator = unescape(line.substring(11).strip(), separator);
        continue;
      }
      List<String> words = split(line, separator);
      String value = words.size() > 1 ? words.get(1) : "";
      switch (words.getFirst()) {
        case "#set_separator" ->
            setSeparator = (byte) unescape(value, String.valueOf((char) setSeparator)).charAt(0);
        case "#empty_field" -> empty = value;
        case "#unset_field" -> unset = value;
        case "#path" -> path = value.isBlank() ? null : value.strip();
        case "#fields" -> fields = words.subList(1, Math.min(words.size(), MAX_COLUMNS));
        case "#types" -> types = words.subList(1, Math.min(words.size(), MAX_COLUMNS));
        default -> {
          // #open, #close and comments say nothing about columns.
        }
      }
    }
    if (fields.isEmpty()) {
      return null;
    }
    List<String> padded = new ArrayList<>(types);
    while (padded.size() < fields.size()) {
      padded.add("string");
    }
    return new ZeekHeader(
        separator, setSeparator, empty, unset, path, fields, padded.subList(0, fields.size()));
  }

  private static List<String> split(String line, String separator) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = line.indexOf(separator); i >= 0; i = line.indexOf(separator, start)) {
      words.add(line.substring(start, i));
      start = i + separator.length();
    }
    words.add(line.substring(start));
    return words;
  }

  /// Undoes `\xHH`, one or several.
  private static String unescape(String text, String otherwise) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i) && i + 4 <= text.length()) {
        int hi = Character.digit(text.charAt(i + 2), 16);
        int lo = Character.digit(text.charAt(i + 3), 16);
        if (hi >= 0 && lo >= 0) {
          plain.append((char) ((hi << 4) | lo));
          i += 3;
          continue;
        }
      }
      plain.append(text.charAt(i));
    }
    return plain.isEmpty() ? otherwise : plain.toString();
  }
}
