/// Events and alerts in Lucene indexes on the local disk. In: events with their place in the log. Out: answers to a
/// [metron.storage.SearchRequest].
///
/// Start at [LuceneEventStore] (day partitions, positions, recovery) or [LuceneAlertStore] (state of alerts). What a document
/// looks like is in [EventDocument] and [FieldLayout], how a query becomes Lucene's is in [QueryTranslator], how counts and
/// pages are made is in [Search].
@NullMarked
package metron.storage.lucene;

import org.jspecify.annotations.NullMarked;
