/// Threat indicators: load a list, look one up, take one out. In: CSV. Out: what is live in the stream within a second. Start
/// at [Indicators].
@NullMarked
package metron.server.indicator;

import org.jspecify.annotations.NullMarked;
