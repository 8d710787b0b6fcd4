package metron.stellar.functions.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// JSON as RFC 8259 has it. A whole number becomes an integer, a long where it must and a double
/// beyond that; any other number a double. Of two equal keys the later one wins. What follows the
/// value is not read. Not deeper than [Values#DEEPEST].
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Values.DEEPEST)
                  .maxNumberLength(400)
                  .build())
          .build();

  private JsonText() {}

  /// Reads the value of argument 1.
  static @Nullable Object read(Evaluation evaluation, String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw FunctionFailure.argument(1, "is blank, expected JSON");
      }
      return value(evaluation, parser, first);
    } catch (JacksonException e) {
      throw FunctionFailure.argument(
          1,
          "is no JSON: %s at line %d, column %d"
              .formatted(
                  short_(e.getOriginalMessage()),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
  }

  private static String short_(String message) {
    int line = message.indexOf('\n');
    String first = line < 0 ? message : message.substring(0, line);
    return first.length() > 160 ? first.substring(0, 160) + "…" : first;
  }

  private static @Nullable Object value(Evaluation evaluation, JsonParser parser, JsonToken token) {
    evaluation.step();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
          String key = parser.currentName();
          evaluation.allocate(64 + 2L * key.length());
          map.put(key, value(evaluation, parser, parser.nextToken()));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          evaluation.allocate(24);
          list.add(value(evaluation, parser, t));
        }
        yield list;
      }
      case VALUE_STRING -> {
        String text = parser.getString();
        evaluation.allocate(40 + 2L * text.length());
        yield text;
      }
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> parser.getIntValue();
            case LONG -> parser.getLongValue();
            default -> Double.valueOf(parser.getString());
          };
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw FunctionFailure.argument(1, "is no JSON: it ends too early");
    };
  }

  /// Writes the value of argument 1; what JSON has no form for, by its text.
  static void write(Evaluation evaluation, StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Boolean b -> out.append(b);
      case Double d when !Double.isFinite(d) -> quote(out, d.toString());
      case Float f when !Float.isFinite(f) -> quote(out, f.toString());
      case Number n -> out.append(n);
      case Collection<?> elements -> {
        out.append('[');
        boolean first = true;
        for (Object element : elements) {
          evaluation.step();
          out.append(first ? "" : ",");
          write(evaluation, out, element);
          first = false;
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          evaluation.step();
          out.append(first ? "" : ",");
          quote(out, String.valueOf(entry.getKey()));
          out.append(':');
          write(evaluation, out, entry.getValue());
          first = false;
        }
        out.append('}');
      }
      default -> quote(out, value.toString());
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }
}
