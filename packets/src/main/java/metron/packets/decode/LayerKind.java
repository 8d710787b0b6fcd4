package metron.packets.decode;

/// What a stretch of a packet is.
public enum LayerKind {
  NULL_LOOPBACK,
  ETHERNET,
  LLC,
  LINUX_SLL,
  LINUX_SLL2,
  RADIOTAP,
  IEEE802_11,
  PPP,
  PPPOE,
  VLAN,
  VN_TAG,
  E_TAG,
  MPLS,
  PSEUDO_WIRE,
  ARP,
  IPV4,
  IPV6,
  /// Hop-by-hop, routing, destination and other options of IPv6.
  IPV6_EXTENSION,
  IPV6_FRAGMENT,
  AUTHENTICATION_HEADER,
  GRE,
  ERSPAN,
  ETHER_IP,
  VXLAN,
  GENEVE,
  GTP_U,
  TEREDO,
  TCP,
  UDP,
  SCTP,
  ICMP,
  ICMP_V6,
  /// What no header claims.
  PAYLOAD
}
