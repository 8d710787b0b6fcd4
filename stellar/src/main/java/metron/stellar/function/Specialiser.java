package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// Makes a faster body for a call whose arguments are partly known when the program is compiled: a
/// parsed CIDR, a compiled pattern. The body takes the same arguments as the general one and may
/// ignore the known ones; it must answer as the general one does.
@FunctionalInterface
public interface Specialiser {
  /// @return the body for this call, or null where nothing is gained. A [FunctionFailure] thrown here
  ///     becomes a warning of the checker, and the general body stays: it will fail the same way if
  ///     the call is ever reached.
  @Nullable Body specialise(Call call);

  /// What is known of a call.
  interface Call {
    /// The number of arguments given.
    int size();

    /// Whether the argument at an index from 0 is given and known.
    boolean known(int index);

    /// The value of a known argument.
    @Nullable Object value(int index);
  }
}
