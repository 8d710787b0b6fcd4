package metron.stellar.functions.regex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.Body2;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Regex;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.TextClues;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `REGEXP_MATCH(text, expression)`
public final class RegexpMatch {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("REGEXP_MATCH('10.1.2.3', '10\\\\.[0-9.]+')", true),
          new Example("REGEXP_MATCH('abc', 'b')", false),
          new Example("REGEXP_MATCH('abc', ['x.*', null, 'a.*'])", true),
          new Example("REGEXP_MATCH(null, 'a')", false),
          new Example("REGEXP_MATCH('a', null)", false),
          new Example(
              "REGEXP_MATCH('a', '(')", Example.failure("argument 2 is no regular expression")),
          new Example(
                  "REGEXP_MATCH(x, 'a')",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("REGEXP_MATCH")
          .group("Regular expressions")
          .means(
              "Says whether a whole text matches an expression, or one of a list of expressions.")
          .takes("text", "what to look at", Type.STRING)
          .takes("expression", "an expression, or a list of them", Type.STRING, Type.LIST, Type.SET)
          .returns(Type.BOOLEAN, "false when either is null")
          .fails("When the expression is malformed, or takes more steps than the budget has.")
          .examples(EXAMPLES)
          .specialise(RegexpMatch::specialise)
          .clues(RegexpMatch::clues)
          .body2(RegexpMatch::call);

  private RegexpMatch() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object expression) {
    String whole = Arguments.textOrNull(1, text);
    if (whole == null || expression == null) {
      return false;
    }
    if (expression instanceof Collection<?> list) {
      for (Object one : list) {
        evaluation.step();
        if (one != null
            && Regex.compile(2, Values.text(evaluation, 2, one)).matches(evaluation, whole)) {
          return true;
        }
      }
      return false;
    }
    return Regex.compile(2, Arguments.text(2, expression)).matches(evaluation, whole);
  }

  static @Nullable Body specialise(Specialiser.Call call) {
    List<Regex> compiled = known(call);
    if (compiled == null) {
      return null;
    }
    Regex[] expressions = compiled.toArray(Regex[]::new);
    return (Body2)
        (evaluation, text, _) -> {
          String whole = Arguments.textOrNull(1, text);
          if (whole != null) {
            for (Regex expression : expressions) {
              if (expression.matches(evaluation, whole)) {
                return true;
              }
            }
          }
          return false;
        };
  }

  private static @Nullable TextClues clues(Specialiser.Call call) {
    List<Regex> compiled = known(call);
    if (compiled == null) {
      return null;
    }
    List<TextClues.Clue> parts = new ArrayList<>();
    for (Regex expression : compiled) {
      String required = expression.required();
      if (required == null) {
        return null;
      }
      parts.add(new TextClues.Part(required));
    }
    return new TextClues(parts, true);
  }

  /// The expressions, compiled, where they are known.
  private static @Nullable List<Regex> known(Specialiser.Call call) {
    if (!call.known(1) || call.value(1) == null) {
      return null;
    }
    List<Regex> compiled = new ArrayList<>();
    if (call.value(1) instanceof Collection<?> list) {
      for (Object one : list) {
        if (one instanceof String s) {
          compiled.add(Regex.compile(2, s));
        } else if (one != null) {
          return null;
        }
      }
    } else {
      compiled.add(Regex.compile(2, Arguments.text(2, call.value(1))));
    }
    return compiled;
  }
}
