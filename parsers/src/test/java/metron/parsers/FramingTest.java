package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FramingTest {
  private static List<RawRecord> read(byte[] bytes) throws IOException {
    RecordReader reader = Framing.LINES.open(new ByteArrayInputStream(bytes), Map.of());
    List<RawRecord> records = new ArrayList<>();
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      records.add(r);
    }
    return records;
  }

  private static String text(RawRecord r) {
    return r.line() + ":" + new String(r.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void blankLinesCountButMakeNoRecordAndTheLastLineNeedsNoEnd() throws IOException {
    assertThat(
            read("a\r\n\n  \nb c\nd".getBytes(StandardCharsets.UTF_8)).stream()
                .map(FramingTest::text))
        .containsExactly("1:a", "4:b c", "5:d");
  }

  @Test
  void aLineOverTheLimitIsCutAndMarkedAndTheNextIsWhole() throws IOException {
    String text = "x".repeat(3 * Framing.MAX_RECORD) + "\nnext\n";
    List<RawRecord> records = read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(records).hasSize(2);
    assertThat(records.get(0).oversize()).isTrue();
    assertThat(records.get(0).metadata()).containsEntry(Framing.OVERSIZE, "3145728");
    assertThat(text(records.get(1))).isEqualTo("2:next");
  }

  @Test
  void aLineOfExactlyTheLimitIsTaken() throws IOException {
    String text = "x".repeat(Framing.MAX_RECORD) + "\r\n" + "y".repeat(Framing.MAX_RECORD);
    assertThat(read(text.getBytes(StandardCharsets.UTF_8))).noneMatch(RawRecord::oversize);
  }

  @Property(tries = 300)
  void everyByteOfEveryLineComesOut(@ForAll byte[] bytes) throws IOException {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> expected = new ArrayList<>();
    for (String line : all.split("\n", -1)) {
      String l = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (!l.replaceAll("[ \t\r]", "").isEmpty()) {
        expected.add(l);
      }
    }
    assertThat(read(bytes).stream().map(r -> new String(r.bytes(), StandardCharsets.ISO_8859_1)))
        .containsExactlyElementsOf(expected);
  }
}
