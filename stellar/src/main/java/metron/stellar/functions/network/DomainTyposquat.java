package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `DOMAIN_TYPOSQUAT(domain)`
public final class DomainTyposquat {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("'examp1e' in DOMAIN_TYPOSQUAT('example')", true),
          new Example("'exmple' in DOMAIN_TYPOSQUAT('example')", true),
          new Example("'ex-ample' in DOMAIN_TYPOSQUAT('example')", true),
          new Example("'metron' in DOMAIN_TYPOSQUAT('example')", false),
          new Example("DOMAIN_TYPOSQUAT(null)", null),
          new Example(
                  "DOMAIN_TYPOSQUAT(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7),
          new Example(
                  "DOMAIN_TYPOSQUAT(x)",
                  Example.failure("argument 1: has 64 characters, expected at most 63"))
              .given("x", "a".repeat(64)));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DOMAIN_TYPOSQUAT")
          .group("Network")
          .means("Makes the names that someone could take for a domain or type in its place.")
          .takes(
              "domain",
              "a domain without its subdomains and its public suffix, of up to 63 characters",
              Type.STRING)
          .returns(
              Type.SET, "names, among them the domain itself when it has a vowel; null for null")
          .fails("When the argument is no text, or longer than a label may be.")
          .impure()
          .examples(EXAMPLES)
          .body1(DomainTyposquat::call);

  private DomainTyposquat() {}

  // RFC 1035 section 2.3.4.
  private static final int LONGEST = 63;

  static @Nullable Object call(Evaluation evaluation, @Nullable Object domain) {
    String name = Arguments.textOrNull(1, domain);
    if (name == null) {
      return null;
    }
    if (name.length() > LONGEST) {
      throw FunctionFailure.argument(
          1, "has %d characters, expected at most %d".formatted(name.length(), LONGEST));
    }
    return Typos.of(evaluation, name);
  }
}
