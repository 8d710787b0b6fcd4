/// Dates and their parts.
/// In: argument values. Out: a value or a failure. Start at [ToEpochTimestamp].
@NullMarked
package metron.stellar.functions.time;

import org.jspecify.annotations.NullMarked;
