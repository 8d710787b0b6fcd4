package metron.stellar.functions.network;

import java.util.Locale;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// A URL taken apart as `java.net.URL` does it, whose answers rules count on: it lets spaces and
/// brackets pass that `java.net.URI` refuses. Written again because that class makes seven objects
/// and looks a protocol handler up for every URL; a test holds both against each other.
///
/// Knows the protocols that class knows: http, https, ftp, file, jar and mailto.
///
/// The host and the path stay where they are in the text until they are asked for: most rules ask for
/// one of them.
///
/// @param port -1 where the URL has none
record WebAddress(
    String text,
    String protocol,
    int hostStart,
    int hostEnd,
    int port,
    int pathStart,
    int pathEnd) {
  /// @return null when the value is null or no URL
  static @Nullable WebAddress of(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw FunctionFailure.type(1, value, "string");
    }
    return parse(text);
  }

  String host() {
    return text.substring(hostStart, hostEnd);
  }

  /// The host alone, null as [#of]. Most URLs are `http://host/` or `https://host:port/` in lower case:
  /// their host is read in one pass, without taking the rest apart (80 ns became 45).
  static @Nullable String hostOf(@Nullable Object value) {
    if (value instanceof String text) {
      int start = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : 0;
      if (start > 0) {
        int end = start;
        int length = text.length();
        while (end < length && ofName(text.charAt(end))) {
          end++;
        }
        if (end > start && (end == length || text.charAt(end) == '/' || port(text, end))) {
          return text.substring(start, end);
        }
      }
    }
    WebAddress address = of(value);
    return address == null ? null : address.host();
  }

  private static boolean ofName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '-' && c <= '9' && c != '/') || (c >= 'A' && c <= 'Z');
  }

  /// Whether a colon and up to five digits end the authority here.
  private static boolean port(String text, int colon) {
    if (text.charAt(colon) != ':') {
      return false;
    }
    int at = colon + 1;
    int length = text.length();
    while (at < length && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - colon - 1;
    return digits > 0 && digits <= 5 && (at == length || text.charAt(at) == '/');
  }

  /// Without what follows a question mark.
  String path() {
    return text.substring(pathStart, pathEnd);
  }

  int defaultPort() {
    return switch (protocol) {
      case "http" -> 80;
      case "https" -> 443;
      case "ftp" -> 21;
      default -> -1;
    };
  }

  private static @Nullable WebAddress parse(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    int start = 0;
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    if (text.regionMatches(true, start, "url:", 0, 4)) {
      start += 4;
    }
    int colon = colon(text, start, end);
    String protocol = colon < 0 ? null : protocol(text, start, colon);
    if (protocol == null) {
      return null;
    }
    if (!protocol.equals("http") && !protocol.equals("https") && !protocol.equals("ftp")) {
      return platform(text);
    }
    start = colon + 1;
    int fragment = text.indexOf('#', start);
    int limit = fragment >= 0 ? Math.min(fragment, end) : end;
    int query = text.indexOf('?');
    if (start < limit && query >= 0 && query < limit) {
      limit = query;
    }
    if (limit < start) {
      return platform(text);
    }
    if (text.startsWith("////", start) && start + 4 <= limit) {
      return platform(text);
    }
    if (!text.startsWith("//", start) || start + 2 > limit) {
      return new WebAddress(text, protocol, start, start, -1, start, limit);
    }
    start += 2;
    int slash = text.indexOf('/', start);
    int hostEnd = slash < 0 || slash > limit ? limit : slash;
    return authority(text, protocol, start, hostEnd, limit);
  }

  private static @Nullable WebAddress authority(
      String text, String protocol, int start, int end, int limit) {
    for (int i = start; i < end; i++) {
      if (!plain(text.charAt(i))) {
        return platform(text);
      }
    }
    int at = text.indexOf('@', start);
    int from = start;
    if (at >= 0 && at < end) {
      int next = text.indexOf('@', at + 1);
      if (next >= 0 && next < end) {
        return new WebAddress(text, protocol, end, end, -1, end, limit);
      }
      from = at + 1;
    }
    int colon = text.indexOf(':', from);
    int port = -1;
    int hostEnd = end;
    if (colon >= 0 && colon < end) {
      hostEnd = colon;
      if (colon + 1 < end) {
        try {
          port = Integer.parseInt(text, colon + 1, end, 10);
        } catch (NumberFormatException _) {
          return null;
        }
        if (port < -1) {
          return null;
        }
      }
    }
    return new WebAddress(text, protocol, from, hostEnd, port, end, limit);
  }

  /// Whether a character of the host means nothing but itself, whatever the release of the
  /// platform.
  private static boolean plain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_'
        || c == ':'
        || c == '@';
  }

  /// The colon after the protocol, or -1.
  private static int colon(String text, int start, int end) {
    if (start < end && text.charAt(start) == '#') {
      return -1;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '/') {
        return -1;
      }
      if (c == ':') {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String protocol(String text, int start, int end) {
    int length = end - start;
    if (length == 5 && text.startsWith("https", start)) {
      return "https";
    }
    if (length == 4 && text.startsWith("http", start)) {
      return "http";
    }
    if (length < 3 || length > 6) {
      return null;
    }
    return switch (text.substring(start, end).toLowerCase(Locale.ROOT)) {
      case "http" -> "http";
      case "https" -> "https";
      case "ftp" -> "ftp";
      case "file" -> "file";
      case "jar" -> "jar";
      case "mailto" -> "mailto";
      default -> null;
    };
  }

  /// The rare cases, by the class itself.
  @SuppressWarnings("deprecation") // the lenient parser is wanted
  private static @Nullable WebAddress platform(String text) {
    try {
      java.net.URL url = new java.net.URL(text);
      int host = url.getHost().length();
      String parts = url.getHost() + url.getPath();
      return new WebAddress(parts, url.getProtocol(), 0, host, url.getPort(), host, parts.length());
    } catch (java.net.MalformedURLException _) {
      return null;
    }
  }
}
