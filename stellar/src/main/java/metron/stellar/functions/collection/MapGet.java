package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `MAP_GET(key, map, default?)`
public final class MapGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP_GET('a', {'a' : 1})", 1),
          new Example("MAP_GET('b', {'a' : 1})", null),
          new Example("MAP_GET('b', {'a' : 1}, 'none')", "none"),
          new Example("MAP_GET(null, {'a' : 1}, 0)", 0),
          new Example("MAP_GET('a', null)", null),
          new Example(
                  "MAP_GET('a', x)", Example.failure("argument 2 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAP_GET")
          .group("Maps")
          .means("Answers the value of a key in a map.")
          .takes("key", "the key", Type.ANY)
          .takes("map", "the map", Type.MAP)
          .takesOptional("default", "the answer when there is no value", Type.ANY)
          .returns(Type.ANY, "null, or the default, when there is no value, no key or no map")
          .fails("When the second argument is no map.")
          .examples(EXAMPLES)
          .body3(MapGet::call);

  private MapGet() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object key,
      @Nullable Object map,
      @Nullable Object fallback) {
    if (key == null || map == null) {
      return fallback;
    }
    Map<?, ?> entries = Arguments.map(2, map);
    if (key instanceof Collection || key instanceof Map) {
      Values.weigh(evaluation, 1, key);
    }
    Object value = entries.get(key);
    return value == null ? fallback : value;
  }
}
