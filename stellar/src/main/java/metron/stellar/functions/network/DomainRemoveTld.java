package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `DOMAIN_REMOVE_TLD(domain)`
public final class DomainRemoveTld {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DOMAIN_REMOVE_TLD('mail.example.co.uk')", "mail.example"),
          new Example("DOMAIN_REMOVE_TLD('example.com')", "example"),
          new Example("DOMAIN_REMOVE_TLD('com')", ""),
          new Example("DOMAIN_REMOVE_TLD('10.0.0.1')", null),
          new Example("DOMAIN_REMOVE_TLD(null)", null),
          new Example(
                  "DOMAIN_REMOVE_TLD(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DOMAIN_REMOVE_TLD")
          .group("Network")
          .means("Takes the public suffix off a domain.")
          .takes("domain", "a domain name", Type.STRING)
          .returns(
              Type.STRING, "empty for a suffix alone; null for null and for what is no domain name")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(DomainRemoveTld::call);

  private DomainRemoveTld() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object domain) {
    Domain parsed = Domain.of(domain);
    return parsed == null ? null : parsed.beforeSuffix();
  }
}
