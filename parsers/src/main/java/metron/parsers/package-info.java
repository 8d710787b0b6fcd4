/// Bytes to events. In: a stream of records and a [metron.event.RawMessage] for each. Out: a [ParseResult].
///
/// Start at [Sensors], which knows every [Sensor]; a sensor cuts a stream into records ([Framing]) and parses one at a time
/// ([Parser]). A sensor is a folder with a `sensor.yaml` ([SensorDefinition]); formats are packages below this one.
@NullMarked
package metron.parsers;

import org.jspecify.annotations.NullMarked;
