package metron.stellar.functions.network;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `URL_TO_PATH(url)`
public final class UrlToPath {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("URL_TO_PATH('http://www.example.com/a/b?c=d#e')", "/a/b"),
          new Example("URL_TO_PATH('http://www.example.com')", ""),
          new Example("URL_TO_PATH('no url')", null),
          new Example("URL_TO_PATH('gopher://a')", null),
          new Example("URL_TO_PATH(null)", null),
          new Example(
                  "URL_TO_PATH(x)", Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("URL_TO_PATH")
          .group("Network")
          .means("Answers the path of a URL, without what follows a question mark.")
          .takes("url", "a URL", Type.STRING)
          .returns(Type.STRING, "null for null and for what is no URL of a known protocol")
          .fails("When the argument is no text.")
          .examples(EXAMPLES)
          .body1(UrlToPath::call);

  private UrlToPath() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object url) {
    WebAddress address = WebAddress.of(url);
    return address == null ? null : address.path();
  }
}
