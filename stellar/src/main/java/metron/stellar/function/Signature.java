package metron.stellar.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a function is called.
///
/// @param name upper case, with its group as prefix where Metron has one: `DOMAIN_TO_TLD`
/// @param parameters in the order of the call
/// @param result what it returns when it does not return null; [Type#ANY] when that depends
public record Signature(String name, List<Parameter> parameters, Type result) {
  /// "No upper bound" of [#maximum].
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public Signature {
    parameters = List.copyOf(parameters);
    boolean optional = false;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      if (p.repeats() && i < parameters.size() - 1) {
        throw new IllegalArgumentException(name + ": only the last parameter may repeat");
      }
      if (optional && p.count() == Parameter.Count.ONCE) {
        throw new IllegalArgumentException(
            name + ": '" + p.name() + "' is required but stands after an optional parameter");
      }
      optional |= p.count() == Parameter.Count.OPTIONAL;
    }
  }

  /// The fewest arguments of a call.
  public int minimum() {
    int n = 0;
    for (Parameter p : parameters) {
      if (p.count() == Parameter.Count.ONCE || p.count() == Parameter.Count.MANY) {
        n++;
      }
    }
    return n;
  }

  /// The most arguments of a call, or [#UNBOUNDED].
  public int maximum() {
    return !parameters.isEmpty() && parameters.getLast().repeats() ? UNBOUNDED : parameters.size();
  }

  /// The parameter that the argument at an index from 0 belongs to.
  public @Nullable Parameter parameterOf(int argument) {
    if (argument < parameters.size()) {
      return parameters.get(argument);
    }
    return maximum() == UNBOUNDED ? parameters.getLast() : null;
  }

  /// `IN_SUBNET(ip, cidr...)`; an optional parameter has a question mark.
  public String text() {
    StringBuilder s = new StringBuilder(name).append('(');
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      s.append(i == 0 ? "" : ", ").append(p.name());
      switch (p.count()) {
        case ONCE -> {}
        case OPTIONAL -> s.append('?');
        case MANY -> s.append("...");
        case ANY -> s.append("?...");
      }
    }
    return s.append(')').toString();
  }
}
