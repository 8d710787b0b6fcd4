package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `URL_TO_PROTOCOL(url)`
public final class UrlToProtocol {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("URL_TO_PROTOCOL('HTTP://www.example.com/')", "http"),
          new Example("URL_TO_PROTOCOL('ftp://a/')", "ftp"),
          new Example("URL_TO_PROTOCOL('no url')", null),
          new Example("URL_TO_PROTOCOL('gopher://a')", null),
          new Example("URL_TO_PROTOCOL(null)", null),
          new Example(
                  "URL_TO_PROTOCOL(x)",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("URL_TO_PROTOCOL")
          .group("Network")
          .means("Answers the protocol of a URL.")
          .takes("url", "a URL", Type.STRING)
          .returns(
              Type.STRING,
              "in small letters; null for null and for what is no URL of a known protocol")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(UrlToProtocol::call);

  private UrlToProtocol() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object url) {
    WebAddress address = WebAddress.of(url);
    return address == null ? null : address.protocol();
  }
}
