/// Sources: what takes records in and appends them to the [metron.pipeline.RawLog].
///
/// In: datagrams, TCP and TLS connections, HTTP requests, files, topics of another Kafka. Out: raw messages of a named
/// sensor with what the transport knew of them. A full log slows the sender down; what is lost on the way (a datagram that
/// the kernel dropped) is counted. Start at [Intake]; what can be configured is in [IntakeConfig].
@NullMarked
package metron.pipeline.intake;

import org.jspecify.annotations.NullMarked;
