package metron.stellar.functions.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `SHELL_MAP2TABLE(map)`
public final class MapToTable {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "SHELL_MAP2TABLE({'a' : 1})", "| KEY | VALUE |\n|-----|-------|\n| a   | 1     |\n"),
          new Example("SHELL_MAP2TABLE(null)", null),
          new Example(
                  "SHELL_MAP2TABLE(x)",
                  Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SHELL_MAP2TABLE")
          .group("System")
          .means("Draws a map as a table.")
          .takes("map", "the map", Type.MAP)
          .returns(Type.STRING, "one line an entry, under a heading; null for null")
          .fails("When the argument is no map, or nests too deeply.")
          .examples(EXAMPLES)
          .body1(MapToTable::call);

  private MapToTable() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object map) {
    if (map == null) {
      return null;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"KEY", "VALUE"});
    int keys = 3;
    int values = 5;
    for (Map.Entry<?, ?> entry : Arguments.map(1, map).entrySet()) {
      evaluation.step();
      String[] row = {text(evaluation, entry.getKey()), text(evaluation, entry.getValue())};
      keys = Math.max(keys, row[0].length());
      values = Math.max(values, row[1].length());
      rows.add(row);
    }
    evaluation.allocate(2L * (rows.size() + 1) * (keys + values + 8));
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      line(table, ' ', row[0], keys, row[1], values);
      if (row == rows.getFirst()) {
        line(table, '-', "", keys, "", values);
      }
    }
    return table.toString();
  }

  private static String text(Evaluation evaluation, @Nullable Object value) {
    return value == null ? "null" : Values.text(evaluation, 1, value);
  }

  private static void line(
      StringBuilder table, char fill, String key, int keys, String value, int values) {
    String pad = String.valueOf(fill);
    table.append('|').append(fill).append(key).append(pad.repeat(keys - key.length()));
    table.append(fill).append('|').append(fill).append(value);
    table.append(pad.repeat(values - value.length())).append(fill).append("|\n");
  }
}
