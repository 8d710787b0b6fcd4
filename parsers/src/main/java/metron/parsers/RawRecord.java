package metron.parsers;

import java.util.Map;

/// One record cut out of a stream.
///
/// @param bytes the record without its line end; of a record over the limit, its first [Framing#MAX_RECORD] bytes
/// @param metadata what a parser must know of the record beyond its bytes: the file's name, a header, [Framing#OVERSIZE]
/// @param line number of the record's first line in the stream, from 1; blank lines count
public record RawRecord(byte[] bytes, Map<String, String> metadata, long line) {
  public RawRecord {
    metadata = Map.copyOf(metadata);
  }

  /// Whether the record is longer than the limit and so was cut; its parser rejects it.
  public boolean oversize() {
    return metadata.containsKey(Framing.OVERSIZE);
  }
}
