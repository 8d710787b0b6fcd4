package metron.pipeline.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// How far a file has been read, and enough of its content to know it again under another name or inode.
///
/// @param inode of the file; reused by the system, so it proves nothing by itself
/// @param offset bytes read
/// @param head checksum of the first `min(offset, 1024)` bytes
/// @param tail checksum of the `min(offset, 256)` bytes before the offset
/// @param skipping whether the offset lies within a line that was cut
/// @param path where it was last seen
record FileMark(long inode, long offset, long head, long tail, boolean skipping, String path) {
  private static final int HEAD = 1024;
  private static final int TAIL = 256;

  static FileMark of(FileChannel channel, long inode, long offset, boolean skipping, String path)
      throws IOException {
    return new FileMark(
        inode, offset, head(channel, offset), tail(channel, offset), skipping, path);
  }

  /// Whether the channel's file starts with all that was read when this mark was made, as far as the checksums tell.
  boolean fits(FileChannel channel) throws IOException {
    return channel.size() >= offset
        && tail(channel, offset) == tail
        && head(channel, offset) == head;
  }

  private static long head(FileChannel channel, long offset) throws IOException {
    return checksum(channel, 0, (int) Math.min(offset, HEAD));
  }

  private static long tail(FileChannel channel, long offset) throws IOException {
    int length = (int) Math.min(offset, TAIL);
    return checksum(channel, offset - length, length);
  }

  private static long checksum(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        break;
      }
    }
    CRC32C crc = new CRC32C();
    crc.update(buffer.flip());
    return crc.getValue();
  }

  /// One line of the state file: `inode TAB offset TAB head TAB tail TAB skipping TAB path`.
  String line() {
    return inode + "\t" + offset + "\t" + head + "\t" + tail + "\t" + skipping + "\t" + path;
  }

  /// @throws IllegalArgumentException if it is not such a line
  static FileMark parse(String line) {
    String[] c = line.split("\t", 6);
    if (c.length != 6) {
      throw new IllegalArgumentException(c.length + " columns, expected 6");
    }
    return new FileMark(
        Long.parseLong(c[0]),
        Long.parseLong(c[1]),
        Long.parseLong(c[2]),
        Long.parseLong(c[3]),
        Boolean.parseBoolean(c[4]),
        c[5]);
  }
}
