/// A capture in one machine-readable answer, so that it can be compared with what another tool says of the same file. In: a
/// capture and filters. Out: one JSON object: container, frames with their digest, layers, flows, Community IDs and what
/// each filter selects.
///
/// Start at [metron.packets.inspect.CaptureInspection].
@NullMarked
package metron.packets.inspect;

import org.jspecify.annotations.NullMarked;
