package metron.event.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

class JsonWalkerTest {
  private final JsonWalker<String> walker = new JsonWalker<>(path -> path);

  private List<String> walk(String json) throws JsonException {
    return walk(walker, json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> walk(JsonWalker<String> walker, byte[] json) throws JsonException {
    List<String> leaves = new ArrayList<>();
    walker.walk(
        json,
        (path, leaf) ->
            leaves.add(path + (leaf.inArray() ? "[]=" : "=") + leaf.kind() + " " + leaf.string()));
    return leaves;
  }

  @Test
  void namesEachLeafByItsFlatPath() throws JsonException {
    for (int i = 0; i < 3; i++) {
      assertThat(walk("{\"a\":{\"b\":1,\"c.d\":\"x\"},\"e\":[{\"f\":true},{\"f\":null}],\"g\":[]}"))
          .containsExactly(
              "a.b=INTEGER 1", "a.c.d=TEXT x", "e.f[]=BOOLEAN true", "e.f[]=NULL null");
    }
  }

  @Test
  void decodesEscapesInKeysAndValues() throws JsonException {
    for (int i = 0; i < 3; i++) {
      assertThat(walk("{\"a\\\"\\u0062\":\"\\u00e4\\n\\\\\\/\\ud83d\\ude00 ü\"}"))
          .containsExactly("a\"b=TEXT ä\n\\/\ud83d\ude00 ü");
    }
  }

  @Test
  void findsKeysWhateverTheirOrder() throws JsonException {
    assertThat(walk("{\"a\":1,\"b\":2,\"c\":3}")).hasSize(3);
    assertThat(walk("{\"c\":3,\"a\":1,\"b\":2}"))
        .containsExactly("c=INTEGER 3", "a=INTEGER 1", "b=INTEGER 2");
    assertThat(walk("{\"ab\":1,\"a\":2}")).containsExactly("ab=INTEGER 1", "a=INTEGER 2");
  }

  @Test
  void leavesOutWhatNobodyWants() throws JsonException {
    var some = new JsonWalker<String>(path -> path.equals("a") ? path : null);

    assertThat(walk(some, "{\"b\":{\"c\":[1,2]},\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("a=INTEGER 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|0|found the end at byte 0, expected an object '{'",
        "[1]|0|found '[' at byte 0, expected an object '{'",
        "{'a'}|1|found ''' at byte 1, expected a key in '\"'",
        "{\"a\" 1}|5|found '1' at byte 5, expected ':' after the key",
        "{\"a\":1,}|7|found '}' at byte 7, expected a key in '\"'",
        "{\"a\":1 2}|7|found '2' at byte 7, expected ',' or '}'",
        "{\"a\":[1 2]}|8|found '2' at byte 8, expected ',' or ']'",
        "{\"a\":tru}|5|found 't' at byte 5, expected true",
        "{\"a\":01}|5|found a malformed number at byte 5",
        "{\"a\":1.}|5|found a malformed number at byte 5",
        "{\"a\":-}|5|found a malformed number at byte 5",
        "{\"a\":\"x|5|the string that starts at byte 5 has no end",
        "{\"a\":\"\\x\"}|6|found an unknown escape at byte 6",
        "{\"a\":\"\\u12g4\"}|6|found an unknown escape at byte 6",
        "{\"a\":1} x|8|found 'x' at byte 8, expected the end after the object",
        "{\"a\":|5|found the end at byte 5, expected a value",
        "{\"a\":ü}|5|found byte 0xc3 at byte 5, expected a value",
      })
  void saysWhereAndWhatWasExpected(String json, int offset, String message) {
    assertThatThrownBy(() -> walk(json.replace("{'a'}", "{'a'}")))
        .isInstanceOfSatisfying(JsonException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessage(message);
  }

  @Test
  void refusesDepthLongPathsAndFloodsOfKeys() throws JsonException {
    assertThatThrownBy(() -> walk("{\"a\":" + "[".repeat(100_000)))
        .hasMessage("nested deeper than 64 levels");
    assertThatThrownBy(() -> walk("{\"" + "a".repeat(2000) + "\":1}"))
        .hasMessage("a key path is longer than 1024 characters");

    StringBuilder flood = new StringBuilder("{\"k\":1");
    for (int i = 0; i < JsonWalker.MAX_LEARNED + JsonWalker.MAX_UNKNOWN; i++) {
      flood.append(",\"").append(i).append("\":1");
    }
    assertThatThrownBy(() -> walk(flood + ",\"x\":1}"))
        .hasMessage("more than 2000 keys never seen before");
    assertThat(walk("{\"k\":1,\"" + (JsonWalker.MAX_LEARNED + 5) + "\":2}"))
        .as("a full walker still reads unknown keys")
        .containsExactly("k=INTEGER 1", (JsonWalker.MAX_LEARNED + 5) + "=INTEGER 2");
  }

  @Test
  void readsNumbersWithoutLoss() throws JsonException {
    List<Object> found = new ArrayList<>();
    walker.walk(
        "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":9223372036854775808,\"d\":-0.5e1,\"e\":-9999999999999999999}"
            .getBytes(StandardCharsets.UTF_8),
        (path, leaf) -> found.add(leaf.isLong() ? (Object) leaf.longValue() : leaf.doubleValue()));

    assertThat(found).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE, 0x1p63, -5.0, -1e19);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    var shared = new JsonWalker<String>(path -> path);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      var random = new Random(t);
      tasks.add(
          () -> {
            int wrong = 0;
            for (int i = 0; i < 2000; i++) {
              String a = "k" + random.nextInt(200);
              String b = "k" + random.nextInt(200);
              String json = "{\"" + a + "\":{\"" + b + "\":1},\"" + b + "\":2}";
              List<String> leaves = walk(shared, json.getBytes(StandardCharsets.UTF_8));
              if (!leaves.equals(List.of(a + "." + b + "=INTEGER 1", b + "=INTEGER 2"))) {
                wrong++;
              }
            }
            return wrong;
          });
    }
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var result : pool.invokeAll(tasks)) {
        assertThat(result.get()).isZero();
      }
    }
  }

