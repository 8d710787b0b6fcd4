package metron.stellar.functions.enrichment;

import org.jspecify.annotations.Nullable;

/// Values that something else made and keeps under a path, such as a Bloom filter or a map of
/// indicators, as a service of the surroundings of a program.
@FunctionalInterface
public interface StoredObjects {
  /// What is kept under a path. Called for every evaluation: keep what was read.
  ///
  /// @return null when there is nothing
  @Nullable Object at(String path);
}
