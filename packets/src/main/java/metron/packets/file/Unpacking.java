package metron.packets.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;

/// Packed files, known by their first bytes: gzip (RFC 1952), zstd (RFC 8878) and lz4 frames.
final class Unpacking {
  private static final int BUFFER = 256 << 10;

  // A frame may ask for a window of 2 GiB; 128 MiB is what the zstd command itself takes without
  // --long.
  private static final int WINDOW_LOG = 27;

  private Unpacking() {}

  static InputStream unpacked(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file, BUFFER);
    in.mark(4);
    byte[] magic = in.readNBytes(4);
    in.reset();
    if (magic.length < 4) {
      return in;
    }
    int first = (int) Bytes.INT_LE.get(magic, 0);
    if ((first & 0xffff) == 0x8b1f) {
      return new GZIPInputStream(in, BUFFER);
    }
    // A skippable frame may come first: segments of the store begin with one.
    if (first == 0xfd2fb528 || (first & 0xfffffff0) == 0x184d2a50) {
      return new ZstdInputStream(in).setLongMax(WINDOW_LOG);
    }
    return first == 0x184d2204 ? new LZ4FrameInputStream(in) : in;
  }
}
