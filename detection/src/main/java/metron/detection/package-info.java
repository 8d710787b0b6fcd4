/// How bad is it. In: an enriched event. Out: contributions, each with score and reason, and one risk score. Start at
/// [Detector].
@NullMarked
package metron.detection;

import org.jspecify.annotations.NullMarked;
