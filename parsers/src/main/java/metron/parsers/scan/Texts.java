package metron.parsers.scan;

import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Makes the texts and addresses of events out of bytes, and hands the same object out again for those that repeat: an event
/// of a proxy or an IDS is mostly made of words that the one before had too.
///
/// Not thread-safe; one for each parser.
public final class Texts {
  private static final int TEXTS = 2_048;
  private static final int ENDPOINTS = 1_024;

  /// One end of a connection as a source wrote it.
  ///
  /// @param ip null if the text is no address but a name (not `Optional`: two of these are made for every record)
  public record Endpoint(String text, @Nullable IpAddress ip) {
    static Endpoint of(byte[] b, int from, int to) {
      return new Endpoint(Bytes.text(b, from, to), Bytes.ip(b, from, to));
    }
  }

  private final Repeats<String> texts = new Repeats<>(TEXTS, Bytes::text);
  private final Repeats<Endpoint> endpoints = new Repeats<>(ENDPOINTS, Endpoint::of);

  /// As [Bytes#text].
  public String text(byte[] b, int from, int to) {
    String known = texts.get(b, from, to);
    return known != null ? known : Bytes.text(b, from, to);
  }

  /// As [Bytes#lowerCase].
  public String lowerCase(byte[] b, int from, int to) {
    return Bytes.hasUpperCase(b, from, to) ? Bytes.lowerCase(b, from, to) : text(b, from, to);
  }

  public Endpoint endpoint(byte[] b, int from, int to) {
    Endpoint known = endpoints.get(b, from, to);
    return known != null ? known : Endpoint.of(b, from, to);
  }

  /// As [Bytes#ip].
  public @Nullable IpAddress ip(byte[] b, int from, int to) {
    Endpoint known = endpoints.get(b, from, to);
    return known != null ? known.ip() : Bytes.ip(b, from, to);
  }
}
