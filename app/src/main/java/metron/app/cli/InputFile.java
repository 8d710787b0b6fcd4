package metron.app.cli;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file as given on the command line, `-` for standard input; gzip and zstd are known by their first bytes and expanded.
final class InputFile implements AutoCloseable {
  private static final int BUFFER = 256 << 10;
  private static final int MAGIC = 4;

  private static final class Counting extends FilterInputStream {
    private volatile long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        add(1);
      }
      return b;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = super.read(b, off, len);
      if (n > 0) {
        add(n);
      }
      return n;
    }

    // One thread reads; the progress bar only looks.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(int n) {
      count += n;
    }
  }

  private final Counting counting;
  private final InputStream expanded;
  private final long size;
  private final boolean standardInput;

  private InputFile(InputStream in, long size, boolean standardInput) throws IOException {
    this.counting = new Counting(in);
    this.size = size;
    this.standardInput = standardInput;
    BufferedInputStream buffered = new BufferedInputStream(counting, BUFFER);
    buffered.mark(MAGIC);
    byte[] magic = buffered.readNBytes(MAGIC);
    buffered.reset();
    this.expanded = expand(buffered, magic);
  }

  private static InputStream expand(InputStream in, byte[] magic) throws IOException {
    if (magic.length >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    }
    boolean zstd =
        magic.length == MAGIC
            && (magic[0] & 0xff) == 0x28
            && (magic[1] & 0xff) == 0xb5
            && (magic[2] & 0xff) == 0x2f
            && (magic[3] & 0xff) == 0xfd;
    return zstd
        ? new BufferedInputStream(new ZstdInputStream(in).setContinuous(false), BUFFER)
        : in;
  }

  /// @throws IOException if the file is not there or cannot be read, saying so
  static InputFile open(String name, InputStream standardInput) throws IOException {
    if (name.equals("-")) {
      return new InputFile(standardInput, -1, true);
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw new IOException(
          name + " is a folder, expected a file: name its files, or " + name + "/*");
    }
    try {
      return new InputFile(Files.newInputStream(path), Files.size(path), false);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + name, e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException("file " + name + " may not be read by this user", e);
    }
  }

  InputStream stream() {
    return expanded;
  }

  /// Bytes read so far, as they lie in the file.
  long position() {
    return counting.count;
  }

  /// Bytes of the file; -1 if that is not known.
  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    if (!standardInput) {
      expanded.close();
    }
  }
}
