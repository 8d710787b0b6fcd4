package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `MAP_MERGE(maps?)`
public final class MapMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAP_MERGE([{'a' : 1, 'b' : 1}, {'b' : 2}])", Map.of("a", 1, "b", 2)),
          new Example("MAP_MERGE([null, {'a' : 1}])", Map.of("a", 1)),
          new Example("MAP_MERGE([])", Map.of()),
          new Example("MAP_MERGE(null)", Map.of()),
          new Example(
                  "MAP_MERGE(x)",
                  Example.failure("argument 1 is the integer 7, expected list or set"))
              .given("x", 7),
          new Example(
              "MAP_MERGE([1, 2])",
              Example.failure("argument 1: has the integer 1, expected maps")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAP_MERGE")
          .group("Maps")
          .means("Puts the entries of some maps together; the last one wins.")
          .takesOptional("maps", "a list of maps; nulls are passed over", Type.LIST, Type.SET)
          .returns(Type.MAP, "a new map, or the only map of the list; empty for null")
          .fails("When the argument is no list, or has an element that is no map.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(MapMerge::call);

  private MapMerge() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length == 0) {
      return null;
    }
    Map<@Nullable Object, @Nullable Object> merged = new LinkedHashMap<>();
    if (arguments[0] == null) {
      return merged;
    }
    Collection<?> maps = Arguments.elements(1, arguments[0]);
    for (Object element : maps) {
      if (element != null && !(element instanceof Map)) {
        throw FunctionFailure.argument(
            1, "has %s, expected maps".formatted(Type.describe(element)));
      }
      if (maps.size() == 1) {
        return element;
      }
      if (element instanceof Map<?, ?> map) {
        evaluation.steps(1 + map.size());
        evaluation.allocate(64L * map.size());
        merged.putAll(map);
      }
    }
    return merged;
  }
}
