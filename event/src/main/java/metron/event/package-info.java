/// What a log line becomes. In: typed values under ECS names. Out: the one [Event] that every step reads and writes.
///
/// Start at [Event]; a [Field] comes from the [FieldCatalogue]; the fields that code names are constants in [Ecs]. A line
/// on its way in is a [RawMessage], a line that nothing could take is a [DeadLetter].
@NullMarked
package metron.event;

import org.jspecify.annotations.NullMarked;
