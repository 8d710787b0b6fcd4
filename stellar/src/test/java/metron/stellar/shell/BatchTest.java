package metron.stellar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import metron.stellar.Stellar;
import metron.stellar.syntax.Dialect;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final Batch batch = new Batch(Stellar.standard());

  @Test
  void answersInOrder() throws IOException {
    StringWriter out = new StringWriter();
    String in =
        """
        {"expr": "x + 1", "vars": {"x": 1}}
        {"expr": "x +", "vars": {}}
        {"expr": "x + 1", "vars": {"x": 2.5}, "note": "ignored"}
        """;
    assertThat(batch.run(new BufferedReader(new StringReader(in)), out)).isEqualTo(3);
    assertThat(out.toString().lines())
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

  @Property(tries = 500)
  void anyLineIsAnswered(@ForAll String line) {
    assertThat(batch.answer(line)).startsWith("{").endsWith("}").doesNotContain("\n");
  }

  private String answer(String source) {
    return batch.answer("{\"expr\":" + Json.write(source) + ",\"vars\":{}}");
  }
}
