package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SyslogFramingTest {
  @Test
  void cutsAtLineEnds() throws IOException {
    assertThat(frames("<13>one\n<13>two\r\n\n<13>three"))
        .containsExactly("<13>one", "<13>two", "<13>three");
  }

  @Test
  void countsOctets() throws IOException {
    assertThat(frames("7 <13>one10 <13>a\nb c\n8 <13>four"))
        .containsExactly("<13>one", "<13>a\nb c", "<13>four");
  }

  @Test
  void takesBothWaysInOneStream() throws IOException {
    assertThat(frames("7 <13>one<13>two\n9 <13>three\n<13>four\n"))
        .containsExactly("<13>one", "<13>two", "<13>three", "<13>four");
  }

  @Test
  void lineThatStartsWithANumberIsALine() throws IOException {
    assertThat(frames("2024 was a year\n12345678901234\n7\n"))
        .containsExactly("2024 was a year", "12345678901234", "7");
  }

  @Test
  void messageAboveTheMaximumIsCutAndSaysSo() throws IOException {
    SyslogFraming framing = framing("<13>0123456789\n20 <13>0123456789abcdef<13>next\n", 8);
    SyslogFraming.Frame first = framing.next();
    assertThat(new String(first.bytes(), UTF_8)).isEqualTo("<13>0123");
    assertThat(first.cut()).isTrue();
    assertThat(first.length()).isEqualTo(14);
    SyslogFraming.Frame second = framing.next();
    assertThat(second.length()).isEqualTo(20);
    assertThat(new String(framing.next().bytes(), UTF_8)).isEqualTo("<13>next");
    assertThat(framing.next()).isNull();
  }

  @Test
  void saysHowMuchOfACountedMessageIsMissing() {
    assertThatThrownBy(() -> frames("20 <13>short"))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("9 of 20 bytes");
  }

  @Test
  void refusesACountWithoutSense() {
    assertThatThrownBy(() -> frames("1000000000 <13>x")).isInstanceOf(ProtocolException.class);
  }

  @Property(tries = 500)
  void anyBytesGiveFramesOrAProtocolError(@ForAll byte[] bytes) {
    try {
      SyslogFraming framing = new SyslogFraming(new ByteArrayInputStream(bytes), 64);
      for (SyslogFraming.Frame f = framing.next(); f != null; f = framing.next()) {
        assertThat(f.bytes().length).isBetween(1, 64);
      }
    } catch (IOException e) {
      assertThat(e).isInstanceOfAny(EOFException.class, ProtocolException.class);
    }
  }

  private static SyslogFraming framing(String text, int maximum) {
    return new SyslogFraming(new ByteArrayInputStream(text.getBytes(UTF_8)), maximum);
  }

  private static List<String> frames(String text) throws IOException {
    SyslogFraming framing = framing(text, 1 << 20);
    List<String> found = new ArrayList<>();
    for (SyslogFraming.Frame f = framing.next(); f != null; f = framing.next()) {
      found.add(new String(f.bytes(), UTF_8));
    }
    return found;
  }
}
