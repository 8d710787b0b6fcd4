package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `MAP_EXISTS(key, map)`
public final class MapExists {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP_EXISTS('a', {'a' : null})", true),
          new Example("MAP_EXISTS('b', {'a' : 1})", false),
          new Example("MAP_EXISTS(null, {'a' : 1})", false),
          new Example("MAP_EXISTS('a', null)", false),
          new Example("MAP_EXISTS('a', 'abc')", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAP_EXISTS")
          .group("Maps")
          .means("Says whether a map has a key.")
          .takes("key", "the key", Type.ANY)
          .takes("map", "the map", Type.ANY)
          .returns(Type.BOOLEAN, "false when the key is null or the second argument is no map")
          .fails("When the key nests too deeply.")
          .examples(EXAMPLES)
          .body2(MapExists::call);

  private MapExists() {}

  static Object call(Evaluation evaluation, @Nullable Object key, @Nullable Object map) {
    if (key instanceof Collection || key instanceof Map) {
      Values.weigh(evaluation, 1, key);
    }
    return key != null && map instanceof Map<?, ?> entries && entries.containsKey(key);
  }
}
