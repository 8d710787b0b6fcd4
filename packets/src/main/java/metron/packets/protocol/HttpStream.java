package metron.packets.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import metron.packets.stream.Gap;
import org.jspecify.annotations.Nullable;

/// HTTP/1.0 and 1.1 (RFC 9112): requests, responses, and the files in their bodies. A message is found when its body ends.
///
/// A header is at most 64 KiB; at most 256 requests wait for their answers. After bytes that the capture lacks, reading goes on
/// behind a body of known length, or else at the next packet that begins like a message.
final class HttpStream extends StreamAnalyser {
  private static final int MOST_HEADER = 1 << 16;
  private static final int MOST_WAITING = 256;

  private enum State {
    HEADER,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE,
    LOST,
    OTHER
  }

  private static final class Side {
    private final Buffer line;
    private State state = State.HEADER;
    private String first = "";
    private boolean started;
    private int headerBytes;
    private String host = "";
    private String userAgent = "";
    private String referer = "";
    private String contentType = "";
    private String contentLength = "";
    private String contentEncoding = "";
    private String transferEncoding = "";
    private String server = "";
    private String disposition = "";
    private String upgrade = "";
    private long left;
    private long bodyBytes;
    private boolean holes;
    private @Nullable HttpBody body;
    private Finding.@Nullable HttpRequest answered;

    Side(BufferBudget budget) {
      line = new Buffer(budget, MOST_HEADER);
    }

    void reset() {
      state = State.HEADER;
      first = "";
      started = false;
      headerBytes = 0;
      host = "";
      userAgent = "";
      referer = "";
      contentType = "";
      contentLength = "";
      contentEncoding = "";
      transferEncoding = "";
      server = "";
      disposition = "";
      upgrade = "";
      left = 0;
      bodyBytes = 0;
      holes = false;
      body = null;
      answered = null;
    }
  }

  private final Side[] sides;
  private final ArrayDeque<Finding.HttpRequest> waiting = new ArrayDeque<>();
  // A request whose body is still coming may be answered already.
  private boolean over;

  HttpStream(Scene scene) {
    super(scene);
    sides = new Side[] {new Side(scene.budget), new Side(scene.budget)};
  }

  /// Whether these bytes begin like a request or a response.
  static boolean looksLike(byte[] b, int offset, int end) {
    int at = offset;
    while (at < end && at - offset < 16 && b[at] >= 'A' && b[at] <= 'Z') {
      at++;
    }
    if (at - offset == 4 && at < end && b[at] == '/' && b[offset] == 'H') {
      return b[offset + 1] == 'T' && b[offset + 2] == 'T' && b[offset + 3] == 'P';
    }
    if (at == end || b[at] != ' ') {
      return false;
    }
    return switch (new String(b, offset, at - offset, StandardCharsets.ISO_8859_1)) {
      case "GET",
          "POST",
          "HEAD",
          "PUT",
          "DELETE",
          "OPTIONS",
          "CONNECT",
          "TRACE",
          "PATCH",
          "PROPFIND",
          "PROPPATCH",
          "MKCOL",
          "COPY",
          "MOVE",
          "LOCK",
          "UNLOCK",
          "REPORT",
          "SEARCH",
          "NOTIFY",
          "SUBSCRIBE",
          "UNSUBSCRIBE",
          "RPC_IN_DATA",
          "RPC_OUT_DATA",
          "BITS_POST" ->
          true;
      default -> false;
    };
  }

  @Override
  void data(int from, byte[] b, int offset, int length) {
    Side side = sides[from];
    int at = offset;
    int end = offset + length;
    if (side.state == State.LOST) {
      if (!looksLike(b, offset, end)) {
        return;
      }
      side.reset();
    }
    while (at < end) {
      switch (side.state) {
        case OTHER, LOST -> {
          return;
        }
        case BODY, CHUNK -> {
          int n = (int) Math.min(side.left, end - at);
          body(side, b, at, n);
          side.left -= n;
          at += n;
          if (side.left == 0) {
            if (side.state == State.BODY) {
              message(from, Finding.Wholeness.WHOLE);
            } else {
              side.state = State.CHUNK_END;
            }
          }
        }
        case UNTIL_CLOSE -> {
          body(side, b, at, end - at);
          at = end;
        }
        case HEADER, CHUNK_SIZE, CHUNK_END, TRAILER -> {
          int stop = at;
          while (stop < end && b[stop] != '\n') {
            stop++;
          }
          boolean whole = stop < end;
          int next = whole ? stop + 1 : end;
          side.headerBytes += next - at;
          if (side.headerBytes > MOST_HEADER) {
            lose(from);
            return;
          }
          if (!whole) {
            if (!side.line.add(b, at, end - at)) {
              lose(from);
            }
            return;
          }
          if (side.line.length() == 0) {
            line(from, b, at, stop);
          } else if (side.line.add(b, at, stop - at)) {
            line(from, side.line.bytes(), 0, side.line.length());
            side.line.clear();
          } else {
            lose(from);
            return;
          }
          at = next;
        }
      }
    }
  }

