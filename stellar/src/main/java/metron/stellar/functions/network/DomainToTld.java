package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `DOMAIN_TO_TLD(domain)`
public final class DomainToTld {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DOMAIN_TO_TLD('mail.example.co.uk')", "co.uk"),
          new Example("DOMAIN_TO_TLD('www.example.com')", "com"),
          new Example("DOMAIN_TO_TLD('com')", "com"),
          new Example("DOMAIN_TO_TLD('printer.local')", "local"),
          new Example("DOMAIN_TO_TLD('no domain.x')", "x"),
          new Example("DOMAIN_TO_TLD(null)", "null"),
          new Example(
                  "DOMAIN_TO_TLD(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DOMAIN_TO_TLD")
          .group("Network")
          .means(
              "Answers the public suffix of a domain: the part below which names are registered.")
          .takes("domain", "a domain name", Type.STRING)
          .returns(
              Type.STRING,
              "what follows the last dot of a text that is no domain name; the text `null` for null, as in Metron")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(DomainToTld::call);

  private DomainToTld() {}

  static Object call(Evaluation evaluation, @Nullable Object domain) {
    Domain parsed = Domain.of(domain);
    return parsed == null ? Domain.lastLabel(String.valueOf(domain)) : parsed.suffix();
  }
}
