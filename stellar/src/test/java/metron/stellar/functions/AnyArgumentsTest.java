package metron.stellar.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import metron.stellar.function.Body;
import metron.stellar.function.BudgetExceeded;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Lambda;
import metron.stellar.function.Parameter;
import metron.stellar.function.Signature;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.enrichment.ReferenceTables;
import metron.stellar.functions.geo.AsnDatabase;
import metron.stellar.functions.geo.GeoDatabase;
import metron.stellar.functions.shell.ShellFunctions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Any arguments in: a value of the promised type or a clean failure out, whatever the function;
/// the same from the body made for known arguments; and a pure function changes nothing.
class AnyArgumentsTest {
  private static final Evaluation.Limits LIMITS = new Evaluation.Limits(20_000, 4L << 20, 64);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1472127630));
  private static final Map<Class<?>, Object> SERVICES =
      Map.of(
          GeoDatabase.class,
          (GeoDatabase) ip -> ip.startsWith("1") ? Map.of("country", "FR") : Map.of(),
          AsnDatabase.class,
          (AsnDatabase) ip -> ip.startsWith("1") ? Map.of("network", "10.0.0.0/8") : Map.of(),
          ReferenceTables.class,
          (ReferenceTables) (_, key) -> key.isEmpty() ? null : Map.of("key", key));

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "abc",
          "ABC def",
          "10.0.0.1",
          "::1",
          "192.168.0.0/16",
          "www.example.co.uk",
          "http://user@www.example.com:8080/a/b?c=d#e",
          "2016-08-25 12:27:10",
          "UTC",
          "Mars",
          "yyyy-MM-dd HH:mm:ss",
          "%s %d",
          "%-5s|%08.3f",
          "%tY",
          "%c",
          "[a-z]+(b)?",
          "(a+)+$",
          "[1]",
          "(",
          "{\"a\": [1, 2.5, null]}",
          "SGVsbG8=",
          "48656c6c6f",
          "1010101001010101",
          "BASE64",
          "BASE32",
          "HEX",
          "BINARY",
          "MD5",
          "SHA-256",
          "TLSH",
          "SSDEEP",
          "dr5regw3",
          "HAVERSINE",
          "QUARTILE",
          "en",
          "42",
          "-1",
          "1e400",
          "NaN",
          "true",
          "\u0000",
          "\ud800",
          "e\u0301n",
          "\r\n",
          "'",
          "\\",
          "$1",
          "a".repeat(3000),
          "日本語.jp",
          "xn--bcher-kva.example",
          "IPV4",
          ".",
          "..",
          "a@b.com",
          "ftp://x",
          "3:MzrWxyXh2FXQbExyD6J2Mzcu9n:MzEywFAbqymUMzcW",
          "charset",
          "hashes",
          "6FF02BEF718027B0160B4391212923ED7F1A463D563B1549B86CF62973B197AD2731F8");

  private static final List<Number> NUMBERS =
      List.of(
          0,
          1,
          2,
          -1,
          7,
          14,
          80,
          255,
          65_536,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          3L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          1440505630000L,
          0.0,
          -0.0,
          1.5,
          1e300,
          -1e-300,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0.5f,
          Float.NaN,
          Float.MAX_VALUE);

  private static final List<String> STATES =
      List.of("STATS_INIT", "BLOOM_INIT", "HLLP_INIT", "SAMPLE_INIT", "OUTLIER_MAD_STATE_MERGE");

  @Property(tries = 120)
  void everyFunctionAnswersOrFailsCleanly(@ForAll long seed) {
    Stream.concat(StandardFunctions.ALL.stream(), ShellFunctions.ALL.stream())
        .forEach(function -> check(function, seed));
  }

  @Property(tries = 150)
  void everyFunctionTakesAnyTexts(@ForAll String first, @ForAll String second) {
    for (StellarFunction function : StandardFunctions.ALL) {
      int least = function.signature().minimum();
      int most = Math.min(function.signature().maximum(), 3);
      for (int count = Math.max(1, least); count <= most; count++) {
        Object[] arguments = new Object[count];
        for (int i = 0; i < count; i++) {
          arguments[i] = i % 2 == 0 ? first : second;
        }
        Outcome outcome = run(function.body(), arguments);
        assertThat(
                outcome.failure() != null || function.signature().result().accepts(outcome.value()))
            .as("%s%s = %s", function.name(), Arrays.toString(arguments), outcome)
            .isTrue();
      }
    }
  }

  private static void check(StellarFunction function, long seed) {
    Object[] arguments = arguments(function, seed);
    String before = Arrays.deepToString(arguments);
    Outcome outcome = run(function.body(), arguments);
    String call = function.name() + before;
    if (outcome.failure() == null) {
      assertThat(function.signature().result().accepts(outcome.value()))
          .as("%s promises %s and answers %s", call, function.signature().result(), outcome)
          .isTrue();
    }
    if (function.pure()) {
      assertThat(Arrays.deepToString(arguments)).as("arguments of pure %s", call).isEqualTo(before);
    }
    Object[] again = arguments(function, seed);
    Body special;
    try {
      special = function.bodyFor(new Known(again, seed));
    } catch (FunctionFailure e) {
      // A warning of the checker: the general body stays.
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(run(special, again).shown())
        .as("the special body of %s", call)
        .isEqualTo(outcome.shown());
  }

  private record Outcome(Object value, String failure) {
    String shown() {
      return failure == null ? String.valueOf(value) : "failure";
    }
  }

  private static Outcome run(Body body, Object[] arguments) {
    try {
      return new Outcome(
          body.apply(Evaluation.of(LIMITS, CLOCK, SERVICES), arguments.clone()), null);
    } catch (FunctionFailure | BudgetExceeded e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.getMessage().length()).isLessThan(1_000);
      return new Outcome(null, e.getMessage());
    }
  }

  /// Knows some of the arguments.
  private record Known(Object[] arguments, long seed) implements Specialiser.Call {
    @Override
    public int size() {
      return arguments.length;
    }

    @Override
    public boolean known(int index) {
      return index < arguments.length && (seed >> index & 3) != 0;
    }

    @Override
    public Object value(int index) {
      return arguments[index];
    }
  }

  private static Object[] arguments(StellarFunction function, long seed) {
    Random random = new Random(seed ^ function.name().hashCode());
    Signature signature = function.signature();
    int most =
        signature.maximum() == Signature.UNBOUNDED
            ? signature.parameters().size() + 2
            : signature.maximum();
    int count = signature.minimum() + random.nextInt(most - signature.minimum() + 1);
    Object[] arguments = new Object[count];
    for (int i = 0; i < count; i++) {
      Parameter parameter = signature.parameterOf(i);
      List<Type> types = parameter.types();
      arguments[i] =
          random.nextInt(4) == 0
              ? value(random, 0)
              : typed(random, types.get(random.nextInt(types.size())), 0);
    }
    return arguments;
  }

  private static Object value(Random random, int depth) {
    Type[] types = Type.values();
    return random.nextInt(8) == 0
        ? null
        : typed(random, types[random.nextInt(types.length)], depth);
  }

  private static Object typed(Random random, Type type, int depth) {
    return switch (type) {
      case ANY -> depth > 2 ? pick(random, TEXTS) : value(random, depth + 1);
      case BOOLEAN -> random.nextBoolean();
      case NUMBER -> pick(random, NUMBERS);
      case INTEGER -> pick(random, NUMBERS).intValue();
      case LONG -> pick(random, NUMBERS).longValue();
      case FLOAT -> pick(random, NUMBERS).floatValue();
      case DOUBLE -> pick(random, NUMBERS).doubleValue();
      case STRING -> random.nextInt(3) == 0 ? changed(random) : pick(random, TEXTS);
      case LIST -> new ArrayList<>(elements(random, depth));
      case SET -> new LinkedHashSet<>(elements(random, depth));
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object key : elements(random, depth)) {
          map.put(key, random.nextBoolean() ? random.nextInt(5) : value(random, depth + 2));
        }
        yield map;
      }
      case LAMBDA -> new Echo(random.nextInt(3));
      case STATE -> state(random);
    };
  }

  /// A text that is nearly one that makes sense.
  private static String changed(Random random) {
    StringBuilder text = new StringBuilder(pick(random, TEXTS));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      if (at < text.length() && random.nextBoolean()) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, "\u0000\ud800.:/%{}[]()'\"0aé日-+*$\\".charAt(random.nextInt(23)));
      }
    }
    return text.toString();
  }

  private static List<Object> elements(Random random, int depth) {
    List<Object> elements = new ArrayList<>();
    int mood = random.nextInt(4);
    for (int i = random.nextInt(6); i > 0; i--) {
      elements.add(
          switch (mood) {
            case 0 -> pick(random, NUMBERS);
            case 1 -> pick(random, TEXTS);
            case 2 -> state(random);
            default -> depth > 2 ? null : value(random, depth + 1);
          });
    }
    return elements;
  }

  private static Object state(Random random) {
    StellarFunction init = StandardFunctions.REGISTRY.function(pick(random, STATES));
    Object[] arguments =
        init.name().equals("OUTLIER_MAD_STATE_MERGE")
            ? new Object[] {null}
            : init.name().equals("BLOOM_INIT")
                ? new Object[] {100 + random.nextInt(2)}
                : new Object[0];
    return init.body().apply(Evaluation.of(LIMITS, CLOCK, SERVICES), arguments);
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// Answers one of its arguments.
  private static final class Echo extends Lambda {
    private final int which;

    Echo(int which) {
      super(3);
      this.which = which;
    }

    @Override
    public Object call(Object first, Object second, Object third) {
      return which == 0 ? first : which == 1 ? second : (Object) true;
    }

    @Override
    public Object callAll(Object[] arguments) {
      return arguments.length == 0 ? null : arguments[0];
    }

    @Override
    public String toString() {
      return "lambda " + which;
    }
  }
}
