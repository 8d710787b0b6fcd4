/// What packets carry, put together again: IP datagrams from their fragments, and the two byte streams of a TCP connection from
/// its segments. In: packets in the order of capture. Out: whole datagrams, and bytes in the order in which they were sent, with
/// gaps named where the capture lacks some.
///
/// Overlaps: **the bytes that came first stay**; IPv6 fragments that overlap make their datagram void (RFC 8200 section 4.5).
/// All memory is bounded, see [metron.packets.stream.StreamLimits].
///
/// Start at [metron.packets.stream.TcpStream] and [metron.packets.stream.Fragments].
@NullMarked
package metron.packets.stream;

import org.jspecify.annotations.NullMarked;
