/// A topic of somebody else's Kafka, as a source. In: its address and the client's settings. Out: records with what Kafka
/// knew of them. Start at [ExternalTopic]; there the client is the protocol, not our log.
@NullMarked
package metron.pipeline.intake.kafka;

import org.jspecify.annotations.NullMarked;
