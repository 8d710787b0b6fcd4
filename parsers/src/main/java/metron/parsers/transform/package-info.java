/// Field transformations: what a user changes about the events of a sensor after it was parsed. In: the documents below
/// `conf/transformations`. Out: events with fields set, renamed, removed, or left out as a whole. Start at
/// [Transformations].
@NullMarked
package metron.parsers.transform;

import org.jspecify.annotations.NullMarked;
