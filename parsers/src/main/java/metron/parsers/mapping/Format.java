package metron.parsers.mapping;

/// One link of a sensor's format chain: takes the payload that [Draft] points at, puts what it finds into the event, and
/// leaves the rest of the payload, if there is one, for the next link (a syslog header for the CEF record behind it).
///
/// Takes any bytes. Keeps no state from one message to the next; one thread at a time.
public interface Format {
  /// @return whether the message goes on; if not, the draft says why ([Draft#reject], [Draft#skip])
  boolean read(Draft draft);
}
