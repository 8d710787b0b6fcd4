package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.storage.AccountStore.User;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/session", produces = MediaType.APPLICATION_JSON_VALUE)
final class SessionController {
  record SignInBody(String username, String password) {
    @Override
    public String toString() {
      return "SignInBody[" + Excerpt.of(username) + "]";
    }
  }

  record PasswordBody(String current, String replacement) {
    @Override
    public String toString() {
      return "PasswordBody";
    }
  }

  private final Accounts accounts;
  private final SignInLimits limits;
  private final Cookies cookies;
  private final Audit audit;

  SessionController(Accounts accounts, SignInLimits limits, Cookies cookies, Audit audit) {
    this.accounts = accounts;
    this.limits = limits;
    this.cookies = cookies;
    this.audit = audit;
  }

  @PostMapping
  Session signIn(
      @RequestBody SignInBody body, HttpServletRequest request, HttpServletResponse response) {
    String address = request.getRemoteAddr();
    limit(body.username(), address, response);
    Optional<User> found = accounts.signIn(body.username(), body.password());
    if (found.isEmpty()) {
      audit.record("", address, "sign-in.failed", Excerpt.of(body.username()), "");
      throw Problem.of(
              401,
              "sign-in-failed",
              "The sign-in failed",
              "the user name or the password is wrong, or the account is disabled: an administrator"
                  + " can set a new password")
          .exception();
    }
    limits.succeeded(body.username(), address);
    User user = found.get();
    Cookies.session(request).ifPresent(accounts::closeSession);
    cookies.open(accounts.openSession(user), response);
    audit.record(user.name(), address, "sign-in", user.name(), "");
    return new Session(user.name(), user.role(), user.mustChangePassword());
  }

  @GetMapping
  Session getSession(HttpServletResponse response) {
    Caller caller = Caller.require();
    if (caller.via() instanceof Caller.Via.Session s) {
      cookies.csrf(s.id(), response);
    }
    return Session.of(caller);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    if (Caller.require().via() instanceof Caller.Via.Session s) {
      accounts.closeSession(s.id());
      cookies.clear(response);
      audit.record(request, "sign-out", Caller.require().name(), "");
    }
  }

  @PutMapping("/password")
  Session changePassword(
      @RequestBody PasswordBody body, HttpServletRequest request, HttpServletResponse response) {
    Caller caller = Caller.require();
    if (!(caller.via() instanceof Caller.Via.Session)) {
      throw Problem.of(
              403,
              "session-only",
              "A token can't do this",
              "a password is changed by its owner: sign in with it first")
          .exception();
    }
    String address = request.getRemoteAddr();
    limit(caller.name(), address, response);
    Optional<User> changed =
        accounts.changePassword(caller.name(), body.current(), body.replacement());
    if (changed.isEmpty()) {
      audit.record(request, "password.failed", caller.name(), "");
      throw Problem.invalid("the current password is wrong").exception();
    }
    limits.succeeded(caller.name(), address);
    User user = changed.get();
    cookies.open(accounts.openSession(user), response);
    audit.record(request, "password.change", user.name(), "");
    return new Session(user.name(), user.role(), user.mustChangePassword());
  }

  private void limit(String account, String address, HttpServletResponse response) {
    Optional<Duration> wait = limits.take(account, address);
    if (wait.isPresent()) {
      long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
      response.setHeader("Retry-After", Long.toString(seconds));
      audit.record("", address, "sign-in.limited", Excerpt.of(account), "");
      throw Problem.of(
              429,
              "too-many-tries",
              "Too many sign-ins were tried",
              "too many passwords were tried for this account or from this address: wait "
                  + seconds
                  + " seconds")
          .exception();
    }
  }
}
