package metron.packets.decode;

/// Numbers that say which of many virtual networks a packet belongs to.
public enum TagKind {
  /// VLAN id, 12 bits (IEEE 802.1Q).
  VLAN,
  /// MPLS label, 20 bits (RFC 3032).
  MPLS,
  /// VXLAN network identifier, 24 bits (RFC 7348).
  VXLAN,
  /// Geneve virtual network identifier, 24 bits (RFC 8926).
  GENEVE,
  /// GTP-U tunnel endpoint identifier, 32 bits (3GPP TS 29.281).
  GTP,
  /// GRE key, 32 bits (RFC 2890).
  GRE_KEY,
  /// Type of what GRE carries; no network, but shown and counted with them.
  GRE_PROTOCOL,
  /// PPPoE session, 16 bits (RFC 2516).
  PPPOE,
  /// ERSPAN session, 10 bits.
  ERSPAN
}
