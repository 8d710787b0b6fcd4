package metron.parsers;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The records of one stream, in order. Not thread-safe; the stream belongs to the caller, who closes it.
public interface RecordReader {
  /// @return the next record, or null at the end of the stream: every line of every file comes through here
  @Nullable RawRecord next() throws IOException;
}
