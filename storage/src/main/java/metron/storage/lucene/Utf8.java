package metron.storage.lucene;

import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/// Text to UTF-8 and back without a copy in between; a lone surrogate becomes U+FFFD.
final class Utf8 {
  private Utf8() {}

  /// @return end of what was written
  static int write(String s, byte[] out, int at) {
    return UnicodeUtil.UTF16toUTF8(s, 0, s.length(), out, at);
  }

  static BytesRef bytes(String s) {
    byte[] out = new byte[s.length() * 3];
    return new BytesRef(out, 0, write(s, out, 0));
  }

  static String text(BytesRef bytes) {
    return new String(bytes.bytes, bytes.offset, bytes.length, StandardCharsets.UTF_8);
  }
}
