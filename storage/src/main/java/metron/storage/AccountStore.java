package metron.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Users and their API tokens. No secret is kept: of a password the hash that the server made, of a token its SHA-256.
///
/// Every change is durable when it returns. A failure of the disk is an [java.io.UncheckedIOException].
public interface AccountStore {
  /// What an account may do; each may do all that the one before may.
  enum Role {
    VIEWER,
    ANALYST,
    ENGINEER,
    ADMINISTRATOR
  }

  /// @param name unique without case, 1 to 100 characters
  /// @param passwordHash as the server's password encoder writes it (Argon2id, PHC string)
  /// @param signedIn last sign-in; null: never
  record User(
      String name,
      String passwordHash,
      Role role,
      boolean disabled,
      boolean mustChangePassword,
      Instant created,
      Instant changed,
      @Nullable Instant signedIn) {
    public User {
      if (name.isBlank() || name.length() > 100) {
        throw new IllegalArgumentException(
            "a user name has 1 to 100 characters, found " + name.length());
      }
    }
  }

  /// @param id public handle, unique
  /// @param name what the owner calls it
  /// @param secretHash SHA-256 of the token's text, lower-case hex
  /// @param expires null: never
  /// @param used last use, exact to the minute; null: never
  record Token(
      String id,
      String name,
      String secretHash,
      Role role,
      String owner,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant used) {}

  /// All users, by name.
  List<User> users();

  /// @param name without case
  Optional<User> user(String name);

  /// @throws IllegalStateException if the name is taken
  void addUser(User user);

  /// Replaces the user of that name.
  ///
  /// @throws java.util.NoSuchElementException if there is none
  /// @throws IllegalStateException if no enabled administrator would be left
  void changeUser(User user);

  /// Notes a sign-in.
  void signedIn(String name, Instant at);

  /// Removes the user with all tokens, sessions and settings.
  ///
  /// @return false if there was none
  /// @throws IllegalStateException if no enabled administrator would be left
  boolean removeUser(String name);

  /// All tokens, newest first; without the expired ones that [#removeExpiredTokens] took away.
  List<Token> tokens();

  Optional<Token> tokenBySecretHash(String secretHash);

  void addToken(Token token);

  /// Notes a use, at most once a minute on disk.
  void tokenUsed(String id, Instant at);

  /// @return false if there was none
  boolean removeToken(String id);

  /// @return tokens removed
  int removeExpiredTokens(Instant now);
}
