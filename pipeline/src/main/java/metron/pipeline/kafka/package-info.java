/// The durable log, seen through Kafka's client. In: records of collectors, dead letters, configuration, indicators. Out:
/// the same, read back. Start at [Topics], which names every topic, and [RawLog], which collectors write to.
@NullMarked
package metron.pipeline.kafka;

import org.jspecify.annotations.NullMarked;
