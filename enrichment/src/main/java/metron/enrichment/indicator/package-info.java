/// Threat intelligence. In: indicators from feeds, and events. Out: the same events with `threat.*` of what they touch.
///
/// Start at [IndicatorEnricher]; the indicators live in [IndicatorTable]; [IndicatorFeed] reads the lists that people have.
@NullMarked
package metron.enrichment.indicator;

import org.jspecify.annotations.NullMarked;
