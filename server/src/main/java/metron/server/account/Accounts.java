package metron.server.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;
import metron.storage.AccountStore.Token;
import metron.storage.AccountStore.User;
import metron.storage.AuditLog;
import metron.storage.SessionStore;
import org.jspecify.annotations.Nullable;

/// Users, their passwords, sessions and API tokens.
///
/// A session and a token count for as much as their owner does at the moment of the request: who loses a role or is
/// disabled loses it at once, everywhere.
public final class Accounts {
  /// Owner of what the program itself uses; no user can have this name.
  public static final String SYSTEM = "system";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final String TOKEN_PREFIX = "metron_";
  private static final String LOCAL_TOKEN = "command line on this machine";
  private static final String FIRST_ADMINISTRATOR = "admin";

  /// How long a session lasts.
  ///
  /// @param idle without a request
  /// @param absolute from sign-in, whatever happens
  public record SessionTimes(Duration idle, Duration absolute) {
    public static final SessionTimes DEFAULT =
        new SessionTimes(Duration.ofHours(2), Duration.ofHours(12));
  }

  /// A user just made or changed, and the password to hand over if one was made.
  record Issued(User user, @Nullable String oneTimePassword) {}

  /// A token just made, and its secret, which nobody can see again.
  record NewToken(Token token, String secret) {}

  private final AccountStore store;
  private final SessionStore sessions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SessionTimes times;
  private final Passwords passwords = new Passwords();

  public Accounts(
      AccountStore store,
      SessionStore sessions,
      AuditLog audit,
      InstantSource clock,
      SessionTimes times) {
    this.store = store;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
    this.times = times;
  }

  /// Makes the user `admin` where there is no user at all.
  ///
  /// @return its password, which must be changed at the first sign-in and is kept nowhere; empty: there are users
  public Optional<String> ensureAdministrator() {
    if (!store.users().isEmpty()) {
      return Optional.empty();
    }
    String password = Secrets.oneTimePassword();
    Instant now = clock.instant();
    store.addUser(
        new User(
            FIRST_ADMINISTRATOR,
            passwords.encode(password),
            Role.ADMINISTRATOR,
            false,
            true,
            now,
            now,
            null));
    audit.append(now, SYSTEM, "", "user.add", FIRST_ADMINISTRATOR, "first administrator");
    return Optional.of(password);
  }

  /// Makes the token that the command line of this machine uses; the one made before is no longer valid.
  ///
  /// @return the secret
  public String renewLocalToken() {
    for (Token token : store.tokens()) {
      if (token.owner().equals(SYSTEM) && token.name().equals(LOCAL_TOKEN)) {
        store.removeToken(token.id());
      }
    }
    String secret = TOKEN_PREFIX + Secrets.random();
    store.addToken(
        new Token(
            Secrets.shortId(),
            LOCAL_TOKEN,
            Secrets.hash(secret),
            Role.ADMINISTRATOR,
            SYSTEM,
            clock.instant(),
            null,
            null));
    return secret;
  }

  /// The user, if the password is right and the account is not disabled; as slow if there is no such user.
  Optional<User> signIn(String name, String password) {
    Optional<User> user = name.length() > 100 ? Optional.empty() : store.user(name);
    boolean right =
        passwords.matches(password, user.map(User::passwordHash).orElse(passwords.nobodys()));
    return right ? user.filter(u -> !u.disabled()) : Optional.empty();
  }

  /// @return the cookie's value
  String openSession(User user) {
    Instant now = clock.instant();
    String id = Secrets.random();
    sessions.removeExpired(now);
    sessions.add(
        new SessionStore.Session(Secrets.hash(id), user.name(), "", now, now, end(now, now)));
    store.signedIn(user.name(), now);
    return id;
  }

  void closeSession(String id) {
    sessions.remove(Secrets.hash(id));
  }

  /// Who has this session cookie; empty: it has ended or never was.
  Optional<Caller> bySession(String id) {
    Instant now = clock.instant();
    String hash = Secrets.hash(id);
    Optional<SessionStore.Session> session = sessions.find(hash, now);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Optional<User> user = store.user(session.get().user()).filter(u -> !u.disabled());
    if (user.isEmpty()) {
      return Optional.empty();
    }
    sessions.seen(hash, now, end(session.get().created(), now));
    User u = user.get();
    return Optional.of(
        new Caller(u.name(), u.role(), u.mustChangePassword(), new Caller.Via.Session(id)));
  }

  private Instant end(Instant created, Instant now) {
    Instant idle = now.plus(times.idle());
    Instant absolute = created.plus(times.absolute());
    return idle.isBefore(absolute) ? idle : absolute;
  }

  /// Who has this API token; empty: it has expired or never was.
  Optional<Caller> byToken(String secret) {
    Instant now = clock.instant();
    Optional<Token> found =
        store
            .tokenBySecretHash(Secrets.hash(secret))
            .filter(t -> t.expires() == null || t.expires().isAfter(now));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Token token = found.get();
    Role role = token.role();
    if (!token.owner().equals(SYSTEM)) {
      Optional<User> owner = store.user(token.owner()).filter(u -> !u.disabled());
      if (owner.isEmpty()) {
        return Optional.empty();
      }
      Role most = owner.get().role();
      role = role.compareTo(most) <= 0 ? role : most;
    }
    store.tokenUsed(token.id(), now);
    return Optional.of(new Caller(token.owner(), role, false, new Caller.Via.Token(token.id())));
  }

