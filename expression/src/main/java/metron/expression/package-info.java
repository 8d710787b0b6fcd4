/// Stellar over events. In: text from a configuration file. Out: programs that read fields of an [metron.event.Event] by
/// name, classic Metron names included. Start at [Expressions].
@NullMarked
package metron.expression;

import org.jspecify.annotations.NullMarked;
