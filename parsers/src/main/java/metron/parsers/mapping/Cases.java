package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// Fields by value, as a definition's `set` names them: a word, the beginning of a word (`Get*`), or a range of whole numbers
/// (`400..599`). The word itself wins, then the longest beginning, then the first range.
final class Cases {
  private record Beginning(byte[] text, Constants fields) {}

  private record Range(long least, long most, Constants fields) {}

  private final Names<Constants> words = new Names<>();
  private final List<Beginning> beginnings = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  void put(String value, Constants fields) {
    int dots = value.indexOf("..");
    if (value.length() > 1 && value.endsWith("*")) {
      byte[] text = value.substring(0, value.length() - 1).getBytes(StandardCharsets.UTF_8);
      beginnings.add(new Beginning(text, fields));
      beginnings.sort((a, b) -> b.text().length - a.text().length);
      return;
    }
    if (dots > 0) {
      long least = number(value.substring(0, dots));
      long most = number(value.substring(dots + 2));
      if (least != Bytes.NOT_A_NUMBER && most != Bytes.NOT_A_NUMBER) {
        ranges.add(new Range(least, most, fields));
        return;
      }
    }
    words.put(value, fields);
  }

  @Nullable Constants of(byte[] b, int from, int to) {
    Constants word = words.get(b, from, to);
    if (word != null || (beginnings.isEmpty() && ranges.isEmpty())) {
      return word;
    }
    for (int i = 0; i < beginnings.size(); i++) {
      if (Bytes.startsWith(b, from, to, beginnings.get(i).text())) {
        return beginnings.get(i).fields();
      }
    }
    if (!ranges.isEmpty()) {
      long v = Bytes.number(b, from, to);
      for (int i = 0; i < ranges.size() && v != Bytes.NOT_A_NUMBER; i++) {
        Range r = ranges.get(i);
        if (r.least() <= v && v <= r.most()) {
          return r.fields();
        }
      }
    }
    return null;
  }

  private static long number(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return Bytes.number(b, 0, b.length);
  }
}
