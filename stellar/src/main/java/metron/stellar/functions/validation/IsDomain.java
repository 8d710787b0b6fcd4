package metron.stellar.functions.validation;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.apache.commons.validator.routines.DomainValidator;
import org.jspecify.annotations.Nullable;

/// `IS_DOMAIN(value?...)`
public final class IsDomain {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_DOMAIN('www.example.com')", true),
          new Example("IS_DOMAIN('printer.local')", false),
          new Example("IS_DOMAIN('no domain')", false),
          new Example("IS_DOMAIN('10.0.0.1')", false),
          new Example("IS_DOMAIN(null)", false),
          new Example("IS_DOMAIN()", false),
          new Example("IS_DOMAIN('')", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_DOMAIN")
          .group("Validation")
          .means(
              "Says whether a text is a domain name below a known top-level domain (RFC 1034, RFC 1123).")
          .takesAny("value", "a text", Type.ANY)
          .returns(Type.BOOLEAN, "whether all arguments are; false for null and for none")
          .fails("When a value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .bodyN(IsDomain::call);

  private IsDomain() {}

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
    return text.length() <= LONGEST && DomainValidator.getInstance().isValid(text);
  }
}
