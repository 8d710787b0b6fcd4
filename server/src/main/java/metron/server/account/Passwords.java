package metron.server.account;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import metron.server.http.Problem;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Passwords: what is a good one, and its hash. Argon2id with 19 MiB, two passes and one lane, as OWASP's password storage
/// sheet has it; about 30 ms on one core.
final class Passwords {
  static final int SHORTEST = 12;
  static final int LONGEST = 200;

  private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
  // Each hash takes 19 MiB and a core; more at a time would let strangers take both from everybody
  // else.
  private final Semaphore atOnce = new Semaphore(2);
  private final String nobodys = encode(Secrets.random());

  String encode(String password) {
    atOnce.acquireUninterruptibly();
    try {
      String hash = encoder.encode(password);
      if (hash == null) {
        throw new IllegalStateException("the password encoder gave no hash");
      }
      return hash;
    } finally {
      atOnce.release();
    }
  }

  /// As slow for [#nobodys] hash as for a real one. What is too long to be a password is not looked at.
  boolean matches(String password, String hash) {
    if (password.length() > LONGEST) {
      return false;
    }
    atOnce.acquireUninterruptibly();
    try {
      return encoder.matches(password, hash);
    } finally {
      atOnce.release();
    }
  }

  /// A hash that no password has, to be compared with where there is no such user.
  String nobodys() {
    return nobodys;
  }

  /// @throws metron.server.http.ProblemException 422, if the password is too easy
  static void check(String password, String user) {
    String fault = null;
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      fault =
          "it has " + password.length() + " characters, expected " + SHORTEST + " to " + LONGEST;
    } else if (password.toLowerCase(Locale.ROOT).contains(user.toLowerCase(Locale.ROOT))) {
      fault = "it has the user name in it";
    } else if (password.chars().distinct().count() < 6) {
      fault = "it has fewer than six different characters";
    }
    if (fault != null) {
      throw Problem.invalid("the password can't be used: " + fault).exception();
    }
  }
}
