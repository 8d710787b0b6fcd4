package metron.stellar.functions.profile;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `PROFILE_FIXED(count, unit, settings?)`
public final class ProfileFixed {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "PROFILE_FIXED(30, 'MINUTES')", Example.failure("there are no profiles here")),
          new Example(
              "PROFILE_FIXED('30', 'MINUTES')",
              Example.failure("argument 1 is the string '30', expected number")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PROFILE_FIXED")
          .group("Profiles")
          .means("Answers the periods of the time before now.")
          .takes("count", "how many units of time", Type.NUMBER)
          .takes("unit", "SECONDS, MINUTES, HOURS or DAYS", Type.STRING)
          .takesOptional("settings", "what is different from the profiler's own", Type.MAP)
          .returns(Type.LIST, "periods for `PROFILE_GET`")
          .fails("When the count or the unit is none, or there are no profiles.")
          .impure()
          .examples(EXAMPLES)
          .body3(ProfileFixed::call);

  private ProfileFixed() {}

  static Object call(
      Evaluation evaluation,
      @Nullable Object count,
      @Nullable Object unit,
      @Nullable Object settings) {
    if (!(count instanceof Number number)) {
      throw FunctionFailure.type(1, count, "number");
    }
    String name = Arguments.text(2, unit);
    return Profiles.of(evaluation)
        .fixed(evaluation, number.longValue(), name, ProfileGet.settings(3, settings));
  }
}
