/// The enrichment part of the configuration. In: the section `enrichment`. Out: the enrichers, in the order in which they run.
/// Start at [EnrichmentConfig].
@NullMarked
package metron.enrichment.settings;

import org.jspecify.annotations.NullMarked;
