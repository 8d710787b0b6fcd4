package metron.parsers.mapping;

import java.util.Locale;
import metron.event.Ecs;
import metron.event.Event;
import org.jspecify.annotations.Nullable;

/// An address of the web in its parts (RFC 3986 section 3), by scanning: what a proxy logs need not be valid, and
/// `java.net.URI` refuses a third of it.
public final class UrlParts {
  private UrlParts() {}

  /// Sets `url.*` from `scheme://user@host:port/path?query#fragment`, from `host:port` and from a bare path; fields already
  /// set stay.
  public static void add(Event e, String url) {
    int length = url.length();
    int at = 0;
    int scheme = url.indexOf("://");
    boolean authority = false;
    if (scheme > 0 && scheme <= 20 && isScheme(url, scheme)) {
      put(e, Ecs.URL_SCHEME, url.substring(0, scheme).toLowerCase(Locale.ROOT));
      at = scheme + 3;
      authority = true;
    } else if (length > 0 && url.charAt(0) != '/' && hostAndPort(url)) {
      authority = true;
    }
    if (authority) {
      int end = length;
      for (int i = at; i < length; i++) {
        char c = url.charAt(i);
        if (c == '/' || c == '?' || c == '#') {
          end = i;
          break;
        }
      }
      authority(e, url.substring(at, end));
      at = end;
    }
    int fragment = url.indexOf('#', at);
    int end = length;
    if (fragment >= 0) {
      put(e, Ecs.URL_FRAGMENT, url.substring(fragment + 1));
      end = fragment;
    }
    int query = url.indexOf('?', at);
    if (query >= 0 && query < end) {
      put(e, Ecs.URL_QUERY, url.substring(query + 1, end));
      end = query;
    }
    if (end > at && (authority || url.charAt(at) == '/')) {
      put(e, Ecs.URL_PATH, url.substring(at, end));
      int slash = url.lastIndexOf('/', end - 1);
      int dot = url.lastIndexOf('.', end - 1);
      if (dot > slash + 1 && end - dot > 1 && end - dot <= 8) {
        put(e, Ecs.URL_EXTENSION, url.substring(dot + 1, end));
      }
    }
  }

  private static void authority(Event e, String text) {
    String rest = text;
    int user = rest.lastIndexOf('@');
    if (user >= 0) {
      int colon = rest.indexOf(':');
      put(e, Ecs.URL_USERNAME, rest.substring(0, colon >= 0 && colon < user ? colon : user));
      rest = rest.substring(user + 1);
    }
    int colon = rest.lastIndexOf(':');
    String host = rest;
    if (colon > rest.lastIndexOf(']')) {
      long port = port(rest, colon + 1);
      if (port > 0) {
        if (!e.has(Ecs.URL_PORT)) {
          e.set(Ecs.URL_PORT, port);
        }
        host = rest.substring(0, colon);
      }
    }
    if (host.length() > 2 && host.charAt(0) == '[' && host.charAt(host.length() - 1) == ']') {
      host = host.substring(1, host.length() - 1);
    }
    put(e, Ecs.URL_DOMAIN, host.toLowerCase(Locale.ROOT));
  }

  private static long port(String text, int from) {
    if (from >= text.length() || text.length() - from > 5) {
      return -1;
    }
    long v = 0;
    for (int i = from; i < text.length(); i++) {
      int d = text.charAt(i) - '0';
      if (d < 0 || d > 9) {
        return -1;
      }
      v = v * 10 + d;
    }
    return v > 65_535 ? -1 : v;
  }

  /// `CONNECT example.com:443` has neither scheme nor path.
  private static boolean hostAndPort(String url) {
    int colon = url.lastIndexOf(':');
    return colon > 0 && port(url, colon + 1) > 0 && url.indexOf('/') < 0;
  }

  private static boolean isScheme(String url, int end) {
    for (int i = 0; i < end; i++) {
      char c = url.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  private static void put(Event e, metron.event.Field field, @Nullable String value) {
    if (value != null && !value.isEmpty() && !e.has(field)) {
      e.set(field, value);
    }
  }
}
