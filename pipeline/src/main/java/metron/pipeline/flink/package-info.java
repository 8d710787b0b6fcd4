/// The stream job. In: records of topics `raw.*`. Out: events in the stores, dead letters on their topic, checkpoints on
/// disk. Start at [StreamJob]; what happens to one message is [metron.pipeline.EventPipeline].
@NullMarked
package metron.pipeline.flink;

import org.jspecify.annotations.NullMarked;
