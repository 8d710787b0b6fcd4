package metron.packets.filter;

import metron.packets.decode.DecodedPacket;

/// Which headers a condition looks at.
///
/// @param everyLayer all of them, in tunnels and under tags too; else only the outermost network header, and only if
///     exactly as many tags stand before it as the filter has named, which is how tcpdump reads the same words
/// @param vlans VLAN tags that must stand before the header
/// @param mpls MPLS labels that must stand before it
public record Scope(boolean everyLayer, int vlans, int mpls) {
  static final Scope EVERY_LAYER = new Scope(true, 0, 0);
  static final Scope OUTER = new Scope(false, 0, 0);

  /// How many levels of the packet, from the outermost, are looked at.
  int levels(DecodedPacket packet) {
    if (everyLayer) {
      return packet.levels();
    }
    boolean there =
        packet.levels() > 0
            && packet.outerVlans() == vlans
            && packet.outerMpls() == mpls
            && !packet.isOuterWrapped();
    return there ? 1 : 0;
  }
}