  /// Jackson is the referee: same texts taken, same leaves found.
  @Property(tries = 500)
  void agreesWithJackson(@ForAll("documents") String json) {
    agree(json);
  }

  @Property(tries = 500)
  void agreesWithJacksonOnDamagedDocuments(
      @ForAll("documents") String json, @ForAll Random random) {
    char[] chars = json.toCharArray();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      chars[random.nextInt(chars.length)] = "{}[],:\"\\01-.eEtfnu a\t".charAt(random.nextInt(21));
    }
    agree(new String(chars));
  }

  private void agree(String json) {
    List<String> ours;
    try {
      ours = walk(json);
    } catch (JsonException e) {
      ours = List.of("refused");
    }
    assertThat(ours).as(json).isEqualTo(jackson(json));
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12).map(JsonWalkerTest::quoted);
    Arbitrary<String> number =
        Arbitraries.oneOf(
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.doubles().between(-1e9, 1e9).map(String::valueOf));
    Arbitrary<String> value =
        Arbitraries.lazyOf(
            () -> text,
            () -> number,
            () -> Arbitraries.of("true", "false", "null"),
            () -> object(text, text),
            () -> object(text, number),
            () -> text.list().ofMaxSize(3).map(l -> "[" + String.join(", ", l) + "]"),
            () ->
                object(text, number).list().ofMaxSize(3).map(l -> "[" + String.join(",", l) + "]"));
    return object(text, value);
  }

  private static Arbitrary<String> object(Arbitrary<String> keys, Arbitrary<String> values) {
    return net.jqwik.api.Combinators.combine(keys, values)
        .as((k, v) -> k + ":" + v)
        .list()
        .ofMaxSize(4)
        .map(l -> "{" + String.join(", ", l) + "}");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    EventJson.quote(out, text);
    return out.toString();
  }

  private static final JsonFactory JACKSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  private static List<String> jackson(String json) {
    List<String> leaves = new ArrayList<>();
    try (JsonParser parser =
        JACKSON.createParser(ObjectReadContext.empty(), json.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return List.of("refused");
      }
      object(parser, null, false, leaves);
      return parser.nextToken() == null ? leaves : List.of("refused");
    } catch (JacksonException e) {
      return List.of("refused");
    }
  }

  private static void object(JsonParser parser, String path, boolean array, List<String> leaves) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      // Ours keeps keys as UTF-8, where a lone surrogate is '?'.
      String key = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      value(parser, path == null ? key : path + "." + key, array, leaves);
    }
  }

  private static void value(JsonParser parser, String path, boolean array, List<String> leaves) {
    String dots = path + (array ? "[]=" : "=");
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, array, leaves);
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, path, true, leaves);
        }
      }
      case VALUE_STRING -> leaves.add(dots + "TEXT " + parser.getString());
      case VALUE_NUMBER_INT -> leaves.add(dots + "INTEGER " + written(parser));
      case VALUE_NUMBER_FLOAT -> leaves.add(dots + "DECIMAL " + written(parser));
      case VALUE_TRUE, VALUE_FALSE -> leaves.add(dots + "BOOLEAN " + parser.getString());
      case VALUE_NULL -> leaves.add(dots + "NULL null");
      default -> throw new AssertionError(parser.currentToken());
    }
  }

  private static String written(JsonParser parser) {
    StringWriter out = new StringWriter();
    parser.getString(out);
    return out.toString();
  }
}
