package metron.storage.lucene;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/// The distinct words of an event, as UTF-8 in lower case: runs of letters and digits.
///
/// A word of [#MAX_WORD] bytes or more is kept by its first [#MAX_WORD]: base64, hashes and hex dumps would fill the dictionary
/// with terms that hardly anybody types; whoever looks for such a word checks the stored event as well.
final class WordSet {
  /// In bytes of UTF-8.
  static final int MAX_WORD = 24;

  private byte[] bytes = new byte[8192];
  private int length;
  // Ends of the words in `bytes`; the start is the end of the one before.
  private int[] ends = new int[256];
  private int size;
  // Open addressing, index of the word + 1; at most half full.
  private int[] table = new int[1024];

  int size() {
    return size;
  }

  void get(int i, BytesRef out) {
    out.bytes = bytes;
    out.offset = i == 0 ? 0 : ends[i - 1];
    out.length = ends[i] - out.offset;
  }

  void clear() {
    if (size > 0) {
      if (table.length > 1 << 16) {
        table = new int[1024];
      } else {
        Arrays.fill(table, 0);
      }
    }
    length = 0;
    size = 0;
  }

  void addAll(String text) {
    int n = text.length();
    if (length + 4 * n + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + 4 * n + 8));
    }
    int start = length;
    int hash = 0;
    int i = 0;
    while (i < n) {
      char c = text.charAt(i);
      if (c < 0x80) {
        i++;
        int lower = LOWER[c];
        if (lower != 0) {
          bytes[length++] = (byte) lower;
          hash = hash * 31 + lower;
          continue;
        }
        if (length > start) {
          end(start, hash);
          start = length;
          hash = 0;
        }
        continue;
      }
      // Rare: let the JDK lower-case the whole word, since it knows final sigmas and the like.
      int j = i;
      while (j > 0 && isWord(text.codePointBefore(j))) {
        j -= Character.charCount(text.codePointBefore(j));
      }
      int end = i;
      while (end < n && isWord(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      length = start;
      hash = 0;
      if (end > j) {
        String word = FieldLayout.lower(text.substring(j, end));
        length = Utf8.write(word, grown(word.length() * 3), start);
        for (int k = start; k < length; k++) {
          hash = hash * 31 + bytes[k];
        }
        end(start, hash);
        start = length;
        hash = 0;
      }
      i = Math.max(end, i + 1);
    }
    if (length > start) {
      end(start, hash);
    }
  }

  private byte[] grown(int more) {
    if (length + more + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more + 8));
    }
    return bytes;
  }

  static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint);
  }

  /// A word as the dictionary has it.
  static BytesRef term(String lowerCaseWord) {
    BytesRef term = Utf8.bytes(lowerCaseWord);
    term.length = Math.min(term.length, MAX_WORD);
    return term;
  }

  private void end(int start, int hashOfWhole) {
    int hash = hashOfWhole;
    if (length - start > MAX_WORD) {
      length = start + MAX_WORD;
      hash = 0;
      for (int k = start; k < length; k++) {
        hash = hash * 31 + bytes[k];
      }
    }
    int mask = table.length - 1;
    int at = (hash ^ (hash >>> 15)) & mask;
    while (table[at] != 0) {
      int other = table[at] - 1;
      int from = other == 0 ? 0 : ends[other - 1];
      if (Arrays.equals(bytes, from, ends[other], bytes, start, length)) {
        length = start;
        return;
      }
      at = (at + 1) & mask;
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
    }
    ends[size++] = length;
    table[at] = size;
    if (size * 2 > table.length) {
      rehash();
    }
  }

  private void rehash() {
    int[] bigger = new int[table.length * 4];
    int mask = bigger.length - 1;
    for (int i = 0; i < size; i++) {
      int hash = 0;
      for (int k = i == 0 ? 0 : ends[i - 1]; k < ends[i]; k++) {
        hash = hash * 31 + bytes[k];
      }
      int at = (hash ^ (hash >>> 15)) & mask;
      while (bigger[at] != 0) {
        at = (at + 1) & mask;
      }
      bigger[at] = i + 1;
    }
    table = bigger;
  }

  private static final byte[] LOWER = new byte[128];

  static {
    for (int c = 0; c < 128; c++) {
      if (isWord(c)) {
        LOWER[c] = (byte) Character.toLowerCase(c);
      }
    }
  }
}
