package metron.packets.carve;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.Finding;
import org.jspecify.annotations.Nullable;

/// Puts carved files into one zip file under a password, so that no scanner takes them away and nobody opens them by mistake. The
/// encryption is the old one of PKWARE: every unzip there is opens it, and it is no secret kept from a determined reader.
public final class ZipSink implements FileSink, AutoCloseable {
  private final Path folder;
  private final FolderSink spool;
  private final ProtectedZip zip;
  private int packed;

  /// @param zip the file to write; must not be there
  /// @param password at least one character; `infected` is the habit
  public ZipSink(Path zip, String password) throws IOException {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("the password is empty, expected one such as 'infected'");
    }
    this.zip =
        new ProtectedZip(
            new BufferedOutputStream(
                Files.newOutputStream(zip, java.nio.file.StandardOpenOption.CREATE_NEW), 1 << 16),
            password);
    folder = Files.createTempDirectory("metron-carve-");
    spool = new FolderSink(folder);
  }

  @Override
  public OutputStream open(String protocol, String name) throws IOException {
    return spool.open(protocol, name);
  }

  @Override
  public void done(@Nullable OutputStream content, Finding.CarvedFile file) throws IOException {
    spool.done(content, file);
    List<Path> written = spool.written();
    while (packed < written.size()) {
      Path one = written.get(packed++);
      try (InputStream in = Files.newInputStream(one)) {
        zip.add(String.valueOf(one.getFileName()), in, Files.size(one));
      }
      // The name stays taken, the content need not.
      Files.write(one, new byte[0]);
    }
  }

  @Override
  public void close() throws IOException {
    try (ProtectedZip closing = zip) {
      spool.close();
      closing.finish();
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
