/// JSON to events, at the speed of a scan. In: one object (or an array of them), any nesting. Out: an event for each object.
/// Start at [JsonFormat]; [metron.event.json.JsonTape] is the scanner, [JsonWalker] carries values to their fields.
@NullMarked
package metron.parsers.json;

import org.jspecify.annotations.NullMarked;
