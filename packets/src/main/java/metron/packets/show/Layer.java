package metron.packets.show;

import java.util.List;
import metron.event.IpAddress;

/// A header of a packet, or what no header claims. Offsets count from the packet's first byte.
public sealed interface Layer {
  /// Where it begins.
  int offset();

  /// Where it ends.
  int end();

  /// Its fields, in the order in which they stand.
  List<LayerField> fields();

  /// As people call it.
  String title();

  record Ethernet(
      int offset, int end, String source, String destination, int type, List<LayerField> fields)
      implements Layer {
    public Ethernet {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "Ethernet, " + source + " > " + destination;
    }
  }

  /// @param priority 0 to 7 (IEEE 802.1Q)
  record Vlan(int offset, int end, int id, int priority, int type, List<LayerField> fields)
      implements Layer {
    public Vlan {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "VLAN " + id;
    }
  }

  record Mpls(int offset, int end, int label, boolean last, List<LayerField> fields)
      implements Layer {
    public Mpls {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "MPLS label " + label;
    }
  }

  /// IPv4 or IPv6.
  record Ip(
      int offset,
      int end,
      int version,
      IpAddress source,
      IpAddress destination,
      int protocol,
      List<LayerField> fields)
      implements Layer {
    public Ip {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "IPv" + version + ", " + source + " > " + destination;
    }
  }

  record Tcp(
      int offset,
      int end,
      int sourcePort,
      int destinationPort,
      String flags,
      List<LayerField> fields)
      implements Layer {
    public Tcp {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "TCP, port " + sourcePort + " > " + destinationPort + " [" + flags + "]";
    }
  }

  record Udp(int offset, int end, int sourcePort, int destinationPort, List<LayerField> fields)
      implements Layer {
    public Udp {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return "UDP, port " + sourcePort + " > " + destinationPort;
    }
  }

  /// ICMP or ICMPv6.
  record Icmp(int offset, int end, boolean six, int type, int code, List<LayerField> fields)
      implements Layer {
    public Icmp {
      fields = List.copyOf(fields);
    }

    @Override
    public String title() {
      return (six ? "ICMPv6" : "ICMP") + ", type " + type + ", code " + code;
    }
  }

  /// A header of which only a few fields are shown.
  record Other(int offset, int end, String title, List<LayerField> fields) implements Layer {
    public Other {
      fields = List.copyOf(fields);
    }
  }

  /// What no header claims.
  record Payload(int offset, int end) implements Layer {
    @Override
    public List<LayerField> fields() {
      return List.of();
    }

    @Override
    public String title() {
      return "Payload, " + (end - offset) + " bytes";
    }
  }
}
