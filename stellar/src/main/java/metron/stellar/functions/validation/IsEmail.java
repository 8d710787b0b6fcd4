package metron.stellar.functions.validation;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.apache.commons.validator.routines.EmailValidator;
import org.jspecify.annotations.Nullable;

/// `IS_EMAIL(value?...)`
public final class IsEmail {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_EMAIL('root@example.com')", true),
          new Example("IS_EMAIL('root@localhost')", false),
          new Example("IS_EMAIL('root')", false),
          new Example("IS_EMAIL(null)", false),
          new Example("IS_EMAIL()", false),
          new Example("IS_EMAIL('')", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_EMAIL")
          .group("Validation")
          .means("Says whether a text is a mail address.")
          .takesAny("value", "a text", Type.ANY)
          .returns(Type.BOOLEAN, "whether all arguments are; false for null and for none")
          .fails("When a value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .bodyN(IsEmail::call);

  private IsEmail() {}

  private static final int LONGEST = 1_000;

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
    return text.length() <= LONGEST && EmailValidator.getInstance().isValid(text);
  }
}
