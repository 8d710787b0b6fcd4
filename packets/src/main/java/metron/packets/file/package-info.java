/// Capture files: pcap and pcapng, plain or packed, in; pcapng and pcap out. A damaged file gives every packet before the
/// damage and says where it is ([metron.packets.file.CaptureFault]). Start at [metron.packets.file.CaptureReader] and
/// [metron.packets.file.PcapngWriter].
@NullMarked
package metron.packets.file;

import org.jspecify.annotations.NullMarked;
