package metron.packets.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much of the past a store keeps. Segments go whole, the oldest first; pinned ones stay, and their bytes count.
///
/// @param age segments whose last packet is older go; null: no limit of age
/// @param bytes of segments and indexes together; the oldest go until it is so; [Long#MAX_VALUE]: no limit
public record Retention(@Nullable Duration age, long bytes) {
  public Retention {
    if (age != null && age.isNegative()) {
      throw new IllegalArgumentException("age is " + age + ", expected a positive duration");
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes is " + bytes + ", expected 0 or more");
    }
  }
}
