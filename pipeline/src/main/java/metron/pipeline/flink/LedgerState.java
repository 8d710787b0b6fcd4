package metron.pipeline.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.pipeline.Ledger;
import org.jspecify.annotations.Nullable;

/// The ledger in a checkpoint: version (1 byte, 1), number of counts (4), then for each: topic (modified UTF-8 with 2-byte
/// length), partition (4), nine longs in the order of [Ledger.Count]'s components (8 each), the last of them `lastReceived`
/// in milliseconds since the epoch, -1 for none.
final class LedgerState {
  private static final int VERSION = 1;

  private LedgerState() {}

  static byte[] write(List<Ledger.Count> counts) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(counts.size());
      for (Ledger.Count c : counts) {
        out.writeUTF(c.topic());
        out.writeInt(c.partition());
        out.writeLong(c.first());
        out.writeLong(c.next());
        out.writeLong(c.missing());
        out.writeLong(c.accepted());
        out.writeLong(c.filtered());
        out.writeLong(c.dead());
        out.writeLong(c.events());
        out.writeLong(c.indexed());
        Instant received = c.lastReceived();
        out.writeLong(received == null ? -1 : received.toEpochMilli());
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory can't fail", e);
    }
    return bytes.toByteArray();
  }

  static List<Ledger.Count> read(byte[] bytes) throws IOException {
    List<Ledger.Count> counts = new ArrayList<>();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException(
            "the ledger in the checkpoint has version " + version + ", expected " + VERSION);
      }
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        counts.add(
            new Ledger.Count(
                in.readUTF(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                instant(in.readLong())));
      }
    }
    return counts;
  }

  private static @Nullable Instant instant(long millis) {
    return millis < 0 ? null : Instant.ofEpochMilli(millis);
  }
}
