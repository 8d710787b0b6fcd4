package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import metron.server.http.Problem;
import metron.server.http.ProblemWriter;
import metron.storage.AccountStore.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/// The filters in front of every address, and the addresses of this package.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import({
  SessionController.class,
  UsersController.class,
  TokensController.class,
  AuditController.class,
  SettingsController.class
})
public class Security {
  // 'unsafe-inline' for styles only: the console's components place menus and tables with style
  // attributes.
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http, Accounts accounts, AccessRules rules, ProblemWriter writer) {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(c -> c.disable())
        .formLogin(f -> f.disable())
        .httpBasic(b -> b.disable())
        .logout(l -> l.disable())
        .addFilterBefore(new CallerFilter(accounts, writer), CsrfFilter.class)
        .csrf(
            c ->
                c.csrfTokenRepository(new SessionBound())
                    .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                    .requireCsrfProtectionMatcher(Security::needsCsrfToken))
        .authorizeHttpRequests(
            a ->
                a.anyRequest()
                    .access(
                        (caller, context) ->
                            new AuthorizationDecision(
                                isAllowed(caller.get(), context.getRequest(), rules))))
        .exceptionHandling(
            e ->
                e.authenticationEntryPoint(
                        (request, response, x) -> writer.write(Problem.unauthenticated(), response))
                    .accessDeniedHandler(
                        (request, response, x) ->
                            writer.write(
                                x instanceof CsrfException ? csrf() : denied(request, rules),
                                response)))
        .headers(
            h ->
                h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_POLICY))
                    .referrerPolicy(p -> p.policy(ReferrerPolicy.NO_REFERRER))
                    .addHeaderWriter(
                        new StaticHeadersWriter("Cross-Origin-Opener-Policy", "same-origin"))
                    .addHeaderWriter(
                        new StaticHeadersWriter("Cross-Origin-Resource-Policy", "same-origin"))
                    .addHeaderWriter(
                        new StaticHeadersWriter(
                            "Permissions-Policy", "camera=(), geolocation=(), microphone=()")))
        .build();
  }

  /// A request that the firewall finds malformed: an encoded slash, `//`, `;` or a control character in its path.
  @Bean
  RequestRejectedHandler rejected(ProblemWriter writer) {
    return (request, response, e) ->
        writer.write(
            Problem.badRequest(
                "the path or a header has characters that are not taken, such as an encoded slash, a"
                    + " semicolon or a control character"),
            response);
  }

  private static boolean needsCsrfToken(HttpServletRequest request) {
    return !READS.contains(request.getMethod())
        && Caller.current().filter(c -> c.via() instanceof Caller.Via.Session).isPresent()
        // Signing in proves itself with the password, and takes JSON only, which no form can send.
        && !(request.getMethod().equals("POST")
            && request.getRequestURI().equals("/api/v1/session"));
  }

  private static boolean isAllowed(
      @Nullable Authentication authentication, HttpServletRequest request, AccessRules rules) {
    AccessRules.Access access = rules.of(request);
    if (access == AccessRules.Access.EVERYBODY) {
      return true;
    }
    if (access == AccessRules.Access.THIS_MACHINE && isLoopback(request.getRemoteAddr())) {
      return true;
    }
    if (authentication == null || !(authentication.getPrincipal() instanceof Caller caller)) {
      return false;
    }
    Role role = access.role();
    return role == null || caller.may(role);
  }

  private static boolean isLoopback(String address) {
    return InetAddress.ofLiteral(address).isLoopbackAddress();
  }

  private static Problem csrf() {
    return Problem.of(
        403,
        "csrf",
        "The CSRF token is missing or wrong",
        "send the value of the cookie "
            + Cookies.CSRF
            + " in the header X-XSRF-TOKEN; GET /api/v1/session sets the cookie");
  }

  private static Problem denied(HttpServletRequest request, AccessRules rules) {
    Caller caller = Caller.current().orElse(null);
    if (caller == null) {
      return Problem.unauthenticated();
    }
    if (caller.mustChangePassword()) {
      return Problem.of(
          403,
          "password-change-required",
          "The password must be changed first",
          "this password was made by somebody else: choose your own with PUT"
              + " /api/v1/session/password");
    }
    Role role = rules.of(request).role();
    return Problem.of(
        403,
        "role",
        "Your role does not allow this",
        "this needs the role "
            + name(role == null ? Role.VIEWER : role)
            + ", yours is "
            + name(caller.role())
            + ": an administrator can change that");
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /// The token is derived from the session, so it is never stored, and one from elsewhere never fits.
  private static final class SessionBound implements CsrfTokenRepository {
    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
      return token(Secrets.random());
    }

    @Override
    public void saveToken(
        @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
      // Nothing to save: see above. The cookie is set at sign-in and by GET /api/v1/session.
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
      return Cookies.session(request).map(id -> token(Secrets.csrfToken(id))).orElse(null);
    }

    private static CsrfToken token(String value) {
      return new DefaultCsrfToken("X-XSRF-TOKEN", "_csrf", value);
    }
  }
}
