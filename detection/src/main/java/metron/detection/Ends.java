package metron.detection;

import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;

/// Who talked to whom, in words.
final class Ends {
  private Ends() {}

  /// ` from 10.0.0.1 to 203.0.113.7`, as far as the event knows; starts with a blank unless it is empty.
  static String of(Event event) {
    IpAddress source = event.ip(Ecs.SOURCE_IP);
    IpAddress destination = event.ip(Ecs.DESTINATION_IP);
    return (source == null ? "" : " from " + source)
        + (destination == null ? "" : " to " + destination);
  }
}
