package metron.stellar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.stellar.Stellar;
import metron.stellar.syntax.Dialect;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final Batch batch = new Batch(Stellar.standard());

  @Test
  void answersInOrder() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String in =
        """
        {"expr": "x + 1", "vars": {"x": 1}}
        {"expr": "x +", "vars": {}}
        {"expr": "x + 1", "vars": {"x": 2.5}, "note": "ignored"}
        """;
    assertThat(batch.run(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out))
        .isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            l -> assertThat(l).isEqualTo("{\"value\":2}"),
            l -> assertThat(l).startsWith("{\"error\":\"1:4: the expression ends here"),
            l -> assertThat(l).isEqualTo("{\"value\":3.5}"));
  }

  @Test
  void writesEveryKindOfValue() {
    assertThat(answer("[1, 2L, 1.5f, 'a', true, null, NaN]"))
        .isEqualTo("{\"value\":[1,2,1.5,\"a\",true,null,\"NaN\"]}");
    assertThat(answer("{ 'a' : { 1 : 2 } }")).isEqualTo("{\"value\":{\"a\":{\"1\":2}}}");
    assertThat(answer("1.0 / 0")).isEqualTo("{\"value\":\"Infinity\"}");
    assertThat(answer("SET_INIT(['x'])")).isEqualTo("{\"value\":[\"x\"]}");
    assertThat(answer("")).isEqualTo("{\"value\":null}");
  }

  @Test
  void readsVariablesWithTheirTypes() {
    assertThat(
            batch.answer(
                "{\"expr\":\"[i == 1, i in [1L], f in [1.5f], s, 'a' in t, d]\","
                    + "\"vars\":{\"i\":1,\"f\":1.5,\"s\":7,\"t\":[\"a\",\"a\"],\"d\":1000},"
                    + "\"varTypes\":{\"i\":\"Long\",\"f\":\"Float\",\"s\":\"String\",\"t\":\"Set\","
                    + "\"d\":\"Date\",\"absent\":\"Long\"}}"))
        .isEqualTo("{\"value\":[true,true,true,\"7\",true,1000]}");
    assertThat(
            batch.answer("{\"expr\":\"x\",\"vars\":{\"x\":\"a\"},\"varTypes\":{\"x\":\"Long\"}}"))
        .isEqualTo("{\"error\":\"the line has the string 'a' as variable 'x', expected a Long\"}");
  }

  @Test
  void aMissingVariableIsNullUnlessTheLineSaysOtherwise() {
    assertThat(batch.answer("{\"expr\":\"x\",\"vars\":{}}")).isEqualTo("{\"value\":null}");
    assertThat(batch.answer("{\"expr\":\"x\",\"vars\":{},\"missingVar\":\"null\"}"))
        .isEqualTo("{\"value\":null}");
    assertThat(batch.answer("{\"expr\":\"x\",\"vars\":{},\"missingVar\":\"error\"}"))
        .startsWith("{\"error\":\"1:1: the variable 'x' is not defined");
    assertThat(batch.answer("{\"expr\":\"exists(x)\",\"vars\":{},\"missingVar\":\"error\"}"))
        .isEqualTo("{\"value\":false}");
  }

  @Test
  void answersAsMetronWhereItIsTold() {
    Batch metron = new Batch(Stellar.standard().in(Dialect.METRON));
    assertThat(metron.answer("{\"expr\":\"10/2*5\"}")).isEqualTo("{\"value\":1}");
    assertThat(batch.answer("{\"expr\":\"10/2*5\"}")).isEqualTo("{\"value\":25}");
  }

  @Test
  void saysWhatIsWrongWithALine() {
    assertThat(batch.answer("")).contains("the line is empty");
    assertThat(batch.answer("[]")).contains("is no JSON object");
    assertThat(batch.answer("{}")).contains("has no text under 'expr'");
    assertThat(batch.answer("{\"expr\":\"1\",\"vars\":7}")).contains("no object under 'vars'");
  }

  @Test
  void cutsLinesAtLineFeedsOnlyHoweverTheyArrive() throws IOException {
    byte[] in =
        "{\"expr\":\r\"1\"}\r\n\n{\"expr\":\"'é'\"}\n{\"expr\":\"2\"}"
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            batch.run(
                new ByteArrayInputStream(in) {
                  @Override
                  public int read(byte[] to, int at, int length) {
                    return super.read(to, at, Math.min(length, 3));
                  }
                },
                out))
        .isEqualTo(4);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            l -> assertThat(l).isEqualTo("{\"value\":1}"),
            l -> assertThat(l).contains("the line is empty"),
            l -> assertThat(l).isEqualTo("{\"value\":\"é\"}"),
            l -> assertThat(l).isEqualTo("{\"value\":2}"));
  }

  @Test
  void answersHostileLinesAndGoesOn() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    lines.add("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    lines.add(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
    lines.add(new byte[20 << 20]);
    for (String source :
        List.of(
            "(".repeat(1_000_000),
            "[".repeat(5000) + "]".repeat(5000),
            "not(".repeat(3000) + "true" + ")".repeat(3000),
            "9".repeat(100_000),
            "1e999999999",
            "REGEXP_MATCH('" + "a".repeat(40) + "!', '(a+)+$')",
            "REGEXP_MATCH('" + "a".repeat(40) + "!', '(?=(a+)+$)a')",
            "REDUCE(MAP([1], x -> x), (a, b) -> FILL_LEFT('a', 'b', 2000000000), 0)",
            "SUBSTRING('\ud83d\ude00', 0, 1)")) {
      lines.add(("{\"expr\":" + Json.write(source) + "}").getBytes(StandardCharsets.UTF_8));
    }
    lines.add(
        ("{\"expr\":\"x\",\"vars\":{\"x\":" + "9".repeat(5000) + "}}")
            .getBytes(StandardCharsets.UTF_8));
    lines.add("{\"expr\":\"x\",\"vars\":{\"x\":1e400}}".getBytes(StandardCharsets.UTF_8));
    lines.add(
        ("{\"expr\":\"x\",\"vars\":{\"x\":" + "[".repeat(490) + "]".repeat(490) + "}}")
            .getBytes(StandardCharsets.UTF_8));
    lines.add("{\"expr\":\"1\"}".getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      in.writeBytes(line);
      in.write('\n');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    batch.run(new ByteArrayInputStream(in.toByteArray()), out);
    List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(answers)
        .hasSameSizeAs(lines)
        .allSatisfy(a -> assertThat(a).matches("\\{\"(value|error)\":.*}"))
        .noneSatisfy(a -> assertThat(a).contains("a fault of Stellar"))
        .last()
        .isEqualTo("{\"value\":1}");
  }

  @Property(tries = 500)
  void anyLineIsAnswered(@ForAll String line) {
    assertThat(batch.answer(line)).startsWith("{").endsWith("}").doesNotContain("\n");
  }

  private String answer(String source) {
    return batch.answer("{\"expr\":" + Json.write(source) + ",\"vars\":{}}");
  }
}
