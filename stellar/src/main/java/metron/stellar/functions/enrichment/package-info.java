/// What reference tables know, where the surroundings have some.
/// In: argument values. Out: a value or a failure. Start at [EnrichmentGet].
///
/// The tables are a service of the surroundings, [ReferenceTables]; without one these functions
/// fail and say so.
@NullMarked
package metron.stellar.functions.enrichment;

import org.jspecify.annotations.NullMarked;
