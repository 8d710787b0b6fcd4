package metron.app.start;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import metron.pipeline.intake.SenderTokens;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;

/// Lets API tokens of engineers and administrators send records. Tokens are looked up by their hash, so no comparison of
/// secrets can leak time.
final class StoredTokens implements SenderTokens {
  private final AccountStore accounts;
  private final InstantSource clock;

  StoredTokens(AccountStore accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public boolean maySend(String token) {
    Optional<AccountStore.Token> found = accounts.tokenBySecretHash(hash(token));
    Instant now = clock.instant();
    if (found.isEmpty()) {
      return false;
    }
    AccountStore.Token known = found.get();
    Instant expires = known.expires();
    boolean disabled = accounts.user(known.owner()).map(AccountStore.User::disabled).orElse(false);
    if ((expires != null && !expires.isAfter(now))
        || known.role().compareTo(Role.ENGINEER) < 0
        || disabled) {
      return false;
    }
    accounts.tokenUsed(known.id(), now);
    return true;
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
