package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `DOMAIN_REMOVE_SUBDOMAINS(domain)`
public final class DomainRemoveSubdomains {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DOMAIN_REMOVE_SUBDOMAINS('mail.example.co.uk')", "example.co.uk"),
          new Example("DOMAIN_REMOVE_SUBDOMAINS('www.example.com')", "example.com"),
          new Example("DOMAIN_REMOVE_SUBDOMAINS('com')", "com"),
          new Example("DOMAIN_REMOVE_SUBDOMAINS('10.0.0.1')", null),
          new Example("DOMAIN_REMOVE_SUBDOMAINS(null)", null),
          new Example(
                  "DOMAIN_REMOVE_SUBDOMAINS(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DOMAIN_REMOVE_SUBDOMAINS")
          .group("Network")
          .means(
              "Answers the registered name of a domain: its public suffix and one label before it.")
          .takes("domain", "a domain name", Type.STRING)
          .returns(
              Type.STRING,
              "a suffix alone stays as it is; null for null and for what is no domain name")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(DomainRemoveSubdomains::call);

  private DomainRemoveSubdomains() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object domain) {
    Domain parsed = Domain.of(domain);
    if (parsed == null) {
      return null;
    }
    String before = parsed.beforeSuffix();
    return before.isEmpty() ? parsed.name() : Domain.lastLabel(before) + "." + parsed.suffix();
  }
}
