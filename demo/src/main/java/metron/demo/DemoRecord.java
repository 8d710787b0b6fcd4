package metron.demo;

import java.time.Instant;
import java.util.Map;

/// One line as a sensor wrote it.
///
/// @param at when the sensor wrote it; never before the record before
/// @param sensor the sensor's name, such as `zeek`
/// @param line UTF-8, without a line end; owned by the receiver
/// @param metadata what a collector would know: `source.address`, the sender
public record DemoRecord(Instant at, String sensor, byte[] line, Map<String, String> metadata) {}
