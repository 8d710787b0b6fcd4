/// Syslog headers: RFC 5424 with structured data, RFC 3164 and what devices make of it. In: one message. Out: the header's
/// fields, and the text behind it for the next link of the chain. Start at [SyslogFormat].
@NullMarked
package metron.parsers.syslog;

import org.jspecify.annotations.NullMarked;
