/// Sensors: which there are, and what one makes of sample lines. In: lines. Out: events or rejections, from the same pipeline
/// that runs. Start at [SensorPreview].
@NullMarked
package metron.server.sensor;

import org.jspecify.annotations.NullMarked;
