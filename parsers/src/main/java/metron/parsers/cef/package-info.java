/// Common Event Format. In: the text behind a syslog header, `CEF:0|vendor|product|…|extension`. Out: one event. Start at
/// [CefFormat].
@NullMarked
package metron.parsers.cef;

import org.jspecify.annotations.NullMarked;
