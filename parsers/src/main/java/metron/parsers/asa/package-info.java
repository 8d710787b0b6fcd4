/// Cisco ASA messages. In: the text behind a syslog header, `%ASA-6-302013: Built …`. Out: one event; a message whose id has
/// no layout keeps its header fields and its text. Start at [AsaFormat]; the layouts stand in the sensor's definition.
@NullMarked
package metron.parsers.asa;

import org.jspecify.annotations.NullMarked;
