/// A Kafka broker in this process, for the size that is one program. In: a directory and a port. Out: an address. Start at
/// [EmbeddedBroker].
@NullMarked
package metron.pipeline.kafka.embedded;

import org.jspecify.annotations.NullMarked;
