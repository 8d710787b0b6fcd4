/// Packets: what lies in capture files and segments, decoded, filtered, kept and found again. The root holds what all
/// parts speak of: a [metron.packets.Packet], the [metron.packets.CaptureInterface] it was seen on and that one's
/// [metron.packets.LinkType]. In: files ([metron.packets.file]). Between: headers ([metron.packets.decode]) and filters
/// ([metron.packets.filter]). Out: the segment store with its index ([metron.packets.store]).
///
/// Start at [metron.packets.file.CaptureReader].
@NullMarked
package metron.packets;

import org.jspecify.annotations.NullMarked;
