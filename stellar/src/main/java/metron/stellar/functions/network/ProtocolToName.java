package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `PROTOCOL_TO_NAME(number)`
public final class ProtocolToName {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("PROTOCOL_TO_NAME(6)", "TCP"),
          new Example("PROTOCOL_TO_NAME('17')", "UDP"),
          new Example("PROTOCOL_TO_NAME(132)", "SCTP"),
          new Example("PROTOCOL_TO_NAME(255)", 255),
          new Example("PROTOCOL_TO_NAME('tcp')", "tcp"),
          new Example("PROTOCOL_TO_NAME(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PROTOCOL_TO_NAME")
          .group("Network")
          .means("Answers the name of an IP protocol (IANA, assigned internet protocol numbers).")
          .takes("number", "the number, or a text of it", Type.ANY)
          .returns(Type.ANY, "the argument itself when it is the number of no protocol")
          .neverFails()
          .examples(EXAMPLES)
          .body1(ProtocolToName::call);

  private ProtocolToName() {}

  /// Names by number from 0, with an empty one where Metron had none.
  private static final List<String> NAMES =
      List.of(
          ("|ICMP|IGMP|GGP|IP-in-IP|ST|TCP|CBT|"
                  + "EGP|IGP|BBN-RCC-MON|NVP-II|PUP|ARGUS|EMCON|XNET|"
                  + "CHAOS|UDP|MUX|DCN-MEAS|HMP|PRM|XNS-IDP|TRUNK-1|"
                  + "TRUNK-2|LEAF-1|LEAF-2|RDP|IRTP|ISO-TP4|NETBLT|MFE-NSP|"
                  + "MERIT-INP|DCCP|3PC|IDPR|XTP|DDP|IDPR-CMTP|TP++|"
                  + "IL|IPv6|SDRP|IPv6-Route|IPv6-Frag|IDRP|RSVP|GRE|"
                  + "MHRP|BNA|ESP|AH|I-NLSP|SWIPE|NARP|MOBILE|"
                  + "TLSP|SKIP|IPv6-ICMP|IPv6-NoNxt|IPv6-Opts||CFTP||"
                  + "SAT-EXPAK|KRYPTOLAN|RVD|IPPC|SAT-MON||VISA|IPCU|"
                  + "CPNX|CPHB|WSN|PVP|BR-SAT-MON|SUN-ND|WB-MON|WB-EXPAK|"
                  + "ISO-IP|VMTP|SECURE-VMTP|VINES|TTP|NSFNET-IGP|DGP|TCF|"
                  + "|OSPF|Sprite-RP|LARP|MTP|AX.25|IPIP|MICP|"
                  + "SCC-SP|ETHERIP|ENCAP||GMTP|IFMP|PNNI|PIM|"
                  + "ARIS|SCPS|QNX|A/N|IPComp|SNP|Compaq-Peer|IPX-in-IP|"
                  + "VRRP|PGM||L2TP|DDX|IATP|STP|SRP|"
                  + "UTI|SMP|SM|PTP|IS-IS|FIRE|CRTP|CRUDP|"
                  + "SSCOPMCE|IPLT|SPS|PIPE|SCTP|FC|RSVP-E2E-IGNORE|Mobility Header|"
                  + "UDPLite|MPLS-in-IP|manet|HIP|Shim6|WESP|ROHC")
              .split("\\|", -1));

  static @Nullable Object call(Evaluation evaluation, @Nullable Object number) {
    Integer protocol = Conversion.toInteger(number);
    if (protocol == null || protocol < 0 || protocol >= NAMES.size()) {
      return number;
    }
    String name = NAMES.get(protocol);
    return name.isEmpty() ? number : name;
  }
}
