/// Zeek logs to events, in both of Zeek's own forms. In: one record, JSON or tab-separated; for the latter the header travels
/// in the message's metadata. Out: one event. Start at [ZeekFormat]; [ZeekHeader] reads the header.
@NullMarked
package metron.parsers.zeek;

import org.jspecify.annotations.NullMarked;
