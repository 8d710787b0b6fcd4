/// Text with a fixed layout to named parts. In: one line, and layouts such as
/// `Deny {proto} from {source:host}/{port:word}[ on {interface}]`. Out: the parts, by name. Start at [DissectFormat]; the layouts are
/// [metron.parsers.scan.Dissect].
@NullMarked
package metron.parsers.dissect;

import org.jspecify.annotations.NullMarked;
