package metron.enrichment.indicator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parts of a URL that say whether two are the same place (RFC 3986 section 6.2.2, cut down to what feeds and sensors
/// write differently): host in lower case, no scheme, user or fragment, no default port, `/` for an empty path.
///
/// The scheme is left out because a proxy that breaks TLS logs `http` for what the feed lists as `https`.
final class Url {
  private Url() {}

  /// Where the host starts and ends in `url`: `start << 32 | end`; -1 if there is none.
  static long host(String url) {
    int slashes = url.indexOf("://");
    int start = slashes < 0 ? 0 : slashes + 3;
    int end = start;
    int length = url.length();
    int at = -1;
    while (end < length) {
      char c = url.charAt(end);
      if (c == '/' || c == '?' || c == '#') {
        break;
      }
      if (c == '@') {
        at = end;
      }
      end++;
    }
    if (at >= 0) {
      start = at + 1;
    }
    if (start < end && url.charAt(start) == '[') {
      int close = url.indexOf(']', start);
      return close < 0 || close > end ? -1 : pair(start + 1, close);
    }
    int colon = url.indexOf(':', start);
    int hostEnd = colon >= 0 && colon < end ? colon : end;
    return hostEnd > start ? pair(start, hostEnd) : -1;
  }

  static int start(long host) {
    return (int) (host >>> 32);
  }

  static int end(long host) {
    return (int) host;
  }

  /// The comparable form, or null (a common answer, so no `Optional`) if `url` has no host.
  static @Nullable String key(String url) {
    long host = host(url);
    if (host < 0) {
      return null;
    }
    int start = start(host);
    int end = end(host);
    boolean bracketed = end < url.length() && url.charAt(end) == ']' && start > 0;
    int rest = bracketed ? end + 1 : end;
    int pathStart = rest;
    while (pathStart < url.length() && "/?#".indexOf(url.charAt(pathStart)) < 0) {
      pathStart++;
    }
    String port = url.substring(rest, pathStart);
    boolean usual =
        port.isEmpty()
            || port.equals(":")
            || (port.equals(":443") && !url.startsWith("http:"))
            || (port.equals(":80") && !url.startsWith("https:"));
    int fragment = url.indexOf('#', pathStart);
    String path = url.substring(pathStart, fragment < 0 ? url.length() : fragment);
    return url.substring(start, end).toLowerCase(Locale.ROOT)
        + (usual ? "" : port)
        + (path.isEmpty() || path.charAt(0) == '?' ? "/" : "")
        + path;
  }

  private static long pair(int start, int end) {
    return ((long) start << 32) | end;
  }
}
