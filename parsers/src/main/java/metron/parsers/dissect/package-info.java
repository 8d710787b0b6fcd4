/// Text with a fixed layout to named parts, by scanning for what stands between them. In: a pattern such as
/// `Deny {proto} from {source:host}/{port:word}[ on {interface}]`. Out: the range of each part. Start at [Dissect].
@NullMarked
package metron.parsers.dissect;

import org.jspecify.annotations.NullMarked;
