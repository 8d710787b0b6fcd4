package metron.stellar.functions.shell;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `SYSTEM_ENV_GET(name?)`
public final class SystemEnvGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SYSTEM_ENV_GET('NO_SUCH_VARIABLE_HERE')", null),
          new Example("SYSTEM_ENV_GET(null)", null),
          new Example("SYSTEM_ENV_GET(7)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SYSTEM_ENV_GET")
          .group("System")
          .means("Answers the value of an environment variable.")
          .takesOptional("name", "its name", Type.ANY)
          .returns(Type.STRING, "null when there is none, or the name is no text")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .body1(SystemEnvGet::call);

  private SystemEnvGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object name) {
    return name instanceof String text ? System.getenv(text) : null;
  }
}
