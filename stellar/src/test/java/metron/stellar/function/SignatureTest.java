package metron.stellar.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import metron.stellar.functions.StandardFunctions;
import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void showsHowOftenAnArgumentMayBeGiven() {
    Signature signature = StandardFunctions.REGISTRY.function("IN_SUBNET").signature();
    assertThat(signature.text()).isEqualTo("IN_SUBNET(ip, cidr...)");
    assertThat(signature.minimum()).isEqualTo(2);
    assertThat(signature.maximum()).isEqualTo(Signature.UNBOUNDED);
  }

  @Test
  void refusesABodyThatTakesFewerArgumentsThanTheSignature() {
    assertThatThrownBy(
            () ->
                StellarFunction.named("F")
                    .group("Test")
                    .means("Takes two.")
                    .takes("a", "one")
                    .takesOptional("b", "two")
                    .neverFails()
                    .body1((_, a) -> a))
        .hasMessage("F takes up to 2 arguments, but its body takes 1");
  }

  @Test
  void refusesARequiredParameterAfterAnOptionalOne() {
    assertThatThrownBy(
            () ->
                StellarFunction.named("F")
                    .group("Test")
                    .means("Takes two.")
                    .takesOptional("a", "one")
                    .takes("b", "two")
                    .neverFails()
                    .body2((_, a, _) -> a))
        .hasMessage("F: 'b' is required but stands after an optional parameter");
  }
}
