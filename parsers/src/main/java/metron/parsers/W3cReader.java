package metron.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import metron.parsers.w3c.W3cFormat;
import org.jspecify.annotations.Nullable;

/// Lines of an extended log; see [Framing#W3C]. Each `#Fields:` line names the columns of the lines behind it.
final class W3cReader implements RecordReader {
  private static final String FIELDS = "#Fields:";
  private static final int MAX_HEADER = 16_384;

  private final RecordReader lines;
  private final Map<String, String> metadata;
  private Map<String, String> withHeader;

  W3cReader(InputStream in, Map<String, String> metadata) {
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
      String line = new String(b, StandardCharsets.UTF_8);
      if (line.startsWith(FIELDS) && line.length() <= MAX_HEADER) {
        Map<String, String> with = new HashMap<>(metadata);
        with.put(W3cFormat.METADATA, line.substring(FIELDS.length()).strip());
        withHeader = Map.copyOf(with);
      }
      return record;
    }
    return new RawRecord(b, withHeader, record.line());
  }
}
