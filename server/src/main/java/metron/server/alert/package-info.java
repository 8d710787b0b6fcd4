/// Alerts: find them, see why they fired and what is around them, work on them, watch them arrive. Start at
/// `AlertsController`; what belongs to an alert is found by [RelatedEvents], new ones are pushed by [AlertStream].
@NullMarked
package metron.server.alert;

import org.jspecify.annotations.NullMarked;
