package metron.stellar.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        ".*/gate\\.php\\?id=[0-9]+ /gate.php?id=",
        "^(GET|POST).*/admin$ /admin",
        "ab+cde? ab",
        "x{2}yz yz",
        "a[^b]?cd\\d+efg efg",
        "(?:abc)?de de",
        "\\w+@evil\\.example @evil.example",
        "a.{1,3}?bcd bcd"
      })
  void findsTheLongestTextThatEveryMatchContains(String expression, String text) {
    assertThat(RequiredText.of(expression)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".*",
        "abc|def",
        "(?i)abc",
        "a(?=b)c",
        "a*b?",
        "a[]b]c",
        "\\Qabc\\E",
        "\\x41b"
      })
  void saysNothingWhereItIsNotSure(String expression) {
    assertThat(RequiredText.of(expression)).isNull();
  }

  @Property(tries = 20_000)
  void everyMatchContainsIt(
      @ForAll("expressions") String expression, @ForAll("texts") List<String> texts) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException _) {
      return;
    }
    String required = RequiredText.of(expression);
    if (required != null) {
      for (String text : texts) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
          assertThat(matcher.group()).as(expression).contains(required);
        }
      }
    }
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "a",
            "b",
            "c",
            "ab",
            "1",
            ".",
            "*",
            "+",
            "?",
            "{2}",
            "{0,1}",
            "{0}",
            "|",
            "(",
            ")",
            "(?:",
            "[ab]",
            "[^c]",
            "[",
            "]",
            "\\",
            "\\d",
            "\\.",
            "^",
            "$",
            "[a&&[^b]]",
            "\\Q",
            "\\E",
            "\\b",
            "(?i)",
            "++",
            "*?",
            "\\1",
            "-",
            "&&",
            "\n",
            "#",
            " ")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings().withChars("abcA1.-\n#^ ").ofMaxLength(8).list().ofSize(12);
  }
}
