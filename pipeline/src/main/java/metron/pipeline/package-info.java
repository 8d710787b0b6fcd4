/// The order of steps. In: a [metron.event.RawMessage]. Out: an [Outcome]. Start at [EventPipeline], which is pure;
/// `pipeline.kafka`, `pipeline.flink` and `pipeline.intake` are the thin edges.
@NullMarked
package metron.pipeline;

import org.jspecify.annotations.NullMarked;
