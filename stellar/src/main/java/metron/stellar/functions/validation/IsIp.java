package metron.stellar.functions.validation;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.apache.commons.validator.routines.InetAddressValidator;
import org.jspecify.annotations.Nullable;

/// `IS_IP(ip?, type?)`
public final class IsIp {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_IP('10.0.0.1')", true),
          new Example("IS_IP('::1')", true),
          new Example("IS_IP('10.0.0.1', 'IPV6')", false),
          new Example("IS_IP('10.0.0.1', 'any')", true),
          new Example("IS_IP('10.0.0.256')", false),
          new Example("IS_IP(null)", false),
          new Example("IS_IP()", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_IP")
          .group("Validation")
          .means("Says whether a text is an IP address.")
          .takesOptional("ip", "a text", Type.ANY)
          .takesOptional("type", "IPV4 or IPV6; anything else and nothing for both", Type.ANY)
          .returns(Type.BOOLEAN, "false for null")
          .fails("When a value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .body2(IsIp::call);

  private IsIp() {}

  // An IPv6 address with a zone; what is longer is none.
  private static final int LONGEST = 200;

  static Object call(Evaluation evaluation, @Nullable Object ip, @Nullable Object type) {
    if (ip == null) {
      return false;
    }
    String text = Values.text(evaluation, 1, ip);
    if (text.length() > LONGEST) {
      return false;
    }
    InetAddressValidator validator = InetAddressValidator.getInstance();
    return switch (type == null ? "" : Values.text(evaluation, 2, type)) {
      case "IPV4" -> validator.isValidInet4Address(text);
      case "IPV6" -> validator.isValidInet6Address(text);
      default -> validator.isValid(text);
    };
  }
}
