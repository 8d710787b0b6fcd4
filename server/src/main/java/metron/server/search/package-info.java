/// Find events. In: search text, a time range, the counts wanted. Out: a page of events with counts, or a file of all that
/// match. Alerts are found the same way. Start at [Search]; the addresses are in `EventsController`.
@NullMarked
package metron.server.search;

import org.jspecify.annotations.NullMarked;
