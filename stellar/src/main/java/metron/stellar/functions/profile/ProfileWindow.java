package metron.stellar.functions.profile;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `PROFILE_WINDOW(selector, now?, settings?)`
public final class ProfileWindow {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "PROFILE_WINDOW('1 hour window every 24 hours from 14 days ago')",
              Example.failure("there are no profiles here")),
          new Example(
                  "PROFILE_WINDOW('from 1 hour ago', x)",
                  Example.failure("argument 2 is the string 'noon', expected number"))
              .given("x", "noon"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PROFILE_WINDOW")
          .group("Profiles")
          .means("Answers the periods that a window selector names.")
          .takes("selector", "the windows, in words", Type.STRING)
          .takesOptional("now", "epoch milliseconds to count from, instead of now", Type.NUMBER)
          .takesOptional("settings", "what is different from the profiler's own", Type.MAP)
          .returns(Type.LIST, "periods for `PROFILE_GET`")
          .fails("When the selector is none, or there are no profiles.")
          .impure()
          .examples(EXAMPLES)
          .body3(ProfileWindow::call);

  private ProfileWindow() {}

  static Object call(
      Evaluation evaluation,
      @Nullable Object selector,
      @Nullable Object now,
      @Nullable Object settings) {
    String words = Arguments.text(1, selector);
    if (now != null && !(now instanceof Number)) {
      throw FunctionFailure.type(2, now, "number");
    }
    return Profiles.of(evaluation)
        .window(
            evaluation,
            words,
            now instanceof Number n ? n.longValue() : null,
            ProfileGet.settings(3, settings));
  }
}
