package metron.stellar.functions.geo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// How the lookups of an address answer: all fields as a map, one wanted field as its value, some
/// as a map.
final class Fields {
  private Fields() {}

  static @Nullable Object of(
      @Nullable Object[] arguments, Function<String, ? extends Map<String, ?>> lookup) {
    Object ip = arguments[0];
    if (ip == null) {
      return null;
    }
    if (!(ip instanceof String address)) {
      throw FunctionFailure.type(1, ip, "string");
    }
    if (address.isBlank()) {
      return null;
    }
    if (arguments.length == 1) {
      return new LinkedHashMap<>(lookup.apply(address));
    }
    if (!(arguments[1] instanceof List<?> wanted)) {
      return null;
    }
    Map<String, ?> known = lookup.apply(address);
    if (known.isEmpty()) {
      return null;
    }
    if (wanted.size() == 1) {
      return field(known, wanted.getFirst());
    }
    Map<@Nullable Object, @Nullable Object> some = new LinkedHashMap<>();
    for (Object name : wanted) {
      some.put(name, field(known, name));
    }
    return some;
  }

  private static @Nullable Object field(Map<String, ?> known, @Nullable Object name) {
    return name instanceof String text ? known.get(text) : null;
  }
}
