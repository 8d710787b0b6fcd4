package metron.parsers.xml;

import java.nio.charset.StandardCharsets;
import metron.parsers.scan.Bytes;

/// Reads the tokens of an XML document one by one (W3C XML 1.0, without document types: a `<!DOCTYPE` is an error, so no
/// entity can be made, fetched or multiplied). Namespaces are not looked at: a prefix is dropped from names.
///
/// Used again for each document; its texts are ranges of the document, or of [#decoded] where they had references.
final class XmlReader {
  static final int START = 1;
  static final int END = 2;
  static final int TEXT = 3;
  static final int DONE = 4;
  static final int ERROR = 5;

  private static final int MAX_ATTRIBUTES = 200;
  private static final byte[] CDATA = "<![CDATA[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CDATA_END = "]]>".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMENT = "<!--".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMENT_END = "-->".getBytes(StandardCharsets.UTF_8);
  private static final byte[] INSTRUCTION_END = "?>".getBytes(StandardCharsets.UTF_8);

  private byte[] b = new byte[0];
  private int i;
  private int to;
  private boolean empty;

  private int nameFrom;
  private int nameTo;
  private int attributes;
  private final int[] attribute = new int[4 * MAX_ATTRIBUTES];
  private int textFrom;
  private int textTo;
  private byte[] decoded = new byte[256];
  private String error = "";

  void open(byte[] bytes, int from, int end) {
    b = bytes;
    i = from;
    to = end;
    empty = false;
    error = "";
  }

  /// Where reading stands.
  int at() {
    return i;
  }

  /// What was expected where [#ERROR] was found.
  String error() {
    return error;
  }

  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
  }

  int attributes() {
    return attributes;
  }

  int attributeNameFrom(int k) {
    return attribute[4 * k];
  }

  int attributeNameTo(int k) {
    return attribute[4 * k + 1];
  }

  int attributeFrom(int k) {
    return attribute[4 * k + 2];
  }

  int attributeTo(int k) {
    return attribute[4 * k + 3];
  }

  /// The text of [#TEXT].
  int textFrom() {
    return textFrom;
  }

  int textTo() {
    return textTo;
  }

  /// @return the kind of the next token
  int next() {
    if (empty) {
      empty = false;
      return END;
    }
    while (i < to) {
      if (b[i] != '<') {
        textFrom = i;
        while (i < to && b[i] != '<') {
          i++;
        }
        textTo = i;
        return TEXT;
      }
      if (i + 1 >= to) {
        return fail("a tag");
      }
      byte c = b[i + 1];
      if (c == '?') {
        int end = Bytes.indexOf(b, i + 2, to, INSTRUCTION_END);
        if (end < 0) {
          return fail("?>");
        }
        i = end + 2;
      } else if (c == '!') {
        if (Bytes.startsWith(b, i, to, COMMENT)) {
          int end = Bytes.indexOf(b, i + 4, to, COMMENT_END);
          if (end < 0) {
            return fail("-->");
          }
          i = end + 3;
        } else if (Bytes.startsWith(b, i, to, CDATA)) {
          int end = Bytes.indexOf(b, i + CDATA.length, to, CDATA_END);
          if (end < 0) {
            return fail("]]>");
          }
          textFrom = i + CDATA.length;
          textTo = end;
          i = end + 3;
          return TEXT;
        } else {
          return fail("an element; document types are not read");
        }
      } else if (c == '/') {
        int end = Bytes.indexOf(b, i + 2, to, '>');
        if (end < 0) {
          return fail(">");
        }
        i = end + 1;
        return END;
      } else {
        return start();
      }
    }
    return DONE;
  }

  private int start() {
    int p = i + 1;
    nameFrom = p;
    while (p < to && nameByte(b[p])) {
      p++;
    }
    nameTo = p;
    if (nameTo == nameFrom) {
      return fail("the name of an element");
    }
    nameFrom = local(nameFrom, nameTo);
    attributes = 0;
    while (true) {
      while (p < to && space(b[p])) {
        p++;
      }
      if (p >= to) {
        return fail("> after an element's name");
      }
      if (b[p] == '>') {
        i = p + 1;
        return START;
      }
      if (b[p] == '/' && p + 1 < to && b[p + 1] == '>') {
        i = p + 2;
        empty = true;
        return START;
      }
      int name = p;
      while (p < to && nameByte(b[p])) {
        p++;
      }
      int nameEnd = p;
      while (p < to && space(b[p])) {
        p++;
      }
      if (nameEnd == name || p >= to || b[p] != '=') {
        i = p;
        return fail("an attribute with a value");
      }
      p++;
      while (p < to && space(b[p])) {
        p++;
      }
      if (p >= to || (b[p] != '"' && b[p] != '\'')) {
        i = p;
        return fail("a quote before an attribute's value");
      }
      byte quote = b[p];
      int from = p + 1;
      p = from;
      while (p < to && b[p] != quote) {
        p++;
      }
      if (p >= to) {
        return fail("a quote after an attribute's value");
      }
      if (attributes < MAX_ATTRIBUTES) {
        int k = 4 * attributes++;
        attribute[k] = local(name, nameEnd);
        attribute[k + 1] = nameEnd;
        attribute[k + 2] = from;
        attribute[k + 3] = p;
      }
      p++;
    }
  }

  /// Whether a range has references, and so must be read with [#decode].
  boolean hasReferences(int from, int end) {
    return Bytes.indexOf(b, from, end, '&') >= 0;
  }

  /// Replaces `&lt;`, `&#10;` and so on; what is no reference of these stays.
  ///
  /// @return the length of the text in [#decoded]
  int decode(int from, int end) {
    if (decoded.length < end - from) {
      decoded = new byte[end - from];
    }
    int n = 0;
    for (int p = from; p < end; p++) {
      if (b[p] == '&') {
        int semicolon = Bytes.indexOf(b, p, Math.min(end, p + 12), ';');
        int code = semicolon < 0 ? -1 : reference(p + 1, semicolon);
        if (code >= 0) {
          byte[] utf8 = Character.toString(code).getBytes(StandardCharsets.UTF_8);
          System.arraycopy(utf8, 0, decoded, n, utf8.length);
          n += utf8.length;
          p = semicolon;
          continue;
        }
      }
      decoded[n++] = b[p];
    }
    return n;
  }

  byte[] decoded() {
    return decoded;
  }

  private int reference(int from, int end) {
    if (from < end && b[from] == '#') {
      boolean hex = from + 1 < end && (b[from + 1] | 32) == 'x';
      long code = hex ? Bytes.hex(b, from + 2, end) : Bytes.number(b, from + 1, end);
      // Shorter than its reference in any case, so the text fits.
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? (int) code : -1;
    }
    return switch (new String(b, from, end - from, StandardCharsets.ISO_8859_1)) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> -1;
    };
  }

  /// The name without its namespace prefix.
  private int local(int from, int end) {
    int colon = Bytes.indexOf(b, from, end, ':');
    return colon < 0 || colon + 1 == end ? from : colon + 1;
  }

  private int fail(String expected) {
    error = expected;
    return ERROR;
  }

  private static boolean nameByte(byte c) {
    return c != '>' && c != '/' && c != '=' && c != '<' && c != '"' && c != '\'' && !space(c);
  }

  private static boolean space(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
