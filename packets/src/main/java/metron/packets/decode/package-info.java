/// Headers: from the first byte of a frame through tunnels to the innermost payload. In: bytes and a link type. Out: a
/// reusable [metron.packets.decode.DecodedPacket] that allocates nothing, for filters, the index and display. Any bytes give a result: what is cut or malformed ends the decoding there.
@NullMarked
package metron.packets.decode;

import org.jspecify.annotations.NullMarked;
