package metron.packets.protocol;

import java.util.Optional;
import metron.packets.stream.Gap;

/// Looks at the first bytes of a stream until its protocol is clear: by what is said, and by the port only where what is said
/// could be several. At most 64 bytes a side are held.
final class Detection extends StreamAnalyser {
  private static final int MOST = 64;

  private final Buffer[] begins;
  private StreamAnalyser chosen = this;
  private boolean serverGreets;

  Detection(Scene scene) {
    super(scene);
    begins = new Buffer[] {new Buffer(scene.budget, 1 << 16), new Buffer(scene.budget, 1 << 16)};
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    Buffer begin = begins[side];
    byte[] b = bytes;
    int from = offset;
    int to = offset + length;
    if (begin.length() > 0 || serverGreets) {
      if (!begin.add(bytes, offset, length)) {
        choose(new Unread(scene));
        return;
      }
      b = begin.bytes();
      from = 0;
      to = begin.length();
    }
    Optional<StreamAnalyser> analyser = analyser(side, b, from, to);
    if (analyser.isPresent()) {
      Buffer other = begins[1 - side];
      StreamAnalyser found = analyser.get();
      if (other.length() > 0) {
        // The server greeted before the client said what this is.
        found.data(1 - side, other.bytes(), 0, other.length());
      }
      found.data(side, b, from, to - from);
      choose(found);
    } else if (to - from > MOST && !serverGreets) {
      choose(new Unread(scene));
    } else if (begin.length() == 0 && !begin.add(b, from, to - from)) {
      choose(new Unread(scene));
    }
  }

  private void choose(StreamAnalyser analyser) {
    chosen = analyser;
    begins[0].release();
    begins[1].release();
  }

  private Optional<StreamAnalyser> analyser(int side, byte[] b, int from, int to) {
    int port = scene.flow.port(1);
    if (TlsStream.looksLike(b, from, to)) {
      return Optional.of(new TlsStream(scene));
    }
    if (HttpStream.looksLike(b, from, to)) {
      return Optional.of(new HttpStream(scene));
    }
    if (SmbStream.looksLike(b, from, to)) {
      return Optional.of(new SmbStream(scene));
    }
    if (port == 53 || port == 5353) {
      return Optional.of(new DnsStream(scene));
    }
    if (port == 88) {
      return Optional.of(new KerberosStream(scene));
    }
    if (starts(b, from, to, "SSH-")) {
      return Optional.of(new SshStream(scene));
    }
    if (side == 1 && starts(b, from, to, "220")) {
      if (port == 21) {
        return Optional.of(new FtpStream(scene));
      }
      if (port == 25 || port == 587 || port == 2525) {
        return Optional.of(new SmtpStream(scene));
      }
      serverGreets = true;
      return Optional.empty();
    }
    if (side == 0) {
      if (starts(b, from, to, "EHLO ") || starts(b, from, to, "HELO ")) {
        return Optional.of(new SmtpStream(scene));
      }
      if (port == 21
          || (serverGreets && (starts(b, from, to, "USER ") || starts(b, from, to, "AUTH ")))) {
        return Optional.of(new FtpStream(scene));
      }
      if (port == 22) {
        return Optional.of(new SshStream(scene));
      }
    }
    return Optional.empty();
  }

  private static boolean starts(byte[] b, int from, int to, String text) {
    if (to - from < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.toUpperCase((char) b[from + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void gap(int side, long length, Gap why) {
    choose(new Unread(scene));
  }

  @Override
  void close() {
    begins[0].release();
    begins[1].release();
  }

  /// Who reads on; this one as long as that is not clear.
  StreamAnalyser chosen() {
    return chosen;
  }
}
