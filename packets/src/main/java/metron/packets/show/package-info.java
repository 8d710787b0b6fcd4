/// One packet for a person to look at: its headers as a list of [metron.packets.show.Layer]s, each with its fields and the bytes that
/// they stand in, and the bytes themselves. In: a decoded packet. Out: layers, a tree as text or JSON, a hex dump.
///
/// Unlike decoding for filters and the index, this allocates as it likes.
///
/// Start at [metron.packets.show.Dissection].
@NullMarked
package metron.packets.show;

import org.jspecify.annotations.NullMarked;
