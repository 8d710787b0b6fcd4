package metron.stellar.functions.validation;

import java.util.List;
import java.util.Locale;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.apache.commons.validator.routines.LongValidator;
import org.jspecify.annotations.Nullable;

/// `IS_INTEGER(value?...)`
public final class IsInteger {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_INTEGER(443)", true),
          new Example("IS_INTEGER('-1,234')", true),
          new Example("IS_INTEGER('12a')", false),
          new Example("IS_INTEGER(1.5)", false),
          new Example("IS_INTEGER('99999999999999999999')", false),
          new Example("IS_INTEGER(null)", false),
          new Example("IS_INTEGER()", false),
          new Example("IS_INTEGER('')", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_INTEGER")
          .group("Validation")
          .means(
              "Says whether a value is a whole number that a long can hold; a text may group digits with commas.")
          .takesAny("value", "a number or a text", Type.ANY)
          .returns(Type.BOOLEAN, "whether all arguments are; false for null and for none")
          .fails("When a value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .bodyN(IsInteger::call);

  private IsInteger() {}

  private static final int LONGEST = 100;

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
    return text.length() <= LONGEST && LongValidator.getInstance().isValid(text, Locale.US);
  }
}
