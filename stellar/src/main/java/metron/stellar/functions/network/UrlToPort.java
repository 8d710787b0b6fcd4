package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `URL_TO_PORT(url)`
public final class UrlToPort {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("URL_TO_PORT('http://www.example.com:8080/')", 8080),
          new Example("URL_TO_PORT('https://www.example.com/')", 443),
          new Example("URL_TO_PORT('file:/a')", -1),
          new Example("URL_TO_PORT('http://a:port/')", null),
          new Example("URL_TO_PORT('no url')", null),
          new Example("URL_TO_PORT('gopher://a')", null),
          new Example("URL_TO_PORT(null)", null),
          new Example(
                  "URL_TO_PORT(x)", Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("URL_TO_PORT")
          .group("Network")
          .means("Answers the port of a URL, or that of its protocol.")
          .takes("url", "a URL", Type.STRING)
          .returns(
              Type.INTEGER,
              "-1 where the protocol has no port; null for null and for what is no URL of a known protocol")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(UrlToPort::call);

  private UrlToPort() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object url) {
    WebAddress address = WebAddress.of(url);
    if (address == null) {
      return null;
    }
    return address.port() >= 0 ? address.port() : address.defaultPort();
  }
}
