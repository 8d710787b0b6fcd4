package metron.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who changed what, and when: append-only, each entry chained to the one before by SHA-256, so that a row that was changed,
/// taken out or put in between later is found.
///
/// `hash = SHA-256(previous hash ‖ number ‖ at ‖ who ‖ from ‖ action ‖ target ‖ detail)`, each part as its length in bytes
/// (four, big-endian) and UTF-8 bytes; the hash before the first is 64 zeros. Cutting off the end is found by whoever has
/// kept a later hash, such as one printed to the log file.
public interface AuditLog {
  /// @param number from 1, without gaps
  /// @param who user, token id or `system`
  /// @param from network address of the client, or empty
  /// @param action such as `user.add`, `alert.status`, `config.write`, `sign-in.failed`
  /// @param target what it was done to
  /// @param detail further facts, JSON or empty; never a secret
  /// @param hash lower-case hex
  record Entry(
      long number,
      Instant at,
      String who,
      String from,
      String action,
      String target,
      String detail,
      String hash) {}

  /// @param next cursor of the following (older) page; null: there is none
  record Page(List<Entry> entries, @Nullable String next) {}

  /// Whether the chain holds.
  sealed interface Verification {
    /// @param last hash of the last entry
    record Intact(long entries, String last) implements Verification {}

    /// @param number of the first entry that does not fit
    record Broken(long number, String reason) implements Verification {}
  }

  /// Durable when it returns.
  Entry append(Instant at, String who, String from, String action, String target, String detail);

  /// Newest first.
  ///
  /// @param cursor of an earlier page; null: from the newest
  /// @param size 1 to 1000
  /// @throws IllegalArgumentException if the cursor is not one of ours
  Page page(@Nullable String cursor, int size);

  /// Recomputes the whole chain.
  Verification verify();
}
