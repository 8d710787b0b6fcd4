package metron.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import metron.parsers.zeek.ZeekHeader;
import org.jspecify.annotations.Nullable;

/// Lines of a Zeek log; see [Framing#ZEEK]. A `#separator` line begins a new header, so logs may follow each other in one
/// stream.
final class ZeekReader implements RecordReader {
  /// A header longer than this is none.
  private static final int MAX_HEADER = 65_536;

  private final RecordReader lines;
  private final Map<String, String> metadata;
  private Map<String, String> withHeader;
  private final StringBuilder header = new StringBuilder();

  ZeekReader(InputStream in, Map<String, String> metadata) {
    this.lines = Framing.LINES.open(in, metadata);
    this.metadata = Map.copyOf(metadata);
    this.withHeader = this.metadata;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    RawRecord record = lines.next();
    if (record == null || record.oversize()) {
      return record;
    }
    byte[] b = record.bytes();
    if (b.length > 0 && b[0] == '#') {
      header(new String(b, StandardCharsets.UTF_8));
      return record;
    }
    return header.isEmpty() || b[0] == '{' ? record : new RawRecord(b, withHeader, record.line());
  }

  private void header(String line) {
    boolean known =
        line.startsWith("#set_separator")
            || line.startsWith("#empty_field")
            || line.startsWith("#unset_field")
            || line.startsWith("#path")
            || line.startsWith("#fields")
            || line.startsWith("#types");
    if (line.startsWith("#separator")) {
      header.setLength(0);
    } else if (!known) {
      return;
    }
    if (header.length() + line.length() > MAX_HEADER) {
      return;
    }
    if (!header.isEmpty()) {
      header.append('\n');
    }
    header.append(line);
    Map<String, String> with = new HashMap<>(metadata);
    with.put(ZeekHeader.METADATA, header.toString());
    withHeader = Map.copyOf(with);
  }
}
