/// Your own networks. In: their names from the configuration, and events. Out: which of them each end of an event is in, and
/// which way the traffic went. Start at [NetworkEnricher].
@NullMarked
package metron.enrichment.network;

import org.jspecify.annotations.NullMarked;
