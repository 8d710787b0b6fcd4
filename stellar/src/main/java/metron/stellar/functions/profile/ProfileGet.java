package metron.stellar.functions.profile;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `PROFILE_GET(profile, entity, periods, groups?, settings?)`
public final class ProfileGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "PROFILE_GET('logins', 'j.doe', [])", Example.failure("there are no profiles here")),
          new Example(
                  "PROFILE_GET('logins', 'j.doe', x)",
                  Example.failure("argument 3 is the integer 7, expected list"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PROFILE_GET")
          .group("Profiles")
          .means("Answers the measurements of an entity in some periods, the oldest first.")
          .takes("profile", "the name of the profile", Type.STRING)
          .takes("entity", "whom or what it measured", Type.STRING, Type.NUMBER)
          .takes("periods", "of `PROFILE_FIXED` or `PROFILE_WINDOW`", Type.LIST)
          .takesOptional("groups", "the groups within the profile", Type.LIST)
          .takesOptional("settings", "where Metron found its table; read over", Type.MAP)
          .returns(Type.LIST, "nothing for a period without a measurement")
          .fails("When an argument is not of its type, or there are no profiles.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(ProfileGet::call);

  private ProfileGet() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Question question = question(arguments);
    return Profiles.of(evaluation)
        .values(
            evaluation,
            question.profile(),
            question.entity(),
            question.periods(),
            question.groups());
  }

  /// What both functions ask.
  record Question(String profile, String entity, List<?> periods, List<?> groups) {}

  static Question question(@Nullable Object[] arguments) {
    String profile = Arguments.text(1, arguments[0]);
    Object entity = arguments[1];
    if (!(entity instanceof String || entity instanceof Number)) {
      throw FunctionFailure.type(2, entity, "string or number");
    }
    return new Question(
        profile,
        entity.toString(),
        list(3, arguments[2]),
        arguments.length < 4 || arguments[3] == null ? List.of() : list(4, arguments[3]));
  }

  private static List<?> list(int argument, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw FunctionFailure.type(argument, value, "list");
  }

  static Map<?, ?> settings(int argument, @Nullable Object value) {
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> map -> map;
      default -> throw FunctionFailure.type(argument, value, "map");
    };
  }
}
