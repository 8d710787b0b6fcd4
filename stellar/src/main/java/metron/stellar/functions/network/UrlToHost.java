package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `URL_TO_HOST(url)`
public final class UrlToHost {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("URL_TO_HOST('http://user@www.example.com:8080/a?b')", "www.example.com"),
          new Example("URL_TO_HOST('https://[::1]/')", "[::1]"),
          new Example("URL_TO_HOST('no url')", null),
          new Example("URL_TO_HOST('gopher://a')", null),
          new Example("URL_TO_HOST(null)", null),
          new Example(
                  "URL_TO_HOST(x)", Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("URL_TO_HOST")
          .group("Network")
          .means("Answers the host of a URL.")
          .takes("url", "a URL", Type.STRING)
          .returns(Type.STRING, "null for null and for what is no URL of a known protocol")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(UrlToHost::call);

  private UrlToHost() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object url) {
    return WebAddress.hostOf(url);
  }
}
