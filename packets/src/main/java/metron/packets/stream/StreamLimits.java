package metron.packets.stream;

import java.time.Duration;

/// How much may wait for bytes that are missing.
///
/// @param datagrams IP datagrams of which fragments are missing; at least 1
/// @param fragmentBytes bytes of all of them; at least 65,535
/// @param fragmentTimeout after which the missing fragments are given up; RFC 8200 says 60 s
/// @param segmentBytes bytes of one direction of one TCP stream behind a gap
/// @param allSegmentBytes bytes behind gaps of all streams
public record StreamLimits(
    int datagrams,
    int fragmentBytes,
    Duration fragmentTimeout,
    int segmentBytes,
    long allSegmentBytes) {
  public static final StreamLimits DEFAULT =
      new StreamLimits(4096, 16 << 20, Duration.ofSeconds(60), 1 << 20, 64L << 20);

  public StreamLimits {
    if (datagrams < 1 || fragmentBytes < 65_535 || segmentBytes < 0 || allSegmentBytes < 0) {
      throw new IllegalArgumentException(
          "datagrams is "
              + datagrams
              + ", fragmentBytes "
              + fragmentBytes
              + ", segmentBytes "
              + segmentBytes
              + ", allSegmentBytes "
              + allSegmentBytes
              + "; expected at least 1, 65535, 0 and 0");
    }
  }
}
