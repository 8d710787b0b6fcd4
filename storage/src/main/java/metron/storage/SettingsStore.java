package metron.storage;

import java.util.Map;
import java.util.Optional;

/// What each user has saved: searches, columns, preferences. Values are text, JSON by custom; the store does not look inside.
///
/// A failure of the disk is an [java.io.UncheckedIOException].
public interface SettingsStore {
  /// User name for what belongs to nobody in particular.
  String SHARED = "";

  /// Longest value, in characters.
  int MAX_VALUE = 256 * 1024;

  Optional<String> get(String user, String key);

  /// All of a user's settings whose key starts with `prefix`, by key.
  Map<String, String> all(String user, String prefix);

  /// @throws IllegalArgumentException if the value is longer than [#MAX_VALUE]
  void put(String user, String key, String value);

  /// @return false if there was none
  boolean remove(String user, String key);
}
