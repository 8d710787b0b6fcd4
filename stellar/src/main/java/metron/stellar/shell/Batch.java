package metron.stellar.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

  // A JSON text takes some ten times its size in memory while it is evaluated.
  private static final int LONGEST = 16 << 20;

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
  public long run(InputStream in, OutputStream out) throws IOException {
    Lines lines = new Lines(in);
    ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
    long count = 0;
    while (lines.next()) {
      count++;
      if (lines.tooLong()) {
        write(answer, null, "the line is longer than %,d bytes".formatted(LONGEST));
      } else {
        answer(lines.bytes(), lines.start(), lines.length(), answer);
      }
      answer.write('\n');
      answer.writeTo(out);
      answer.reset();
      if (lines.waits()) {
        out.flush();
      }
    }
    out.flush();
    return count;
  }

  /// Answers one line; never fails.
  public String answer(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer(bytes, 0, bytes.length, answer);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private void answer(byte[] line, int start, int length, ByteArrayOutputStream answer) {
    Object value;
    try {
      value = evaluate(Json.read(line, start, length));
    } catch (EvaluationException e) {
      write(answer, null, e.getMessage());
      return;
    } catch (CompilationException e) {
      write(answer, null, e.getMessage());
      return;
    } catch (IllegalArgumentException e) {
      write(answer, null, "the line " + e.getMessage());
      return;
    } catch (RuntimeException | StackOverflowError e) {
      // A line must not take the answers of all lines after it with it.
      write(answer, null, "a fault of Stellar, not of the line: " + e);
      return;
    }
    write(answer, value, null);
  }

  private static void write(
      ByteArrayOutputStream answer, @Nullable Object value, @Nullable String error) {
    try (JsonGenerator json = Json.generator(answer)) {
      json.writeStartObject();
      if (error == null) {
        json.writeName("value");
        Json.write(json, value);
      } else {
        json.writeName("error");
        Json.write(json, error);
      }
      json.writeEndObject();
    } catch (RuntimeException | StackOverflowError e) {
      // A value that contains itself, or changes while it is written.
      answer.reset();
      answer.writeBytes(
          ("{\"error\":\"the value can't be written as JSON: "
                  + e.getClass().getSimpleName()
                  + "\"}")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Cuts bytes at line feeds only: a carriage return within a line is white space of JSON.
  private static final class Lines {
    private final InputStream in;
    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int end;
    private int next;
    private int filled;
    private boolean tooLong;

    Lines(InputStream in) {
      this.in = in;
    }

    byte[] bytes() {
      return bytes;
    }

    int start() {
      return start;
    }

    int length() {
      return end - start;
    }

    boolean tooLong() {
      return tooLong;
    }

    /// Whether the next line is not there yet.
    boolean waits() throws IOException {
      return next == filled && in.available() == 0;
    }

    /// @return false at the end of the input
    boolean next() throws IOException {
      start = next;
      tooLong = false;
      int at = start;
      while (true) {
        while (at < filled) {
          if (bytes[at++] == '\n') {
            end = at - 1;
            next = at;
            return true;
          }
        }
        if (filled - start > LONGEST) {
          // The rest of the line is read over.
          tooLong = true;
          filled = start;
          at = start;
        }
        if (start > 0) {
          System.arraycopy(bytes, start, bytes, 0, filled - start);
          at -= start;
          filled -= start;
          start = 0;
        }
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int read = in.read(bytes, filled, bytes.length - filled);
        if (read < 0) {
          end = filled;
          next = filled;
          return filled > start || tooLong;
        }
        filled += read;
      }
    }
  }

  private @Nullable Object evaluate(@Nullable Object line) {
    if (!(line instanceof Map<?, ?> request)) {
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
