/// The order of steps. Start at `EventPipeline`, which is pure; `pipeline.flink` and `pipeline.intake` are the thin edges.
@NullMarked
package metron.pipeline;

import org.jspecify.annotations.NullMarked;
