package metron.parsers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import metron.parsers.grok.Grok;
import org.jspecify.annotations.Nullable;

/// Records of several lines: one begins at each line in which an expression is found, and goes on to the next such line. Lines
/// before the first make a record of their own. A record over [Framing#MAX_RECORD] is cut there, and its rest a record too, so
/// that a stream without any beginning is read in bounded memory.
final class MultilineReader implements RecordReader {
  /// The beginning of a record is told from so many bytes of its line.
  private static final int LOOKED_AT = 512;

  private final RecordReader lines;
  private final Grok start;
  private final Map<String, String> metadata;
  private @Nullable RawRecord ahead;

  MultilineReader(InputStream in, Map<String, String> metadata, Grok start) {
    this.lines = Framing.LINES.open(in, metadata);
    this.metadata = Map.copyOf(metadata);
    this.start = start;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    RawRecord first = ahead != null ? ahead : lines.next();
    ahead = null;
    if (first == null || first.oversize()) {
      return first;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(first.bytes().length + 256);
    text.writeBytes(first.bytes());
    while (true) {
      RawRecord line = lines.next();
      if (line == null) {
        break;
      }
      if (line.oversize()
          || begins(line.bytes())
          || text.size() + 1 + line.bytes().length > Framing.MAX_RECORD) {
        ahead = line;
        break;
      }
      text.write('\n');
      text.writeBytes(line.bytes());
    }
    return new RawRecord(text.toByteArray(), metadata, first.line());
  }

  private boolean begins(byte[] line) {
    String head = new String(line, 0, Math.min(line.length, LOOKED_AT), StandardCharsets.UTF_8);
    try {
      return start.match(head) != null;
    } catch (Grok.OverBudget _) {
      return false;
    }
  }
}
