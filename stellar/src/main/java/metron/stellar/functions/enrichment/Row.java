package metron.stellar.functions.enrichment;

import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// The lookup that both functions share. The HBase table and column family of Metron are read over:
/// the type alone names a table here.
final class Row {
  private Row() {}

  static @Nullable Map<String, Object> of(Evaluation evaluation, @Nullable Object[] arguments) {
    String type = Arguments.textOrNull(1, arguments[0]);
    String indicator = Arguments.textOrNull(2, arguments[1]);
    if (type == null || indicator == null) {
      return null;
    }
    ReferenceTables tables = evaluation.service(ReferenceTables.class);
    if (tables == null) {
      throw FunctionFailure.because(
          "there are no reference tables here; give some in the configuration of enrichment");
    }
    evaluation.step();
    return tables.row(type, indicator);
  }
}
