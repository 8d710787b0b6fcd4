/// What to look for. In: search text. Out: a [Query] tree, and that tree compiled to a predicate over an event.
///
/// Start at [Query]; the grammar is in `QueryParser`.
@NullMarked
package metron.event.query;

import org.jspecify.annotations.NullMarked;