  private static void body(Side side, byte[] b, int at, int n) {
    side.bodyBytes += n;
    HttpBody file = side.body;
    if (file != null) {
      file.write(b, at, n);
    }
  }

  private void line(int from, byte[] b, int begin, int stop) {
    Side side = sides[from];
    int end = stop;
    if (end > begin && b[end - 1] == '\r') {
      end--;
    }
    switch (side.state) {
      case HEADER -> {
        if (!side.started) {
          if (end == begin) {
            // Empty lines before a message are to be passed over (RFC 9112 section 2.2).
            return;
          }
          if (!looksLike(b, begin, end)) {
            side.state = State.LOST;
            return;
          }
          side.started = true;
          side.first = Names.latin(b, begin, end);
        } else if (end == begin) {
          headerEnds(from);
        } else {
          field(side, b, begin, end);
        }
      }
      case CHUNK_SIZE -> {
        long size = chunkSize(b, begin, end);
        side.headerBytes = 0;
        if (size < 0) {
          lose(from);
        } else if (size == 0) {
          side.state = State.TRAILER;
        } else {
          side.left = size;
          side.state = State.CHUNK;
        }
      }
      case CHUNK_END -> side.state = State.CHUNK_SIZE;
      case TRAILER -> {
        if (end == begin) {
          message(from, Finding.Wholeness.WHOLE);
        }
      }
      default -> {}
    }
  }

  private static long chunkSize(byte[] b, int begin, int end) {
    long size = 0;
    int digits = 0;
    for (int i = begin; i < end; i++) {
      int digit = Character.digit(b[i], 16);
      if (digit < 0) {
        break;
      }
      size = size * 16 + digit;
      if (++digits > 12) {
        return -1;
      }
    }
    return digits == 0 ? -1 : size;
  }

  private static void field(Side side, byte[] b, int begin, int end) {
    int colon = begin;
    while (colon < end && b[colon] != ':') {
      colon++;
    }
    if (colon == end || colon - begin > 32) {
      return;
    }
    String name =
        new String(b, begin, colon - begin, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    switch (name) {
      case "host" -> side.host = first(side.host, b, colon, end);
      case "user-agent" -> side.userAgent = first(side.userAgent, b, colon, end);
      case "referer" -> side.referer = first(side.referer, b, colon, end);
      case "content-type" -> side.contentType = first(side.contentType, b, colon, end);
      case "content-length" -> side.contentLength = first(side.contentLength, b, colon, end);
      case "content-encoding" -> side.contentEncoding = first(side.contentEncoding, b, colon, end);
      case "transfer-encoding" ->
          side.transferEncoding = first(side.transferEncoding, b, colon, end);
      case "server" -> side.server = first(side.server, b, colon, end);
      case "content-disposition" -> side.disposition = first(side.disposition, b, colon, end);
      case "upgrade" -> side.upgrade = first(side.upgrade, b, colon, end);
      default -> {}
    }
  }

  private static String first(String known, byte[] b, int colon, int end) {
    return known.isEmpty() ? Names.latin(b, colon + 1, end) : known;
  }

  private void headerEnds(int from) {
    Side side = sides[from];
    boolean response = isResponse(side);
    side.headerBytes = 0;
    int code = response ? code(side.first) : 0;
    Finding.HttpRequest request = null;
    if (response && (code >= 200 || code == 101)) {
      request = waiting.poll();
      side.answered = request;
    } else if (response) {
      side.answered = waiting.peek();
    }
    String method = request == null ? "" : request.method();
    boolean none =
        response
            && ((code >= 100 && code < 200)
                || code == 204
                || code == 304
                || method.equals("HEAD")
                || (method.equals("CONNECT") && code / 100 == 2));
    if (none) {
      message(from, Finding.Wholeness.WHOLE);
      boolean switched =
          (code == 101 && !side.upgrade.isEmpty()) || (method.equals("CONNECT") && code / 100 == 2);
      if (switched || code == 101) {
        sides[0].state = State.OTHER;
        sides[1].state = State.OTHER;
        over = true;
      }
      return;
    }
    if (side.transferEncoding.toLowerCase(Locale.ROOT).contains("chunked")) {
      openBody(from);
      side.state = State.CHUNK_SIZE;
      return;
    }
    long length = number(side.contentLength);
    if (length > 0) {
      openBody(from);
      side.left = length;
      side.state = State.BODY;
    } else if (length == 0 || !response) {
      message(from, Finding.Wholeness.WHOLE);
    } else {
      openBody(from);
      side.state = State.UNTIL_CLOSE;
    }
  }

  private void openBody(int from) {
    Side side = sides[from];
    Finding.HttpRequest request = side.answered;
    String uri = isResponse(side) ? request == null ? "" : request.uri() : part(side.first, 1);
    Carver carver = scene.carve(from, "http", fileName(uri), mediaType(side.contentType));
    if (carver != null) {
      side.body = new HttpBody(carver, side.contentEncoding, scene.budget);
    }
  }

  /// The last part of the path with its query, as browsers and other tools name it.
  private static String fileName(String uri) {
    int end = uri.length();
    while (end > 1 && uri.charAt(end - 1) == '/') {
      end--;
    }
    String name = uri.substring(0, end);
    int slash = name.lastIndexOf('/');
    return name.length() == 1 ? name : name.substring(slash + 1);
  }

  private static String mediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
  }

