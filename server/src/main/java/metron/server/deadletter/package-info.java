/// Records that could not be taken: see them, mend them, send them again. In: a mended text or another sensor. Out: what the
/// pipeline makes of it, and a new record in the log. Start at [DeadLetters].
@NullMarked
package metron.server.deadletter;

import org.jspecify.annotations.NullMarked;
