/// Context for events. In: an event. Out: the same event, with what is known of its addresses, names and files. Start at
/// [Enricher].
@NullMarked
package metron.enrichment;

import org.jspecify.annotations.NullMarked;
