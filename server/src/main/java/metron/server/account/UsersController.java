package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.server.http.Problem;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;
import metron.storage.AccountStore.User;
import metron.storage.SettingsStore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class UsersController {
  /// @param signedIn last sign-in; absent: never
  record UserView(
      String name,
      Role role,
      boolean disabled,
      boolean mustChangePassword,
      Instant created,
      Instant changed,
      @Nullable Instant signedIn) {
    static UserView of(User u) {
      return new UserView(
          u.name(),
          u.role(),
          u.disabled(),
          u.mustChangePassword(),
          u.created(),
          u.changed(),
          u.signedIn());
    }
  }

  /// @param password absent: one is made; either way its owner must change it at the first sign-in
  record NewUserBody(String name, Role role, @Nullable String password) {
    @Override
    public String toString() {
      return "NewUserBody[" + role + "]";
    }
  }

  /// What is absent stays as it is.
  ///
  /// @param resetPassword makes a new one-time password
  record UserChangeBody(
      @Nullable Role role,
      @Nullable Boolean disabled,
      @Nullable String password,
      @Nullable Boolean resetPassword) {
    @Override
    public String toString() {
      return "UserChangeBody[" + role + ", " + disabled + "]";
    }
  }

  /// @param oneTimePassword to hand over to the user, shown only here; absent: none was made
  record UserIssued(UserView user, @Nullable String oneTimePassword) {}

  private final AccountStore store;
  private final SettingsStore settings;
  private final Accounts accounts;
  private final Audit audit;

  UsersController(AccountStore store, SettingsStore settings, Accounts accounts, Audit audit) {
    this.store = store;
    this.settings = settings;
    this.accounts = accounts;
    this.audit = audit;
  }

  @GetMapping("/users")
  List<UserView> listUsers() {
    return store.users().stream().map(UserView::of).toList();
  }

  /// Names of those who can work on alerts.
  @GetMapping("/assignees")
  List<String> listAssignees() {
    return store.users().stream()
        .filter(u -> !u.disabled() && u.role().compareTo(Role.ANALYST) >= 0)
        .map(User::name)
        .toList();
  }

  @PostMapping("/users")
  @ResponseStatus(HttpStatus.CREATED)
  UserIssued createUser(@RequestBody NewUserBody body, HttpServletRequest request) {
    Accounts.Issued issued = accounts.addUser(body.name(), body.role(), body.password());
    audit.record(request, "user.add", body.name(), "role " + name(body.role()));
    return new UserIssued(UserView.of(issued.user()), issued.oneTimePassword());
  }

  @PatchMapping("/users/{name}")
  UserIssued changeUser(
      @PathVariable String name, @RequestBody UserChangeBody body, HttpServletRequest request) {
    if (name.equalsIgnoreCase(Caller.require().name())
        && (Boolean.TRUE.equals(body.disabled()) || body.role() != null)) {
      throw Problem.conflict("this is your own account: another administrator can do that")
          .exception();
    }
    Accounts.Issued issued =
        accounts.changeUser(
            name,
            body.role(),
            body.disabled(),
            body.password(),
            Boolean.TRUE.equals(body.resetPassword()));
    audit.record(request, "user.change", issued.user().name(), changes(body));
    return new UserIssued(UserView.of(issued.user()), issued.oneTimePassword());
  }

  @DeleteMapping("/users/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteUser(@PathVariable String name, HttpServletRequest request) {
    if (name.equalsIgnoreCase(Caller.require().name())) {
      throw Problem.conflict("this is your own account: another administrator can do that")
          .exception();
    }
    String exact = store.user(name).map(AccountStore.User::name).orElse(name);
    accounts.removeUser(name);
    // Somebody else may get the name later.
    settings.all(exact, "").keySet().forEach(key -> settings.remove(exact, key));
    audit.record(request, "user.remove", name, "");
  }

  private static String changes(UserChangeBody body) {
    List<String> out = new ArrayList<>();
    if (body.role() != null) {
      out.add("role " + name(body.role()));
    }
    if (body.disabled() != null) {
      out.add(body.disabled() ? "disabled" : "enabled");
    }
    if (body.password() != null || Boolean.TRUE.equals(body.resetPassword())) {
      out.add("new password");
    }
    return String.join(", ", out);
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
