package metron.stellar.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Type;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Answers expressions line by line.
///
/// In, one JSON object a line: `{"expr": "x + 1", "vars": {"x": 1}}`, with an optional `varTypes` that
/// says for a variable `Integer`, `Long`, `Float`, `Double`, `String`, `Boolean`, `List`, `Set`, `Map`
/// or `Date`, and an optional `missingVar` of `null` or `error`. Other keys are ignored.
/// Out, in the same order: `{"value": …}` or `{"error": "…"}`. A line that can't be read is answered
/// with an error too.
public final class Batch {
  private static final int CACHED = 10_000;

  private final Stellar stellar;
  private final Evaluation evaluation = Evaluation.standard();
  private final Map<String, Object> lenient = cache();
  private final Map<String, Object> strict = cache();

  public Batch(Stellar stellar) {
    this.stellar = stellar;
  }

  private static Map<String, Object> cache() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
        return size() > CACHED;
      }
    };
  }

  /// Answers all lines. Flushes whenever no further line is waiting.
  ///
  /// @return the number of lines
  public long run(BufferedReader in, Writer out) throws IOException {
    long lines = 0;
    String line;
    while ((line = in.readLine()) != null) {
      lines++;
      out.write(answer(line));
      out.write('\n');
      if (!in.ready()) {
        out.flush();
      }
    }
    out.flush();
    return lines;
  }

  /// Answers one line; never fails.
  public String answer(String line) {
    java.io.StringWriter text = new java.io.StringWriter();
    String error = null;
    Object value = null;
    try {
      value = evaluate(line);
    } catch (EvaluationException e) {
      error = e.getMessage();
    } catch (CompilationException e) {
      error = e.getMessage();
    } catch (IllegalArgumentException e) {
      error = "the line " + e.getMessage();
    }
    try (JsonGenerator json = Json.generator(text)) {
      json.writeStartObject();
      if (error == null) {
        json.writeName("value");
        Json.write(json, value);
      } else {
        json.writeName("error");
        json.writeString(error);
      }
      json.writeEndObject();
    } catch (RuntimeException | StackOverflowError e) {
      // A value that contains itself, or changes while it is written.
      return "{\"error\":\"the value can't be written as JSON: "
          + e.getClass().getSimpleName()
          + "\"}";
    }
    return text.toString();
  }

  private @Nullable Object evaluate(String line) {
    if (!(Json.read(line) instanceof Map<?, ?> request)) {
      throw new IllegalArgumentException("is no JSON object");
    }
    if (!(request.get("expr") instanceof String source)) {
      throw new IllegalArgumentException("has no text under 'expr'");
    }
    Map<String, @Nullable Object> variables = variables(request);
    boolean failing = "error".equals(request.get("missingVar"));
    return program(source, failing).evaluate(evaluation, variables);
  }

  @SuppressWarnings("unchecked")
  private Program<Map<String, ?>> program(String source, boolean failing) {
    Map<String, Object> cache = failing ? strict : lenient;
    Object known = cache.get(source);
    if (known == null) {
      try {
        known =
            stellar.compile(
                source,
                Variables.ofMap(failing ? Variables.Missing.ERROR : Variables.Missing.NULL));
      } catch (CompilationException e) {
        known = e;
      }
      cache.put(source, known);
    }
    if (known instanceof CompilationException e) {
      throw e;
    }
    return (Program<Map<String, ?>>) known;
  }

  private static Map<String, @Nullable Object> variables(Map<?, ?> request) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    if (request.get("vars") instanceof Map<?, ?> given) {
      for (Map.Entry<?, ?> entry : given.entrySet()) {
        variables.put(String.valueOf(entry.getKey()), entry.getValue());
      }
    } else if (request.get("vars") != null) {
      throw new IllegalArgumentException("has no object under 'vars'");
    }
    if (request.get("varTypes") instanceof Map<?, ?> types) {
      for (Map.Entry<?, ?> entry : types.entrySet()) {
        String name = String.valueOf(entry.getKey());
        if (variables.containsKey(name)) {
          variables.put(
              name, converted(name, variables.get(name), String.valueOf(entry.getValue())));
        }
      }
    }
    return variables;
  }

  // Functions know the moments of Metron's Java interface, which were of this class.
  @SuppressWarnings("JavaUtilDate")
  private static @Nullable Object converted(String name, @Nullable Object value, String type) {
    if (value == null) {
      return null;
    }
    try {
      return switch (type.toLowerCase(Locale.ROOT)) {
        case "integer" -> value instanceof Number n ? n.intValue() : Integer.valueOf(text(value));
        case "long" -> value instanceof Number n ? n.longValue() : Long.valueOf(text(value));
        case "float" -> value instanceof Number n ? n.floatValue() : Float.valueOf(text(value));
        case "double" -> value instanceof Number n ? n.doubleValue() : Double.valueOf(text(value));
        case "string" -> value.toString();
        case "boolean" -> value instanceof Boolean b ? b : Boolean.valueOf(text(value));
        case "list" ->
            value instanceof Collection<?> c ? new ArrayList<Object>(c) : unfit(name, value, type);
        case "set" ->
            value instanceof Collection<?> c
                ? new LinkedHashSet<Object>(c)
                : unfit(name, value, type);
        case "map" -> value instanceof Map<?, ?> ? value : unfit(name, value, type);
        case "date" ->
            value instanceof Number n
                ? new Date(n.longValue())
                : Date.from(java.time.Instant.parse(text(value)));
        default ->
            throw new IllegalArgumentException(
                "has the type '"
                    + type
                    + "' for the variable '"
                    + name
                    + "', expected one of "
                    + List.of(
                        "Integer", "Long", "Float", "Double", "String", "Boolean", "List", "Set",
                        "Map", "Date"));
      };
    } catch (NumberFormatException | java.time.DateTimeException _) {
      return unfit(name, value, type);
    }
  }

  private static String text(Object value) {
    return value.toString().strip();
  }

  private static Object unfit(String name, Object value, String type) {
    throw new IllegalArgumentException(
        "has " + Type.describe(value) + " as variable '" + name + "', expected a " + type);
  }
}
