package metron.stellar.functions.hash;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Context triggered piecewise hashing as ssdeep does it: a text is cut where a rolling hash of the
/// last seven bytes has a certain value, and each piece is one character of the hash. A change of a
/// text changes only the characters of the pieces that it touches.
///
/// The block size is what pieces are long on average; the hash has the pieces for one block size
/// and for twice that, so that two hashes whose block sizes are next to each other compare.
///
/// J. Kornblum: Identifying almost identical files using context triggered piecewise hashing.
/// Digital Investigation 3, 2006.
///
/// @param block 3 times a power of two
/// @param first the pieces for `block`, up to 64 characters
/// @param second the pieces for `2 * block`, up to 32 characters
record Ssdeep(long block, String first, String second) {
  private static final int LONGEST = 64;
  private static final int WINDOW = 7;
  private static final int SMALLEST = 3;
  private static final int START = 0x28021967;
  private static final int PRIME = 0x01000193;
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  static Ssdeep of(byte[] data) {
    long block = SMALLEST;
    while (block * LONGEST < data.length) {
      block *= 2;
    }
    while (true) {
      Ssdeep hash = of(data, block);
      if (block == SMALLEST || hash.first.length() >= LONGEST / 2) {
        return hash;
      }
      block /= 2;
    }
  }

  private static Ssdeep of(byte[] data, long block) {
    byte[] one = new byte[LONGEST];
    byte[] two = new byte[LONGEST / 2];
    int count1 = 0;
    int count2 = 0;
    int piece1 = START;
    int piece2 = START;
    int[] window = new int[WINDOW];
    int sum = 0;
    int weighted = 0;
    int shifted = 0;
    long roll = 0;
    for (int i = 0; i < data.length; i++) {
      int c = data[i] & 0xff;
      weighted += WINDOW * c - sum;
      sum += c - window[i % WINDOW];
      window[i % WINDOW] = c;
      shifted = shifted << 5 ^ c;
      roll = (sum + weighted + shifted) & 0xffffffffL;
      piece1 = piece1 * PRIME ^ c;
      piece2 = piece2 * PRIME ^ c;
      if (roll % block == block - 1) {
        one[count1] = DIGITS[piece1 & 63];
        if (count1 < LONGEST - 1) {
          piece1 = START;
          count1++;
        }
      }
      if (roll % (2 * block) == 2 * block - 1) {
        two[count2] = DIGITS[piece2 & 63];
        if (count2 < LONGEST / 2 - 1) {
          piece2 = START;
          count2++;
        }
      }
    }
    if (roll != 0) {
      one[count1] = DIGITS[piece1 & 63];
      two[count2] = DIGITS[piece2 & 63];
    }
    return new Ssdeep(block, text(one), text(two));
  }

  private static String text(byte[] digits) {
    int length = 0;
    while (length < digits.length && digits[length] != 0) {
      length++;
    }
    return new String(digits, 0, length, StandardCharsets.US_ASCII);
  }

  String text() {
    return block + ":" + first + ":" + second;
  }

  /// Reads a hash; a file name after a comma is passed over.
  ///
  /// @return null when the text is none
  static @Nullable Ssdeep parse(String text) {
    int comma = text.indexOf(',');
    String[] parts = (comma < 0 ? text : text.substring(0, comma)).split(":", -1);
    if (parts.length != 3
        || parts[1].length() > LONGEST
        || parts[2].length() > LONGEST
        || !parts[0].matches("[0-9]{1,12}")) {
      return null;
    }
    long block = Long.parseLong(parts[0]);
    return block < SMALLEST ? null : new Ssdeep(block, parts[1], parts[2]);
  }

  /// 0 for nothing in common to 100 for the same.
  int score(Ssdeep other) {
    String a1 = shortened(first);
    String a2 = shortened(second);
    String b1 = shortened(other.first);
    String b2 = shortened(other.second);
    if (block == other.block) {
      if (a1.equals(b1) && a2.equals(b2)) {
        return 100;
      }
      return Math.max(score(a1, b1, block), score(a2, b2, 2 * block));
    }
    if (block == 2 * other.block) {
      return score(a1, b2, block);
    }
    return other.block == 2 * block ? score(a2, b1, other.block) : 0;
  }

  /// More than three equal characters in a row say nothing and are cut to three.
  private static String shortened(String pieces) {
    StringBuilder shorter = new StringBuilder();
    for (int i = 0; i < pieces.length(); i++) {
      char c = pieces.charAt(i);
      int n = shorter.length();
      if (n < 3
          || c != shorter.charAt(n - 1)
          || c != shorter.charAt(n - 2)
          || c != shorter.charAt(n - 3)) {
        shorter.append(c);
      }
    }
    return shorter.toString();
  }

  private static int score(String a, String b, long block) {
    if (!share(a, b)) {
      return 0;
    }
    int edits = edits(a, b);
    int scaled = edits * LONGEST / (a.length() + b.length());
    int score = 100 - 100 * scaled / LONGEST;
    // Short pieces are alike by chance: a small block size limits what they may score.
    if (block < (99 + WINDOW) / WINDOW * SMALLEST) {
      score = (int) Math.min(score, block / SMALLEST * Math.min(a.length(), b.length()));
    }
    return score;
  }

  private static boolean share(String a, String b) {
    for (int i = 0; i + WINDOW <= a.length(); i++) {
      if (b.contains(a.substring(i, i + WINDOW))) {
        return true;
      }
    }
    return false;
  }

  /// Levenshtein distance where a replacement counts as an insertion and a deletion.
  private static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 2);
        now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[b.length()];
  }
}
