package metron.stellar.functions.collection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `MAP_PUT(key, value, map)`
public final class MapPut {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP_PUT('b', 2, {'a' : 1})", Map.of("a", 1, "b", 2)),
          new Example("MAP_PUT('a', 2, {'a' : 1})", Map.of("a", 2)),
          new Example("MAP_PUT('a', 1, null)", Map.of("a", 1)),
          new Example(
                  "MAP_PUT('a', 1, x)",
                  Example.failure("argument 3 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAP_PUT")
          .group("Maps")
          .means("Puts a value under a key into a map.")
          .takes("key", "the key", Type.ANY)
          .takes("value", "the value", Type.ANY)
          .takes("map", "the map, which changes; null for a new one", Type.MAP)
          .returns(Type.MAP, "the map")
          .fails("When the third argument is no map, or the value holds the map.")
          .impure()
          .examples(EXAMPLES)
          .body3(MapPut::call);

  private MapPut() {}

  static Object call(
      Evaluation evaluation, @Nullable Object key, @Nullable Object value, @Nullable Object map) {
    Map<@Nullable Object, @Nullable Object> changed =
        map == null ? new LinkedHashMap<>() : Changeable.map(evaluation, Arguments.map(3, map));
    Values.weighFor(evaluation, 1, key, changed);
    Values.weighFor(evaluation, 2, value, changed);
    evaluation.allocate(64);
    changed.put(key, value);
    return changed;
  }
}
