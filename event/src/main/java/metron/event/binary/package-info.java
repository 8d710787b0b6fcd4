/// Events as compact bytes, between the operators of the stream and in the stores. Start at [EventCodec].
@NullMarked
package metron.event.binary;

import org.jspecify.annotations.NullMarked;
