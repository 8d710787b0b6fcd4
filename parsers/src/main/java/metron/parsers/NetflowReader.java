package metron.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import metron.parsers.netflow.Datagrams;
import metron.parsers.netflow.Templates;
import org.jspecify.annotations.Nullable;

/// Datagrams of one exporter that follow each other in a file; see [Framing#NETFLOW]. The templates of earlier ones go with each that
/// needs them. `line` counts datagrams.
final class NetflowReader implements RecordReader {
  private final InputStream in;
  private final Map<String, String> metadata;
  private final Templates templates = new Templates();
  private byte[] rest = new byte[0];
  private boolean ended;
  private long count;

  NetflowReader(InputStream in, Map<String, String> metadata) {
    this.in = in;
    this.metadata = Map.copyOf(metadata);
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    while (!ended && rest.length < 2 * Datagrams.LONGEST) {
      byte[] more = in.readNBytes(2 * Datagrams.LONGEST);
      ended = more.length == 0;
      byte[] all = Arrays.copyOf(rest, rest.length + more.length);
      System.arraycopy(more, 0, all, rest.length, more.length);
      rest = all;
    }
    if (rest.length == 0) {
      return null;
    }
    int length = Datagrams.length(rest);
    byte[] datagram = Arrays.copyOf(rest, length);
    rest = Arrays.copyOfRange(rest, length, rest.length);
    Map<String, String> with = new HashMap<>(metadata);
    with.putAll(templates.metadata(datagram));
    return new RawRecord(datagram, with, ++count);
  }
}
