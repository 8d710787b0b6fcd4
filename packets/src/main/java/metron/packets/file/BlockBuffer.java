package metron.packets.file;

import java.util.Arrays;
import metron.packets.CaptureInterface;
import metron.packets.Packet;

/// Little-endian pcapng blocks, one after the other in an array that grows; the store fills its blocks with it.
///
/// Not thread-safe.
public final class BlockBuffer {
  private byte[] b;
  private int at;

  public BlockBuffer() {
    this(4096);
  }

  public BlockBuffer(int capacity) {
    b = new byte[capacity];
  }

  public byte[] bytes() {
    return b;
  }

  public int length() {
    return at;
  }

  public void clear() {
    at = 0;
  }

  private void room(int n) {
    if (b.length - at < n) {
      b = Arrays.copyOf(b, Math.max(b.length * 2, at + n));
    }
  }

  private void int32(int v) {
    Bytes.INT_LE.set(b, at, v);
    at += 4;
  }

  private void int16(int v) {
    Bytes.SHORT_LE.set(b, at, (short) v);
    at += 2;
  }

  private void padded(byte[] from, int offset, int length) {
    System.arraycopy(from, offset, b, at, length);
    int end = at + Bytes.padded(length);
    for (at += length; at < end; at++) {
      b[at] = 0;
    }
  }

  private void option(int code, byte[] value) {
    int16(code);
    int16(value.length);
    padded(value, 0, value.length);
  }

  private void end(int start) {
    int length = at + 4 - start;
    int32(length);
    Bytes.INT_LE.set(b, start + 4, length);
  }

  public void sectionHeader(String application) {
    byte[] name = PcapngWriter.option(application);
    room(64 + name.length);
    int start = at;
    int32(PcapngReader.SECTION_HEADER);
    int32(0);
    int32(PcapngReader.BYTE_ORDER);
    int16(1);
    int16(0);
    // The length of the section is not known: it grows.
    int32(-1);
    int32(-1);
    option(4, name);
    int32(0);
    end(start);
  }

  /// Times of its packets are in nanoseconds whatever they were before.
  public void interfaceDescription(CaptureInterface on) {
    byte[] name = PcapngWriter.option(on.name());
    byte[] description = PcapngWriter.option(on.description());
    room(64 + name.length + description.length);
    int start = at;
    int32(PcapngReader.INTERFACE);
    int32(0);
    int16(on.linkType());
    int16(0);
    int32((int) on.snapLength());
    if (name.length > 0) {
      option(2, name);
    }
    if (description.length > 0) {
      option(3, description);
    }
    option(9, new byte[] {9});
    int32(0);
    end(start);
  }

  /// Bytes that [#packet] will add.
  public static int size(Packet packet) {
    int options = packet.optionsLength();
    return 32 + Bytes.padded(packet.capturedLength()) + (options == 0 ? 0 : options + 4);
  }

  /// An enhanced packet block. A packet without a time becomes a simple packet block if it is of interface 0 and as long as
  /// the interface allows; else it gets the time 0, since no other block can say it.
  public void packet(Packet packet, int interfaceNumber) {
    int captured = packet.capturedLength();
    int options = packet.optionsLength();
    room(size(packet));
    int start = at;
    if (!packet.hasTime() && interfaceNumber == 0 && captured == packet.wireLength()) {
      int32(PcapngReader.SIMPLE_PACKET);
      int32(0);
      int32(packet.wireLength());
      padded(packet.bytes(), packet.offset(), captured);
      end(start);
      return;
    }
    long time = packet.hasTime() ? packet.time() : 0;
    int32(PcapngReader.ENHANCED_PACKET);
    int32(0);
    int32(interfaceNumber);
    int32((int) (time >>> 32));
    int32((int) time);
    int32(captured);
    int32(packet.wireLength());
    padded(packet.bytes(), packet.offset(), captured);
    if (options > 0) {
      padded(packet.options(), packet.optionsOffset(), options);
      int32(0);
    }
    end(start);
  }

  /// A block as it was read.
  public void side(SideBlock block) {
    side(block.type(), block.body());
  }

  void side(int type, byte[] body) {
    room(body.length + 16);
    int start = at;
    int32(type);
    int32(0);
    padded(body, 0, body.length);
    end(start);
  }
}
