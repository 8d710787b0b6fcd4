package metron.packets.store;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import metron.packets.file.CaptureReader;
import org.jspecify.annotations.Nullable;

/// One segment of the store, opened to read.
final class SegmentFile implements AutoCloseable {
  /// A block holds at least one packet, so it may be longer than [SegmentWriter#BLOCK].
  private static final int MAX_BLOCK = CaptureReader.MAX_RECORD + (1 << 20);

  private static final int MAX_INDEX = 256 << 20;

  private final Path file;
  private final BlockFormat format;
  private final @Nullable SegmentKey key;
  private final @Nullable SecretKey secret;
  private final FileChannel in;

  SegmentFile(Path file, BlockFormat format, @Nullable SegmentKey key) throws IOException {
    this.file = file;
    this.format = format;
    this.key = key;
    this.in = FileChannel.open(file, StandardOpenOption.READ);
    try {
      this.secret = format == BlockFormat.SEALED ? secret() : null;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private SecretKey secret() throws IOException {
    byte[] head = read(0, 8 + SegmentKey.SALT);
    if (head.length < 8 + SegmentKey.SALT
        || !Arrays.equals(head, 0, 8, SegmentWriter.SEAL_MAGIC, 0, 8)) {
      throw new IOException(file + " is no sealed segment");
    }
    return secret(Arrays.copyOfRange(head, 8, head.length));
  }

  private SecretKey secret(byte[] salt) throws IOException {
    if (key == null) {
      throw new IOException(file + " is sealed: name the key file with --key");
    }
    try {
      return key.of(salt);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key of " + file + " cannot be derived: " + e.getMessage(), e);
    }
  }

  long size() throws IOException {
    return in.size();
  }

  /// At most `length` bytes, fewer at the end of the file.
  private byte[] read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(in.size() - offset, 0, length));
    while (bytes.hasRemaining() && in.read(bytes, offset + bytes.position()) > 0) {
      // The channel may give less than it was asked for.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /// Empty if the index is missing, torn, of another key, or of another length of the segment than it has now.
  Optional<SegmentIndex> index() throws IOException {
    byte[] bytes;
    try {
      Path path = SegmentWriter.index(file);
      if (Files.size(path) > MAX_INDEX) {
        return Optional.empty();
      }
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (format == BlockFormat.SEALED) {
      int start = 8 + SegmentKey.SALT;
      if (bytes.length < start) {
        return Optional.empty();
      }
      try {
        bytes =
            SegmentKey.crypt(
                Cipher.DECRYPT_MODE,
                secret(Arrays.copyOfRange(bytes, 8, start)),
                0,
                SegmentWriter.SEAL_MAGIC,
                Arrays.copyOfRange(bytes, start, bytes.length),
                bytes.length - start);
      } catch (GeneralSecurityException e) {
        return Optional.empty();
      }
    }
    long size = in.size();
    return SegmentIndex.read(bytes).filter(index -> index.segmentLength() == size);
  }

  /// One block, unpacked behind `header`, which makes it a pcapng file of its own.
  ///
  /// @return empty if it does not lie there whole and sound
  Optional<byte[]> block(long offset, int stored, int raw, long number, byte[] header)
      throws IOException {
    if (raw < 0 || raw > MAX_BLOCK || stored < 0 || stored > 2 * MAX_BLOCK) {
      return Optional.empty();
    }
    byte[] bytes = read(offset, stored);
    if (bytes.length < stored) {
      return Optional.empty();
    }
    byte[] out = Arrays.copyOf(header, header.length + raw);
    switch (format) {
      case PLAIN -> System.arraycopy(bytes, 0, out, header.length, raw);
      case ZSTD -> {
        if (stored < 16 || !unpack(bytes, 16, stored - 16, out, header.length, raw)) {
          return Optional.empty();
        }
      }
      case SEALED -> {
        if (stored < 8 + SegmentKey.TAG || secret == null) {
          return Optional.empty();
        }
        byte[] opened;
        try {
          opened =
              SegmentKey.crypt(
                  Cipher.DECRYPT_MODE,
                  secret,
                  number,
                  Arrays.copyOf(bytes, 8),
                  Arrays.copyOfRange(bytes, 8, stored),
                  stored - 8);
        } catch (GeneralSecurityException e) {
          return Optional.empty();
        }
        if (!unpack(opened, 0, opened.length, out, header.length, raw)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(out);
  }

  private static boolean unpack(byte[] from, int at, int length, byte[] to, int start, int raw) {
    try {
      return Zstd.decompressByteArray(to, start, raw, from, at, length) == raw;
    } catch (RuntimeException e) {
      // A torn frame; the binding throws an exception of its own for it.
      return false;
    }
  }

  /// Where a block lies.
  record Place(long offset, int stored, int raw) {}

  /// The block at this offset of a packed segment; empty at the end and where there is none.
  Optional<Place> place(long offset) throws IOException {
    int head = format == BlockFormat.ZSTD ? 16 : 8;
    byte[] bytes = read(offset, head);
    if (bytes.length < head) {
      return Optional.empty();
    }
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (format == BlockFormat.ZSTD
        && (b.getInt() != SegmentWriter.FRAME_MAGIC || b.getInt() != 8)) {
      return Optional.empty();
    }
    int stored = b.getInt();
    int raw = b.getInt();
    return stored <= 0 || stored > MAX_BLOCK * 2 - head || raw <= 0 || raw > MAX_BLOCK
        ? Optional.empty()
        : Optional.of(new Place(offset, head + stored, raw));
  }

  /// Where the first block of a packed segment lies.
  long start() {
    return format == BlockFormat.SEALED ? 8 + SegmentKey.SALT : 0;
  }

  BlockFormat format() {
    return format;
  }

  /// A plain segment from its start.
  InputStream stream() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
