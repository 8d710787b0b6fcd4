package metron.server.account;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/// The two cookies: the session, which no script can read, and the CSRF token, which ours must.
public final class Cookies {
  public static final String SESSION = "METRON_SESSION";
  public static final String CSRF = "XSRF-TOKEN";

  private final boolean secure;

  /// @param secure whether browsers may send them over TLS only
  public Cookies(boolean secure) {
    this.secure = secure;
  }

  void open(String session, HttpServletResponse response) {
    add(response, cookie(SESSION, session).httpOnly(true).build());
    csrf(session, response);
  }

  void csrf(String session, HttpServletResponse response) {
    add(response, cookie(CSRF, Secrets.csrfToken(session)).build());
  }

  void clear(HttpServletResponse response) {
    add(response, cookie(SESSION, "").httpOnly(true).maxAge(Duration.ZERO).build());
    add(response, cookie(CSRF, "").maxAge(Duration.ZERO).build());
  }

  static Optional<String> session(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(SESSION) && !cookie.getValue().isBlank()) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  private ResponseCookie.ResponseCookieBuilder cookie(String name, String value) {
    return ResponseCookie.from(name, value).path("/").secure(secure).sameSite("Strict");
  }

  private static void add(HttpServletResponse response, ResponseCookie cookie) {
    response.addHeader("Set-Cookie", cookie.toString());
  }
}
