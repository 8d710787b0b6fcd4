package metron.stellar.program;

import java.util.LinkedHashSet;
import java.util.Set;

/// Witnesses of which at least one must be there for something to happen.
///
/// @param always whether it may happen without any
/// @param any empty with `always`; empty without it says that it never happens
record Evidence(boolean always, Set<Witness> any) {
  static final Evidence ALWAYS = new Evidence(true, Set.of());
  static final Evidence NEVER = new Evidence(false, Set.of());

  Evidence {
    any = Set.copyOf(any);
  }

  static Evidence of(Witness... witnesses) {
    return new Evidence(false, Set.of(witnesses));
  }

  boolean never() {
    return !always && any.isEmpty();
  }

  /// What must be there for this or another to happen.
  Evidence or(Evidence other) {
    if (always || other.never()) {
      return this;
    }
    if (other.always || never()) {
      return other;
    }
    Set<Witness> both = new LinkedHashSet<>(any);
    both.addAll(other.any);
    return new Evidence(false, both);
  }
}
