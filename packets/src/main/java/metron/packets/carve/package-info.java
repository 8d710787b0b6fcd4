/// Where files go that were carved from traffic: a folder, or a zip file under a password. In: the bytes of files, several at once.
/// Out: files under names that are safe, whatever the traffic called them.
///
/// Start at [metron.packets.carve.FolderSink] and [metron.packets.carve.ZipSink].
@NullMarked
package metron.packets.carve;

import org.jspecify.annotations.NullMarked;
