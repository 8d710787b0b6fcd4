package metron.event;

/// The type of a field's value. Eight bytes or an object: see [Event] for how each is kept.
public enum FieldType {
  /// Text: `String`.
  STRING,
  /// Signed 64-bit integer: `Long`.
  LONG,
  /// IEEE 754 binary64: `Double`.
  DOUBLE,
  /// `Boolean`.
  BOOLEAN,
  /// A moment, in nanoseconds since 1970-01-01T00:00:00Z: `Instant`; 1677-09-21 to 2262-04-11.
  INSTANT,
  /// An IPv4 or IPv6 address: [IpAddress].
  IP
}
