package metron.stellar.functions.network;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.BodyN;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.TextClues;
import metron.stellar.function.Type;
import metron.stellar.value.Address;
import org.jspecify.annotations.Nullable;

/// `IN_SUBNET(ip, cidr...)`
public final class InSubnet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IN_SUBNET('10.1.2.3', '10.0.0.0/8')", true),
          new Example("IN_SUBNET('10.1.2.3', '192.168.0.0/16', '10.1.2.3/32')", true),
          new Example("IN_SUBNET(ip, '192.168.0.0/16')", false).given("ip", "10.1.2.3"),
          new Example("IN_SUBNET('10.255.255.255', '10.0.0.0/8')", true),
          new Example("IN_SUBNET('8.8.8.8', '0.0.0.0/0')", true),
          new Example("IN_SUBNET('2001:db8::1', '2001:db8::/32')", true),
          new Example("IN_SUBNET('not an address', '10.0.0.0/8')", false),
          new Example("IN_SUBNET(null, '10.0.0.0/8')", false),
          new Example("IN_SUBNET('10.1.2.3', null)", false),
          new Example(
              "IN_SUBNET('10.1.2.3', '10.0.0.0/33')",
              Example.failure("argument 2: prefix length is 33, expected 0 to 32")),
          new Example(
              "IN_SUBNET(ip, 8)",
              Example.failure("IN_SUBNET takes (ip, cidr...), argument 2 is the integer 8")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IN_SUBNET")
          .group("Network")
          .means("Says whether an address lies in one of some subnets.")
          .takes("ip", "an IPv4 or IPv6 address", Type.STRING)
          .takesMany("cidr", "a subnet in CIDR notation", Type.STRING)
          .returns(Type.BOOLEAN, "false for null and for what is no address")
          .fails("When a subnet is none.")
          .examples(EXAMPLES)
          .specialise(InSubnet::specialise)
          .clues(InSubnet::clues)
          .bodyN(InSubnet::call);

  private InSubnet() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    boolean found = false;
    for (int i = 1; i < arguments.length; i++) {
      evaluation.step();
      Subnet subnet = Subnet.argument(i + 1, arguments[i]);
      found |= subnet != null && arguments[0] instanceof String ip && subnet.contains(ip);
    }
    return found;
  }

  private static @Nullable Body specialise(Specialiser.Call call) {
    List<Subnet> known = new ArrayList<>();
    for (int i = 1; i < call.size(); i++) {
      if (!call.known(i)) {
        return null;
      }
      Subnet subnet = Subnet.argument(i + 1, call.value(i));
      if (subnet != null) {
        known.add(subnet);
      }
    }
    Subnet[] subnets = known.toArray(Subnet[]::new);
    return (BodyN)
        (_, arguments) -> {
          Address address = arguments[0] instanceof String ip ? Address.parse(ip) : null;
          if (address != null) {
            for (Subnet subnet : subnets) {
              if (subnet.contains(address.high(), address.low())) {
                return true;
              }
            }
          }
          return false;
        };
  }

  private static @Nullable TextClues clues(Specialiser.Call call) {
    List<TextClues.Clue> blocks = new ArrayList<>();
    for (int i = 1; i < call.size(); i++) {
      if (!call.known(i)) {
        return null;
      }
      Subnet subnet = Subnet.argument(i + 1, call.value(i));
      if (subnet != null) {
        blocks.add(new TextClues.Block(subnet.high(), subnet.low(), subnet.prefix()));
      }
    }
    return new TextClues(blocks, false);
  }
}
