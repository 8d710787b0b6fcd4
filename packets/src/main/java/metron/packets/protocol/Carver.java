package metron.packets.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Takes the bytes of one file in order, hashes them and hands them to the sink. Not thread-safe.
final class Carver {
  private final Scene scene;
  private final int side;
  private final String protocol;
  private String name;
  private final String mediaType;
  private final FileSink sink;
  private final MessageDigest md5 = digest("MD5");
  private final MessageDigest sha1 = digest("SHA-1");
  private final MessageDigest sha256 = digest("SHA-256");
  private @Nullable OutputStream content;
  private long size;
  private boolean cut;

  Carver(Scene scene, int side, String protocol, String name, String mediaType, FileSink sink) {
    this.scene = scene;
    this.side = side;
    this.protocol = protocol;
    this.name = name;
    this.mediaType = mediaType;
    this.sink = sink;
    try {
      content = sink.open(protocol, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  void write(byte[] bytes, int offset, int length) {
    if (cut || length <= 0) {
      return;
    }
    int n = (int) Math.min(length, sink.most() - size);
    cut = n < length;
    md5.update(bytes, offset, n);
    sha1.update(bytes, offset, n);
    sha256.update(bytes, offset, n);
    size += n;
    if (content != null) {
      try {
        content.write(bytes, offset, n);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The name, where it is known only after the file.
  void named(String newName) {
    name = newName;
  }

  /// @param whole whether all of the file came
  void finish(boolean whole) {
    HexFormat hex = HexFormat.of();
    Finding.CarvedFile file =
        new Finding.CarvedFile(
            protocol,
            name,
            mediaType,
            size,
            hex.formatHex(md5.digest()),
            hex.formatHex(sha1.digest()),
            hex.formatHex(sha256.digest()),
            whole && !cut);
    try {
      sink.done(content, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    content = null;
    scene.found(side, file);
  }
}
