package metron.stellar.functions.shell;

import java.util.List;
import metron.stellar.function.StellarFunction;

/// The functions that only the shell adds to the standard ones.
public final class ShellFunctions {
  public static final List<StellarFunction> ALL =
      List.of(SystemEnvGet.FUNCTION, SystemPropertyGet.FUNCTION, MapToTable.FUNCTION);

  private ShellFunctions() {}
}
