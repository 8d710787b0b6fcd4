package metron.stellar.functions.shell;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `SYSTEM_PROPERTY_GET(name?)`
public final class SystemPropertyGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SYSTEM_PROPERTY_GET('file.separator')", "/"),
          new Example("SYSTEM_PROPERTY_GET('no.such.property')", null),
          new Example("SYSTEM_PROPERTY_GET('')", null),
          new Example("SYSTEM_PROPERTY_GET(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SYSTEM_PROPERTY_GET")
          .group("System")
          .means("Answers the value of a property of the Java machine.")
          .takesOptional("name", "its name", Type.ANY)
          .returns(Type.STRING, "null when there is none, or the name is no text")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .body1(SystemPropertyGet::call);

  private SystemPropertyGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object name) {
    return name instanceof String text && !text.isEmpty() ? System.getProperty(text) : null;
  }
}
