package metron.stellar.functions.regex;

import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.Body3;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Regex;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `REGEXP_GROUP_VAL(text, expression, group)`
public final class RegexpGroupVal {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("REGEXP_GROUP_VAL('user=root', '(\\\\w+)=(\\\\w+)', 2)", "root"),
          new Example("REGEXP_GROUP_VAL('user=root', '(\\\\w+)=(\\\\w+)', 3)", null),
          new Example("REGEXP_GROUP_VAL('none', '(\\\\d+)', 1)", null),
          new Example("REGEXP_GROUP_VAL('none', '(\\\\d+)', 0)", "none"),
          new Example("REGEXP_GROUP_VAL(null, '(a)', 1)", null),
          new Example("REGEXP_GROUP_VAL('a', '(a)', null)", null),
          new Example(
              "REGEXP_GROUP_VAL('a', '(', 1)",
              Example.failure("argument 2 is no regular expression")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("REGEXP_GROUP_VAL")
          .group("Regular expressions")
          .means(
              "Answers what a group of an expression captures in a text that it matches as a whole.")
          .takes("text", "what to look at", Type.STRING)
          .takes("expression", "the expression", Type.STRING)
          .takes(
              "group",
              "number of the group, from 1; 0 is the text itself, matching or not",
              Type.NUMBER,
              Type.STRING)
          .returns(
              Type.STRING,
              "null when the text does not match, the group took no part, or an argument is null")
          .fails("When the expression is malformed, or takes more steps than the budget has.")
          .examples(EXAMPLES)
          .specialise(RegexpGroupVal::specialise)
          .body3(RegexpGroupVal::call);

  private RegexpGroupVal() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object expression,
      @Nullable Object group) {
    String whole = Arguments.textOrNull(1, text);
    String pattern = Arguments.textOrNull(2, expression);
    Integer number = Conversion.toInteger(group);
    if (number == null || number == 0) {
      return number == null ? null : whole;
    }
    if (whole == null || pattern == null) {
      return null;
    }
    return Regex.compile(2, pattern).group(evaluation, whole, number);
  }

  static @Nullable Body specialise(Specialiser.Call call) {
    if (!call.known(1) || !(call.value(1) instanceof String pattern)) {
      return null;
    }
    Regex expression = Regex.compile(2, pattern);
    return (Body3)
        (evaluation, text, _, group) -> {
          String whole = Arguments.textOrNull(1, text);
          Integer number = Conversion.toInteger(group);
          if (number == null || whole == null) {
            return null;
          }
          return number == 0 ? whole : expression.group(evaluation, whole, number);
        };
  }
}
