package metron.stellar.functions.validation;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.apache.commons.validator.routines.UrlValidator;
import org.jspecify.annotations.Nullable;

/// `IS_URL(value?...)`
public final class IsUrl {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_URL('http://www.example.com/a?b=c')", true),
          new Example("IS_URL('gopher://www.example.com')", false),
          new Example("IS_URL('www.example.com')", false),
          new Example("IS_URL(null)", false),
          new Example("IS_URL()", false),
          new Example("IS_URL('')", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_URL")
          .group("Validation")
          .means("Says whether a text is a URL of http, https or ftp.")
          .takesAny("value", "a text", Type.ANY)
          .returns(Type.BOOLEAN, "whether all arguments are; false for null and for none")
          .fails("When a value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .bodyN(IsUrl::call);

  private IsUrl() {}

  // The longest that browsers and servers take in practice.
  private static final int LONGEST = 8_192;

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Object value = arguments[i];
      if (value == null || !valid(Values.text(evaluation, i + 1, value))) {
        return false;
      }
    }
    return arguments.length > 0;
  }

  private static boolean valid(String text) {
    return text.length() <= LONGEST && UrlValidator.getInstance().isValid(text);
  }
}
