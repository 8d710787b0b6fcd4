package metron.stellar.functions;

import java.util.List;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.StellarFunction;
import metron.stellar.functions.functional.MapList;
import metron.stellar.functions.network.InSubnet;
import metron.stellar.functions.text.ToUpper;

/// All functions that every program can call.
public final class StandardFunctions {
  /// One line a function, by group.
  public static final List<StellarFunction> ALL =
      List.of(
          // text
          ToUpper.FUNCTION,
          // network
          InSubnet.FUNCTION,
          // functional
          MapList.FUNCTION);

  public static final FunctionRegistry REGISTRY = FunctionRegistry.of(ALL);

  private StandardFunctions() {}
}
