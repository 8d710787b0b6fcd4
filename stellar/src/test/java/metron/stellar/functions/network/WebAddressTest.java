package metron.stellar.functions.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the parser of URLs against `java.net.URL`.
class WebAddressTest {
  @Property(tries = 3000)
  void readsAnyTextAsThePlatformDoes(@ForAll("urls") String text) {
    compare(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.example.com/a/b?c=d#e",
        "HTTPS://User:pw@Example.com:8443/",
        " url:http://a/ ",
        "http:a/b",
        "http:/a",
        "http:///a",
        "http:////a/b",
        "http://a:/",
        "http://a:-1/",
        "http://a:-2/",
        "http://a:x/",
        "http://a@b@c/",
        "http://[::1]:80/",
        "http://[::1/",
        "http://a/./b/../c/..",
        "http://a/../b",
        "http://a/b/.",
        "https://www.example.com",
        "https://www.example.com:8443/path",
        "https://www.example.com:65536",
        "https://www.example.com:123456/",
        "https://www.example.com: /",
        "http://a-b_c.d:80?x",
        "http://a.b ",
        "https://a/ ",
        "http://a?b/c",
        "http://a#b?c",
        "http://?a",
        "http:?a",
        "http:",
        "#http://a",
        "?http://a",
        "ftp://a/b;type=i",
        "file:///etc/passwd",
        "jar:http://a/b.jar!/c",
        "mailto:a@b.c",
        "gopher://a",
        "a/http://b",
        "",
      })
  void readsTheseAsThePlatformDoes(String text) {
    compare(text);
  }

  private static void compare(String text) {
    WebAddress ours = WebAddress.of(text);
    @SuppressWarnings("deprecation") // the class that this one stands in for
    class Platform {
      static URL parse(String url) {
        try {
          return new URL(url);
        } catch (MalformedURLException _) {
          return null;
        }
      }
    }
    URL theirs = Platform.parse(text);
    assertThat(ours == null).as("%s: %s and %s", text, ours, theirs).isEqualTo(theirs == null);
    assertThat(WebAddress.hostOf(text)).isEqualTo(theirs == null ? null : theirs.getHost());
    if (ours != null) {
      assertThat(List.of(ours.protocol(), ours.host(), ours.port(), ours.path()))
          .isEqualTo(
              List.of(theirs.getProtocol(), theirs.getHost(), theirs.getPort(), theirs.getPath()));
      assertThat(ours.defaultPort()).isEqualTo(theirs.getDefaultPort());
    }
  }

  @Provide
  Arbitrary<String> urls() {
    Arbitrary<String> start =
        Arbitraries.of(
            "http://",
            "https://",
            "http:",
            "HTTP:/",
            "ftp://",
            "url:http://",
            " http://",
            "file:",
            "jar:",
            "mailto:",
            "",
            "ht",
            "http:////");
    Arbitrary<String> rest =
        Arbitraries.strings().withChars("a1./:@?#[] %;\u0000é\\-").ofMaxLength(14);
    return Combinators.combine(start, rest).as(String::concat);
  }
}
