package metron.packets.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.file.BlockBuffer;
import metron.packets.file.SideBlock;
import org.jspecify.annotations.Nullable;

/// Writes one segment and, when it ends, its index.
///
/// A plain segment is the pcapng blocks and nothing else. A zstd segment is, for each block, a skippable frame
/// (magic[4] 0x184d2a5d, length[4] 8, stored length[4], raw length[4]) and a zstd frame with a checksum. A sealed segment
/// begins with magic[8] `MTRNSEAL` and salt[32], then for each block stored length[4], raw length[4] and the zstd frame under
/// AES-256-GCM with its tag[16]; the block's number is the nonce and the eight bytes before are authenticated too. All numbers
/// little-endian.
///
/// A process that dies loses the block it was filling, at most 256 KiB; what was written before is found again.
final class SegmentWriter {
  static final int BLOCK = 256 << 10;
  static final int FRAME_MAGIC = 0x184d2a5d;
  static final byte[] SEAL_MAGIC = {'M', 'T', 'R', 'N', 'S', 'E', 'A', 'L'};
  static final String INDEX = ".index";

  /// Names and secrets that every search result gets with the segment's packets.
  private static final int MAX_SIDE_BYTES = 1 << 20;

  private static final int LEVEL = 1;

  private final Path file;
  private final BlockFormat format;
  private final @Nullable SegmentKey key;
  private final @Nullable SecretKey secret;
  private final FileChannel out;
  private final BlockBuffer block = new BlockBuffer(BLOCK + (64 << 10));
  private final BlockBuffer header = new BlockBuffer();
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private final IndexBuilder index = new IndexBuilder();
  private final DecodedPacket decoded = new DecodedPacket();
  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
  private byte[] packed = new byte[0];
  private int sideBytes;
  private int blockPackets;
  private long number;
  private long length;

  /// @param file created; must not exist
  /// @param key given if the format is sealed
  SegmentWriter(Path file, BlockFormat format, @Nullable SegmentKey key) throws IOException {
    this.file = file;
    this.format = format;
    this.key = key;
    this.out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (format == BlockFormat.SEALED) {
      byte[] salt = salt();
      this.secret = secret(key, salt);
      put(ByteBuffer.wrap(SEAL_MAGIC));
      put(ByteBuffer.wrap(salt));
    } else {
      this.secret = null;
    }
    header.sectionHeader("Metron");
    block.sectionHeader("Metron");
  }

  private static byte[] salt() {
    byte[] salt = new byte[SegmentKey.SALT];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  private static SecretKey secret(@Nullable SegmentKey key, byte[] salt) throws IOException {
    if (key == null) {
      throw new IOException("sealed segments need a key file");
    }
    try {
      return key.of(salt);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key of a segment cannot be derived: " + e.getMessage(), e);
    }
  }

  /// Bytes on disk so far.
  long length() {
    return length;
  }

  /// Bytes before packing, so far.
  boolean isFull(long segmentBytes) {
    return length + block.length() >= segmentBytes || index.isFull();
  }

  void write(Packet packet, CaptureInterface on) throws IOException {
    int at = interfaces.indexOf(on);
    if (at < 0) {
      at = interfaces.size();
      interfaces.add(on);
      header.interfaceDescription(on);
      block.interfaceDescription(on);
    }
    if (!packet.hasTime()) {
      // No packet block of more than one interface can be without a time.
      packet.set(
          packet.bytes(),
          packet.offset(),
          packet.capturedLength(),
          packet.wireLength(),
          0,
          packet.interfaceNumber(),
          packet.linkType());
    }
    if (blockPackets > 0 && block.length() + BlockBuffer.size(packet) > BLOCK) {
      flush();
    }
    block.packet(packet, at);
    blockPackets++;
    index.add(decoded.decode(packet), packet.time());
  }

  void write(SideBlock side) {
    block.side(side);
    if (sideBytes + side.body().length <= MAX_SIDE_BYTES) {
      sideBytes += side.body().length;
      header.side(side);
    }
  }

  /// Hands what is there to the system.
  void flush() throws IOException {
    if (block.length() == 0) {
      return;
    }
    int raw = block.length();
    long offset = length;
    switch (format) {
      case PLAIN -> put(ByteBuffer.wrap(block.bytes(), 0, raw));
      case ZSTD -> {
        int size = pack(16);
        ByteBuffer.wrap(packed)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(FRAME_MAGIC)
            .putInt(8)
            .putInt(size)
            .putInt(raw);
        put(ByteBuffer.wrap(packed, 0, 16 + size));
      }
      case SEALED -> {
        int size = pack(0);
        byte[] head = new byte[8];
        ByteBuffer.wrap(head)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(size + SegmentKey.TAG)
            .putInt(raw);
        byte[] sealed = seal(secret, number, head, packed, size);
        put(ByteBuffer.wrap(head));
        put(ByteBuffer.wrap(sealed));
      }
    }
    number++;
    index.endBlock(offset, (int) (length - offset), raw);
    block.clear();
    blockPackets = 0;
  }

  private int pack(int at) {
    int most = (int) Zstd.compressBound(block.length());
    if (packed.length < at + most) {
      packed = new byte[at + most];
    }
    return zstd.compressByteArray(packed, at, packed.length - at, block.bytes(), 0, block.length());
  }

  private static byte[] seal(
      @Nullable SecretKey secret, long number, byte[] head, byte[] data, int length)
      throws IOException {
    if (secret == null) {
      throw new IOException("sealed segments need a key file");
    }
    try {
      return SegmentKey.crypt(Cipher.ENCRYPT_MODE, secret, number, head, data, length);
    } catch (GeneralSecurityException e) {
      throw new IOException("a block cannot be sealed: " + e.getMessage(), e);
    }
  }

  private void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      length += out.write(bytes);
    }
  }

  /// Ends the segment: its bytes are on the disk, then its index is.
  void close() throws IOException {
    try (out;
        zstd) {
      flush();
      out.force(false);
    }
    writeIndex(file, format, key, index.encode(length, header.bytes(), header.length()));
  }

  static Path index(Path segment) {
    return segment.resolveSibling(segment.getFileName() + INDEX);
  }

  /// An index appears whole or not at all.
  static void writeIndex(Path segment, BlockFormat format, @Nullable SegmentKey key, byte[] index)
      throws IOException {
    Path target = index(segment);
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(index);
      if (format == BlockFormat.SEALED) {
        byte[] salt = salt();
        byte[] sealed = seal(secret(key, salt), 0, SEAL_MAGIC, index, index.length);
        bytes = ByteBuffer.allocate(8 + salt.length + sealed.length);
        bytes.put(SEAL_MAGIC).put(salt).put(sealed).flip();
      }
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(false);
    }
    Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
