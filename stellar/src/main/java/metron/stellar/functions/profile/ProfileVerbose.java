package metron.stellar.functions.profile;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `PROFILE_VERBOSE(profile, entity, periods, groups?)`
public final class ProfileVerbose {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "PROFILE_VERBOSE('logins', 'j.doe', [], ['weekend'])",
              Example.failure("there are no profiles here")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PROFILE_VERBOSE")
          .group("Profiles")
          .means(
              "Answers the measurements of an entity in some periods, with what is known of each.")
          .takes("profile", "the name of the profile", Type.STRING)
          .takes("entity", "whom or what it measured", Type.STRING, Type.NUMBER)
          .takes("periods", "of `PROFILE_FIXED` or `PROFILE_WINDOW`", Type.LIST)
          .takesOptional("groups", "the groups within the profile", Type.LIST)
          .returns(Type.LIST, "maps of profile, entity, period, start, end, groups and value")
          .fails("When an argument is not of its type, or there are no profiles.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(ProfileVerbose::call);

  private ProfileVerbose() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    ProfileGet.Question question = ProfileGet.question(arguments);
    return Profiles.of(evaluation)
        .verbose(
            evaluation,
            question.profile(),
            question.entity(),
            question.periods(),
            question.groups());
  }
}
