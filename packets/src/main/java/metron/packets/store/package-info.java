/// The packet store: a directory of segments, each a pcapng file in blocks, with an index beside it. In: packets. Out: those
/// that match a filter, found through the indexes and always the same as a full scan would give. Start at
/// [metron.packets.store.PacketStore]; the index is described where it is written, in [metron.packets.store.IndexBuilder].
@NullMarked
package metron.packets.store;

import org.jspecify.annotations.NullMarked;
