package metron.packets.protocol;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a mail (RFC 5322) as it comes: its headers, and its attachments (MIME, RFC 2045 to 2049; base64 and quoted-printable),
/// which are carved. Boundaries nest at most eight deep; a mail gives at most 256 files.
final class MailReader {
  private static final int MOST_LINE = 1 << 16;
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 256;

  private final Scene scene;
  private final Buffer line;
  private final @Nullable Carver whole;
  private final ArrayDeque<String> boundaries = new ArrayDeque<>();
  private final StringBuilder field = new StringBuilder();
  private boolean inHeader = true;
  private boolean top = true;
  private boolean holes;
  private long bytes;
  private int files;
  private String from = "";
  private String to = "";
  private String subject = "";
  private String messageId = "";
  private String date = "";
  private String type = "";
  private String name = "";
  private String encoding = "";
  private boolean attached;
  private @Nullable Carver part;
  private byte[] pending = new byte[0];

  MailReader(Scene scene) {
    this.scene = scene;
    line = new Buffer(scene.budget, MOST_LINE);
    whole = scene.carve(0, "imf", "", "message/rfc822");
  }

  void bytes(byte[] b, int offset, int length) {
    bytes += length;
    Carver all = whole;
    if (all != null) {
      all.write(b, offset, length);
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int stop = at;
      while (stop < end && b[stop] != '\n') {
        stop++;
      }
      if (!line.add(b, at, stop - at)) {
        line.clear();
      }
      if (stop == end) {
        return;
      }
      line(line.text());
      line.clear();
      at = stop + 1;
    }
  }

  void hole() {
    holes = true;
    line.clear();
  }

  private void line(String raw) {
    String text = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
    if (text.startsWith("--") && boundary(text)) {
      return;
    }
    if (!inHeader) {
      body(text);
      return;
    }
    if (!text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(0) == '\t')) {
      if (field.length() < MOST_LINE) {
        field.append(' ').append(text.strip());
      }
      return;
    }
    field(field.toString());
    field.setLength(0);
    if (!text.isEmpty()) {
      field.append(text);
      return;
    }
    inHeader = false;
    top = false;
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.startsWith("multipart/")) {
      String boundary = parameter(type, "boundary");
      if (!boundary.isEmpty() && boundaries.size() < DEEPEST) {
        boundaries.push(boundary);
      }
    } else if ((attached || !name.isEmpty()) && files < MOST_FILES) {
      files++;
      int semicolon = type.indexOf(';');
      String media = semicolon < 0 ? type : type.substring(0, semicolon);
      part = scene.carve(0, "smtp", name, media.strip());
    }
  }

  private boolean boundary(String text) {
    for (String boundary : boundaries) {
      if (text.startsWith(boundary, 2)) {
        endPart(true);
        while (!boundaries.isEmpty() && !boundaries.peek().equals(boundary)) {
          boundaries.pop();
        }
        if (text.startsWith("--", 2 + boundary.length())) {
          boundaries.poll();
          inHeader = false;
        } else {
          inHeader = true;
          type = "";
          name = "";
          encoding = "";
          attached = false;
          field.setLength(0);
        }
        return true;
      }
    }
    return false;
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return;
    }
    String value = text.substring(colon + 1).strip();
    switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "from" -> from = top && from.isEmpty() ? value : from;
      case "to" -> to = top && to.isEmpty() ? value : to;
      case "subject" -> subject = top && subject.isEmpty() ? value : subject;
      case "message-id" -> messageId = top && messageId.isEmpty() ? value : messageId;
      case "date" -> date = top && date.isEmpty() ? value : date;
      case "content-type" -> {
        type = value;
        name = name.isEmpty() ? parameter(value, "name") : name;
      }
      case "content-disposition" -> {
        attached = value.toLowerCase(Locale.ROOT).startsWith("attachment");
        String fileName = parameter(value, "filename");
        name = fileName.isEmpty() ? name : fileName;
      }
      case "content-transfer-encoding" -> encoding = value.toLowerCase(Locale.ROOT);
      default -> {}
    }
  }

  /// The value of `name=value` or `name="value"` behind a semicolon.
  private static String parameter(String field, String name) {
    String lower = field.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(';');
    while (at >= 0) {
      int begin = at + 1;
      while (begin < field.length() && Character.isWhitespace(field.charAt(begin))) {
        begin++;
      }
      if (lower.startsWith(name + "=", begin)) {
        int value = begin + name.length() + 1;
        if (value < field.length() && field.charAt(value) == '"') {
          int close = field.indexOf('"', value + 1);
          return close < 0 ? field.substring(value + 1) : field.substring(value + 1, close);
        }
        int end = field.indexOf(';', value);
        return (end < 0 ? field.substring(value) : field.substring(value, end)).strip();
      }
      at = lower.indexOf(';', begin);
    }
    return "";
  }

  private void body(String text) {
    Carver file = part;
    if (file == null) {
      return;
    }
    switch (encoding) {
      case "base64" -> base64(file, text);
      case "quoted-printable" -> quotedPrintable(file, text);
      default -> {
        // The line end before a boundary belongs to the boundary.
        file.write(pending, 0, pending.length);
        byte[] bytesOfLine = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        file.write(bytesOfLine, 0, bytesOfLine.length);
        pending = new byte[] {'\r', '\n'};
      }
    }
  }

  private void base64(Carver file, String text) {
    StringBuilder clean = new StringBuilder(text.length() + 4);
    clean.append(new String(pending, java.nio.charset.StandardCharsets.ISO_8859_1));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || c == '+'
          || c == '/') {
        clean.append(c);
      }
    }
    int groups = clean.length() / 4 * 4;
    if (text.endsWith("=")) {
      groups = clean.length() % 4 == 1 ? clean.length() - 1 : clean.length();
    }
    byte[] decoded = Base64.getDecoder().decode(clean.substring(0, groups));
    file.write(decoded, 0, decoded.length);
    pending = clean.substring(groups).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private void quotedPrintable(Carver file, String text) {
    file.write(pending, 0, pending.length);
    String stripped = text.stripTrailing();
    boolean soft = stripped.endsWith("=");
    byte[] out = new byte[stripped.length()];
    int n = 0;
    for (int i = 0; i < stripped.length() - (soft ? 1 : 0); i++) {
      char c = stripped.charAt(i);
      if (c == '=' && i + 2 < stripped.length()) {
        int high = Character.digit(stripped.charAt(i + 1), 16);
        int low = Character.digit(stripped.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          out[n++] = (byte) (high << 4 | low);
          i += 2;
          continue;
        }
      }
      out[n++] = (byte) c;
    }
    file.write(out, 0, n);
    pending = soft ? new byte[0] : new byte[] {'\r', '\n'};
  }

  private void endPart(boolean ended) {
    Carver file = part;
    if (file != null) {
      file.finish(ended && !holes);
      part = null;
    }
    pending = new byte[0];
  }

  void finish(boolean ended) {
    if (line.length() > 0) {
      line(line.text());
    }
    line.release();
    field(field.toString());
    endPart(ended);
    Carver all = whole;
    if (all != null) {
      all.named(subject.isEmpty() ? "mail.eml" : subject + ".eml");
      all.finish(ended && !holes);
    }
    scene.found(0, new Finding.Mail(from, to, subject, messageId, date, bytes));
  }
}
