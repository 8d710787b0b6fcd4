package metron.parsers;

import java.io.InputStream;
import java.util.Map;
import metron.parsers.grok.Grok;

/// How a sensor's records lie in a file or stream. What a record needs from lines before it travels with it as metadata, so
/// that parsers keep no state and records can be parsed in any order, on any machine.
///
/// Nothing is lost on the way: a line over the limit comes out cut and marked, a header line comes out as a record that its
/// parser skips. Only blank lines make no record; they count in line numbers.
public interface Framing {
  /// Longest record in bytes: 1 MiB.
  int MAX_RECORD = 1 << 20;

  /// Metadata key of a record that was cut: its true length in bytes.
  String OVERSIZE = "oversize";

  /// @param metadata put on every record; [metron.event.RawMessage#FILE] lets parsers see the file's name
  RecordReader open(InputStream in, Map<String, String> metadata);

  /// A record a line, ended by line feed or carriage return and line feed; the last may lack its end.
  Framing LINES = LineReader::new;

  /// Lines of a Zeek log: the header of a tab-separated log goes with each of its lines.
  Framing ZEEK = ZeekReader::new;

  /// Lines of an extended log of the W3C: the `#Fields` line goes with each line behind it.
  Framing W3C = W3cReader::new;

  /// Datagrams of NetFlow and IPFIX in a file: the templates of earlier ones go with each.
  Framing NETFLOW = NetflowReader::new;

  /// Records of several lines, each of which begins where an expression is found.
  static Framing multiline(Grok start) {
    return (in, metadata) -> new MultilineReader(in, metadata, start);
  }
}