  private static long number(String text) {
    if (text.isEmpty() || text.length() > 15) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private static boolean isResponse(Side side) {
    return side.first.startsWith("HTTP/");
  }

  private static int code(String first) {
    long code = number(part(first, 1));
    return code < 0 || code > 999 ? 0 : (int) code;
  }

  /// A word of the first line; the last one has all that is left.
  private static String part(String line, int number) {
    int at = 0;
    for (int i = 0; i < number; i++) {
      int space = line.indexOf(' ', at);
      if (space < 0) {
        return "";
      }
      at = space + 1;
    }
    int space = number == 2 ? -1 : line.indexOf(' ', at);
    return space < 0 ? line.substring(at) : line.substring(at, space);
  }

  private void message(int from, Finding.Wholeness how) {
    Side side = sides[from];
    Finding.Wholeness wholeness =
        side.holes && how != Finding.Wholeness.CUT ? Finding.Wholeness.LOST : how;
    HttpBody file = side.body;
    if (file != null) {
      file.finish(how != Finding.Wholeness.CUT && wholeness != Finding.Wholeness.LOST);
    }
    if (isResponse(side)) {
      scene.found(
          from,
          new Finding.HttpResponse(
              side.answered,
              part(side.first, 0),
              part(side.first, 1),
              part(side.first, 2),
              side.server,
              side.contentType,
              side.contentLength,
              side.bodyBytes,
              wholeness));
    } else if (side.started) {
      String uri = part(side.first, 1);
      Finding.HttpRequest request =
          new Finding.HttpRequest(
              part(side.first, 0),
              uri,
              part(side.first, 2),
              side.host,
              side.userAgent,
              side.referer,
              side.contentType,
              side.contentLength,
              side.bodyBytes,
              wholeness);
      if (waiting.size() < MOST_WAITING) {
        waiting.add(request);
      }
      scene.found(from, request);
    }
    if (side.state != State.OTHER) {
      side.reset();
    }
  }

  private void lose(int from) {
    Side side = sides[from];
    side.line.release();
    if (side.started) {
      message(from, Finding.Wholeness.LOST);
    }
    side.state = State.LOST;
  }

  @Override
  void gap(int from, long length, Gap why) {
    Side side = sides[from];
    boolean begun = side.started || (side.state == State.HEADER && side.line.length() > 0);
    if (why == Gap.CUT && begun && side.state != State.OTHER) {
      cut(from, length);
      return;
    }
    switch (side.state) {
      case BODY, CHUNK -> {
        side.holes = true;
        if (length < side.left) {
          side.left -= length;
        } else if (length == side.left && side.state == State.BODY) {
          message(from, Finding.Wholeness.LOST);
        } else {
          lose(from);
        }
      }
      case UNTIL_CLOSE -> side.holes = true;
      case OTHER -> {}
      case HEADER, CHUNK_SIZE, CHUNK_END, TRAILER, LOST -> lose(from);
    }
  }

  /// The capture cuts packets: what there is of a message is all that will come.
  private void cut(int from, long length) {
    Side side = sides[from];
    if (side.state == State.HEADER && side.line.length() > 0) {
      line(from, side.line.bytes(), 0, side.line.length());
    }
    side.line.release();
    long left = side.state == State.BODY ? side.left - length : 0;
    boolean resync = side.state != State.BODY || left < 0;
    side.holes |= side.state != State.HEADER;
    pair(side);
    message(from, Finding.Wholeness.CUT);
    if (left > 0) {
      // The rest of a body whose message is told already.
      side.state = State.BODY;
      side.left = left;
    } else if (resync) {
      side.state = State.LOST;
    }
  }

  private void pair(Side side) {
    if (isResponse(side) && side.answered == null && side.state == State.HEADER) {
      side.answered = waiting.poll();
    }
  }

  @Override
  void end(int from) {
    Side side = sides[from];
    if (side.state == State.HEADER && side.line.length() > 0) {
      // A first line or field without its end.
      line(from, side.line.bytes(), 0, side.line.length());
      side.line.release();
    }
    if (side.started) {
      pair(side);
      message(from, Finding.Wholeness.CLOSED);
    }
  }

  @Override
  void close() {
    for (int from = 0; from < 2; from++) {
      if (sides[from].started && sides[from].state != State.OTHER) {
        message(from, Finding.Wholeness.LOST);
      }
      sides[from].line.release();
    }
  }

  @Override
  boolean isOver() {
    return over;
  }
}
