package metron.event.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTapeTest {
  private static final JsonWalker<String> WALKER = new JsonWalker<>(path -> path);

  private final JsonTape tape = new JsonTape();

  private int read(String json) {
    byte[] b = json.getBytes(StandardCharsets.UTF_8);
    return tape.read(b, 0, b.length);
  }

  private List<String> leaves(String json) {
    List<String> leaves = new ArrayList<>();
    if (read(json) == json.getBytes(StandardCharsets.UTF_8).length) {
      object(0, "", false, leaves);
    } else {
      leaves.add("refused");
    }
    return leaves;
  }

  private void object(int object, String path, boolean inArray, List<String> leaves) {
    for (int i = tape.first(object); i < tape.to(object); i = tape.after(i)) {
      value(i, path + tape.key(i).text(), inArray, leaves);
    }
  }

  private void value(int i, String path, boolean inArray, List<String> leaves) {
    switch (tape.kind(i)) {
      case JsonTape.OBJECT -> object(i, path + ".", inArray, leaves);
      case JsonTape.ARRAY -> {
        for (int k = tape.first(i); k < tape.to(i); k = tape.after(k)) {
          value(k, path, true, leaves);
        }
      }
      default -> leaves.add(path + (inArray ? "[]=" : "=") + text(i));
    }
  }

  private String text(int i) {
    return tape.escaped(i)
        ? new String(tape.decoded(), 0, tape.decode(i), StandardCharsets.UTF_8)
        : new String(tape.bytes(), tape.from(i), tape.to(i) - tape.from(i), StandardCharsets.UTF_8);
  }

  @Test
  void findsTheSameValuesWhateverItHasLearned() {
    // Keys of every length around a word, with guesses that hold, fail, and would run over the end.
    for (int round = 0; round < 3; round++) {
      for (int n = 0; n < 40; n++) {
        String key = "k".repeat(n);
        assertThat(leaves("{\"" + key + "\":1,\"b\":{\"" + key + "x\" : \"v\"},\"c\":[]}"))
            .containsExactly(key + "=1", "b." + key + "x=v");
        assertThat(leaves("{\"" + key + "\":2}")).containsExactly(key + "=2");
        assertThat(leaves("{\"" + key + "\"")).containsExactly("refused");
      }
    }
  }

  @Test
  void takesNoTextForAKeyThatIsWrittenEscaped() {
    for (int i = 0; i < 3; i++) {
      assertThat(leaves("{\"a\\\":\\u0022b\":1}")).containsExactly("a\":\"b=1");
      assertThat(leaves("{\"a\":\"b\"}")).containsExactly("a=b");
      assertThat(leaves("{\"a\":\"b\":1}")).containsExactly("refused");
    }
  }

  @Test
  void findsAKeyDirectlyInAnObjectOnly() {
    JsonKey type = tape.learn("type".getBytes(StandardCharsets.UTF_8));
    read("{\"a\":{\"type\":1},\"b\":[{\"type\":2}],\"type\":\"x\",\"type\":\"y\"}");

    assertThat(text(tape.find(0, type))).isEqualTo("x");
    read("{\"a\":{\"type\":1}}");
    assertThat(tape.find(0, type)).isEqualTo(-1);
  }

  @Test
  void readsKeysBeyondThoseItLearns() {
    JsonKey first = tape.learn("first".getBytes(StandardCharsets.UTF_8));
    StringBuilder flood = new StringBuilder("{\"first\":0");
    for (int i = 0; i < JsonTape.MAX_LEARNED * 2; i++) {
      flood.append(",\"k").append(i).append("\":").append(i);
    }
    for (int round = 0; round < 2; round++) {
      List<String> leaves = leaves(flood + "}");
      assertThat(leaves).hasSize(JsonTape.MAX_LEARNED * 2 + 1);
      assertThat(leaves.getLast())
          .isEqualTo("k" + (JsonTape.MAX_LEARNED * 2 - 1) + "=" + (JsonTape.MAX_LEARNED * 2 - 1));
      assertThat(text(tape.find(0, first))).isEqualTo("0");
    }
    assertThat(tape.key(tape.size() - 4).id()).isEqualTo(JsonKey.UNLEARNED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|0|a value",
        "{'a'}|1|a key in quotes",
        "{\"a\" 1}|5|':' after a key",
        "{\"a|3|the end of a key",
        "{\"a\":1,}|7|a key in quotes",
        "{\"a\":1 2}|7|',' or '}'",
        "[1 2]|3|',' or ']'",
        "{\"a\":tru}|5|a value",
        "{\"a\":1.}|7|a digit",
        "{\"a\":\"x|7|the end of a string",
        "{\"a\":\"\\x\"}|6|an escape that JSON has",
        "{\"a\":\"\\u12g4\"}|8|four hexadecimal digits",
      })
  void saysWhereAndWhatWasExpected(String json, int at, String expected) {
    for (int i = 0; i < 2; i++) {
      assertThat(read("{\"a\":1}")).isEqualTo(7);
      assertThat(read(json)).isEqualTo(-1);
      assertThat(tape.errorAt()).isEqualTo(at);
      assertThat(tape.error()).isEqualTo(expected);
    }
  }

  @Test
  void refusesDepthAndFloodsOfValues() {
    assertThat(read("[".repeat(100_000))).isEqualTo(-1);
    assertThat(tape.error()).isEqualTo("at most 64 levels");
    assertThat(read("[" + "1,".repeat(JsonTape.MAX_VALUES) + "1]")).isEqualTo(-1);
    assertThat(tape.error()).isEqualTo("at most 100000 values");
  }

  @Property(tries = 500)
  void neverThrowsWhateverTheBytes(@ForAll byte[] bytes) {
    assertThat(tape.read(bytes, 0, bytes.length)).isBetween(-1, bytes.length);
  }

  /// The tape takes all that the walker takes, and finds the same in it.
  @Property(tries = 500)
  void agreesWithTheWalkerOnDamagedDocuments(@ForAll Random random) throws JsonException {
    String[] documents = {
      "{\"_path\":\"dns\",\"ts\":1.5,\"id.orig_h\":\"10.0.0.1\",\"answers\":[\"a\",\"b\"],\"AA\":false}",
      "{\"timestamp\":\"2026\",\"dns\":{\"id\":7,\"answers\":[{\"rrname\":\"a\\u00e4\",\"ttl\":60}]},\"x\":null}",
      "{ \"a\" : [ 1, [ 2, { \"b\" : -3e5 } ] ], \"a\": \"\\\"\" }",
    };
    for (int i = 0; i < 20; i++) {
      char[] chars = documents[random.nextInt(documents.length)].toCharArray();
      for (int n = random.nextInt(3); n > 0; n--) {
        chars[random.nextInt(chars.length)] = "{}[],:\"\\01-.eEtfnu a\t".charAt(random.nextInt(21));
      }
      String json = new String(chars);
      List<String> walked = new ArrayList<>();
      try {
        WALKER.walk(
            json.getBytes(StandardCharsets.UTF_8),
            (path, leaf) -> walked.add(path + (leaf.inArray() ? "[]=" : "=") + leaf.string()));
      } catch (JsonException e) {
        continue;
      }
      assertThat(leaves(json)).as(json).isEqualTo(walked);
    }
  }
}
