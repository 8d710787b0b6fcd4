package metron.storage.lucene;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.compressing.Compressor;
import org.apache.lucene.codecs.compressing.Decompressor;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.BytesRef;

/// A block of stored events as one zstd frame, after its length as a varint. A block is read whole, whatever is wanted of it.
///
/// Level 1: against Lucene's LZ4 it takes less time (native against Java) and little more than half the space.
final class ZstdBlocks extends CompressionMode {
  private static final int LEVEL = 1;
  // Contexts are some 150 KiB of native memory that no garbage collector sees, so those that
  // readers
  // use are kept in common instead of one by each reader that Lucene clones.
  private static final BlockingQueue<ZstdDecompressCtx> CONTEXTS = new ArrayBlockingQueue<>(16);

  @Override
  public Compressor newCompressor() {
    return new Writing();
  }

  @Override
  public Decompressor newDecompressor() {
    return new Reading();
  }

  private static final class Writing extends Compressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] plain = new byte[0];
    private byte[] packed = new byte[0];

    @Override
    public void compress(ByteBuffersDataInput block, DataOutput out) throws IOException {
      int length = Math.toIntExact(block.length());
      if (plain.length < length) {
        plain = new byte[length + length / 2];
        packed = new byte[(int) com.github.luben.zstd.Zstd.compressBound(plain.length)];
      }
      block.readBytes(plain, 0, length);
      int size;
      try {
        size = context.compressByteArray(packed, 0, packed.length, plain, 0, length);
      } catch (ZstdException e) {
        throw new IOException("a block of events can't be compressed: " + e.getMessage(), e);
      }
      out.writeVInt(size);
      out.writeBytes(packed, 0, size);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static final class Reading extends Decompressor {
    private byte[] packed = new byte[0];

    @Override
    public void decompress(DataInput in, int plainLength, int offset, int length, BytesRef into)
        throws IOException {
      int size = in.readVInt();
      if (size < 0 || size > com.github.luben.zstd.Zstd.compressBound(plainLength)) {
        throw new CorruptIndexException(
            "a block of " + plainLength + " bytes can't have " + size + " compressed", in);
      }
      if (packed.length < size) {
        packed = new byte[size + size / 2];
      }
      in.readBytes(packed, 0, size);
      if (into.bytes.length < plainLength) {
        into.bytes = new byte[plainLength];
      }
      ZstdDecompressCtx context = CONTEXTS.poll();
      if (context == null) {
        context = new ZstdDecompressCtx();
      }
      int found;
      try {
        found = context.decompressByteArray(into.bytes, 0, plainLength, packed, 0, size);
      } catch (ZstdException e) {
        throw new CorruptIndexException("a block of events is damaged: " + e.getMessage(), in, e);
      } finally {
        if (!CONTEXTS.offer(context)) {
          context.close();
        }
      }
      if (found != plainLength) {
        throw new CorruptIndexException(
            "a block has " + found + " bytes, expected " + plainLength, in);
      }
      into.offset = offset;
      into.length = length;
    }

    @Override
    public Decompressor clone() {
      return new Reading();
    }
  }
}
