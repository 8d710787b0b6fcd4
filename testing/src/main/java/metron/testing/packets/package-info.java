/// Packets made to measure: whole conversations, header by header, in the protocols that the analysers read. In: what the two
/// ends say. Out: Ethernet frames, and captures of them.
///
/// Start at [metron.testing.packets.SampleTraffic].
@NullMarked
package metron.testing.packets;

import org.jspecify.annotations.NullMarked;
