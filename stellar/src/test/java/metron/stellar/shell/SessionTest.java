package metron.stellar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import metron.stellar.Stellar;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Session session = new Session(Stellar.standard(), new LinkedHashMap<>());

  private String say(String statement) {
    return session.execute(statement).text();
  }

  @Test
  void keepsVariables() {
    assertThat(say("x := 40 + 1")).isEmpty();
    assertThat(say("x + 1")).isEqualTo("42");
    assertThat(say("y := [x]")).isEmpty();
    assertThat(say("%vars")).isEqualTo("x = 41 via 40 + 1\ny = [41] via [x]");
    assertThat(say("%undefine x")).isEmpty();
    assertThat(say("x")).isEqualTo("null");
    assertThat(say("%undefine x")).isEqualTo("there is no variable 'x'");
  }

  @Test
  void showsAFaultWithItsPlace() {
    Session.Reply reply = session.execute("1 + 'a'");
    assertThat(reply.kind()).isEqualTo(Session.Reply.Kind.FAILURE);
    assertThat(reply.text()).startsWith("1:5: '+' has the string 'a'");
  }

  @Test
  void explainsAndShowsTheTree() {
    say("x := 5");
    assertThat(say("%explain x > 3 or y"))
        .isEqualTo(
            "x > 3 or y  =  true\n  x > 3  =  true\n    x  =  5\n    3  =  3\n"
                + "  y  (not reached)");
    assertThat(say("%ast 1 + x")).isEqualTo("Arithmetic +\n  Literal 1\n  Variable x");
  }

  @Test
  void showsTheManual() {
    assertThat(say("?to_upper"))
        .startsWith("TO_UPPER(text)")
        .contains("TO_UPPER('Straße')  =  \"STRASSE\"");
    assertThat(say("?TO_UPER")).contains("Did you mean 'TO_UPPER'?");
    assertThat(say("%functions subnet")).startsWith("IN_SUBNET(ip, cidr...)");
  }

  @Test
  void changesTheDialect() {
    assertThat(say("%compat metron")).isEmpty();
    assertThat(say("(10 / 2) * 5")).isEqualTo("25");
    assertThat(say("10 / 2 * 5")).endsWith("1").contains("warning");
    assertThat(say("%compat other")).contains("expected 'metron' or 'standard'");
    assertThat(say("%nonsense")).contains("%help");
  }

  @Test
  void knowsWhenAStatementGoesOn() {
    assertThat(Session.isOpen("MAP([1, 2],")).isTrue();
    assertThat(Session.isOpen("'a")).isTrue();
    assertThat(Session.isOpen("match { x => '}'")).isTrue();
    assertThat(Session.isOpen("MAP([1], x -> x) // (")).isFalse();
    assertThat(Session.isOpen("# don't")).isFalse();
  }

  @Test
  void ends() {
    assertThat(session.execute("quit").kind()).isEqualTo(Session.Reply.Kind.END);
    assertThat(session.execute("# nothing").text()).isEmpty();
  }
}