  /// Whether the caller would still be let in: for answers that last.
  public boolean isStillSignedIn(Caller caller) {
    return switch (caller.via()) {
      case Caller.Via.Session s ->
          sessions.find(Secrets.hash(s.id()), clock.instant()).isPresent()
              && store.user(caller.name()).filter(u -> !u.disabled()).isPresent();
      case Caller.Via.Token t ->
          store.tokens().stream()
              .anyMatch(
                  k ->
                      k.id().equals(t.id())
                          && (k.expires() == null || k.expires().isAfter(clock.instant())));
    };
  }

  /// Whether there is a user of that name who can sign in.
  public boolean isUser(String name) {
    return name.length() <= 100 && store.user(name).filter(u -> !u.disabled()).isPresent();
  }

  User user(String name) {
    return (name.isBlank() || name.length() > 100 ? Optional.<User>empty() : store.user(name))
        .orElseThrow(() -> Problem.notFound("there is no user " + Excerpt.of(name)).exception());
  }

  /// @param password null: one is made
  Issued addUser(String name, Role role, @Nullable String password) {
    if (!NAME.matcher(name).matches() || name.toLowerCase(Locale.ROOT).equals(SYSTEM)) {
      throw Problem.invalid(
              "the name is '"
                  + Excerpt.of(name)
                  + "', expected 1 to 64 letters, digits and . _ @ -, starting with a letter or digit,"
                  + " other than 'system'")
          .exception();
    }
    if (store.user(name).isPresent()) {
      throw Problem.conflict("there is a user " + name + " already: choose another name")
          .exception();
    }
    String oneTime = password == null ? Secrets.oneTimePassword() : null;
    String chosen = oneTime != null ? oneTime : checked(password, name);
    Instant now = clock.instant();
    User user = new User(name, passwords.encode(chosen), role, false, true, now, now, null);
    try {
      store.addUser(user);
    } catch (IllegalStateException e) {
      throw Problem.conflict("there is a user " + name + " already: choose another name")
          .exception();
    }
    return new Issued(user, oneTime);
  }

  private static String checked(@Nullable String password, String name) {
    String given = password == null ? "" : password;
    Passwords.check(given, name);
    return given;
  }

  /// Changes what is not null. A new role, password or disabling ends the user's sessions.
  Issued changeUser(
      String name,
      @Nullable Role role,
      @Nullable Boolean disabled,
      @Nullable String password,
      boolean resetPassword) {
    User old = user(name);
    String oneTime = resetPassword && password == null ? Secrets.oneTimePassword() : null;
    String chosen = password == null ? oneTime : checked(password, old.name());
    User changed =
        new User(
            old.name(),
            chosen == null ? old.passwordHash() : passwords.encode(chosen),
            role == null ? old.role() : role,
            disabled == null ? old.disabled() : disabled,
            chosen != null || old.mustChangePassword(),
            old.created(),
            clock.instant(),
            old.signedIn());
    change(changed);
    sessions.removeAll(old.name());
    return new Issued(changed, oneTime);
  }

  void removeUser(String name) {
    User old = user(name);
    try {
      store.removeUser(old.name());
    } catch (IllegalStateException e) {
      throw lastAdministrator();
    }
    sessions.removeAll(old.name());
  }

  private void change(User user) {
    try {
      store.changeUser(user);
    } catch (IllegalStateException e) {
      throw lastAdministrator();
    } catch (NoSuchElementException e) {
      throw Problem.notFound("there is no user " + user.name()).exception();
    }
  }

  private static RuntimeException lastAdministrator() {
    return Problem.conflict(
            "this is the last administrator who can sign in: make another one first")
        .exception();
  }

  /// Replaces the password of somebody who knows it, and ends all sessions of theirs.
  ///
  /// @return the user as changed; empty: the current password is wrong
  Optional<User> changePassword(String name, String current, String replacement) {
    Optional<User> user = signIn(name, current);
    if (user.isEmpty()) {
      return Optional.empty();
    }
    Passwords.check(replacement, name);
    if (replacement.equals(current)) {
      throw Problem.invalid("the new password is the same as the current one: choose another")
          .exception();
    }
    User old = user.get();
    User changed =
        new User(
            old.name(),
            passwords.encode(replacement),
            old.role(),
            old.disabled(),
            false,
            old.created(),
            clock.instant(),
            old.signedIn());
    change(changed);
    sessions.removeAll(old.name());
    return Optional.of(changed);
  }

  NewToken addToken(String name, Role role, Caller creator, @Nullable Instant expires) {
    Instant now = clock.instant();
    if (name.isBlank() || name.length() > 100) {
      throw Problem.invalid("the name of a token has 1 to 100 characters, found " + name.length())
          .exception();
    }
    if (role.compareTo(creator.role()) > 0) {
      throw Problem.invalid(
              "the role is "
                  + role.name().toLowerCase(Locale.ROOT)
                  + ", which is more than you have: "
                  + creator.role().name().toLowerCase(Locale.ROOT)
                  + " is the most you can give")
          .exception();
    }
    if (expires != null && !expires.isAfter(now)) {
      throw Problem.invalid("expires is " + expires + ", which is over already").exception();
    }
    store.removeExpiredTokens(now);
    String secret = TOKEN_PREFIX + Secrets.random();
    Token token =
        new Token(
            Secrets.shortId(),
            name,
            Secrets.hash(secret),
            role,
            creator.name(),
            now,
            expires,
            null);
    store.addToken(token);
    return new NewToken(token, secret);
  }
}
