package metron.packets.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import metron.packets.CaptureInterface;
import metron.packets.LinkType;
import metron.packets.Packet;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Capture files come back as they were written, and give what they can when they are damaged.
class CaptureFileTest {
  private static final byte[] FRAME = "a frame of some bytes".getBytes(UTF_8);

  record Seen(String bytes, long time, int wire, int on, int linkType, List<String> comments) {}

  record Read(String format, List<Seen> packets, List<SideBlock> sides, String fault) {}

  static Read read(byte[] file) throws IOException {
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
      List<Seen> packets = new ArrayList<>();
      List<SideBlock> sides = new ArrayList<>();
      reader.onSideBlock(sides::add);
      Packet p = new Packet();
      while (reader.next(p)) {
        packets.add(
            new Seen(
                new String(p.bytes(), p.offset(), p.capturedLength(), UTF_8),
                p.time(),
                p.wireLength(),
                p.interfaceNumber(),
                p.linkType(),
                PacketOptions.comments(p)));
      }
      assertThat(reader.next(p)).isFalse();
      return new Read(
          reader.format(), packets, sides, reader.fault().map(CaptureFault::toString).orElse(""));
    }
  }

  /// A classic file of two packets at second 1 and 2, fraction 5.
  static byte[] pcap(int magic, ByteOrder order) {
    boolean modified = magic == 0xa1b2cd34;
    boolean ixia = magic >>> 8 == 0x1c0001;
    ByteBuffer b = ByteBuffer.allocate(400).order(order);
    b.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    b.putInt(65535).putInt(0xf0000000 | LinkType.ETHERNET);
    if (ixia) {
      b.putInt(0);
    }
    for (int i = 1; i <= 2; i++) {
      b.putInt(i).putInt(5).putInt(FRAME.length).putInt(100);
      if (modified) {
        b.putLong(0);
      }
      b.put(FRAME);
    }
    return Arrays.copyOf(b.array(), b.position());
  }

  @Test
  void readsEveryClassicFormatInBothByteOrders() throws IOException {
    for (PcapReader.Format format : PcapReader.Format.values()) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        Read read = read(pcap(format.magic, order));
        assertThat(read.format()).isEqualTo(format.text);
        assertThat(read.fault()).isEmpty();
        long fraction = 5L * format.nanosPerFraction;
        assertThat(read.packets())
            .containsExactly(
                new Seen(new String(FRAME, UTF_8), 1_000_000_000L + fraction, 100, 0, 1, List.of()),
                new Seen(
                    new String(FRAME, UTF_8), 2_000_000_000L + fraction, 100, 0, 1, List.of()));
      }
    }
  }

  @Test
  void swapsTheLengthsOfVersionsBefore23() throws IOException {
    byte[] file = pcap(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN);
    file[6] = 2;
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 24; at < file.length; at += 16 + FRAME.length) {
      b.putInt(at + 8, 100).putInt(at + 12, FRAME.length);
    }
    assertThat(read(file).packets()).hasSize(2).allMatch(p -> p.wire() == 100);
  }

  @Test
  void givesAllPacketsBeforeACutAndSaysWhereItIs() throws IOException {
    byte[] file = pcap(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN);
    Read read = read(Arrays.copyOf(file, file.length - 3));
    assertThat(read.packets()).hasSize(1);
    assertThat(read.fault())
        .isEqualTo("byte 61: the file ends inside packet 2: 34 bytes found, expected 37");
    Read header = read(Arrays.copyOf(file, 70));
    assertThat(header.fault())
        .isEqualTo(
            "byte 61: the file ends inside the header of packet 2: 9 bytes found, expected 16");
  }

  @Test
  void refusesALengthThatLiesWithoutReservingIt() throws IOException {
    byte[] file = pcap(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(61 + 8, 0x7fffffff);
    Read read = read(file);
    assertThat(read.packets()).hasSize(1);
    assertThat(read.fault())
        .isEqualTo("byte 61: packet 2 claims 2147483647 captured bytes, expected at most 16777216");
  }

  @Test
  void saysWhatIsNoCapture() throws IOException {
    assertThat(read("no capture".getBytes(UTF_8)).fault())
        .isEqualTo(
            "byte 0: the file begins with 6e6f2063, expected a pcap or pcapng file, plain or in"
                + " gzip, zstd or lz4");
    assertThat(read(new byte[0]).fault()).contains("0 bytes");
    assertThat(read(new byte[] {0x1f, (byte) 0x8b, 1, 1, 1}).fault()).contains("gzip");
  }

  @Test
  void readsPackedFilesAndThoseThatEndEarly() throws IOException {
    byte[] plain = pcapng();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    ByteArrayOutputStream lz4 = new ByteArrayOutputStream();
    try (OutputStream out = new LZ4FrameOutputStream(lz4)) {
      out.write(plain);
    }
    Read expected = read(plain);
    assertThat(expected.packets()).hasSize(3);
    for (byte[] packed : List.of(gzip.toByteArray(), Zstd.compress(plain), lz4.toByteArray())) {
      assertThat(read(packed).packets()).isEqualTo(expected.packets());
      Read cut = read(Arrays.copyOf(packed, packed.length - 20));
      assertThat(cut.fault()).isNotEmpty();
      assertThat(expected.packets().subList(0, cut.packets().size())).isEqualTo(cut.packets());
    }
  }

  /// Two interfaces of different link types, a comment, names.
  static byte[] pcapng() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(out)) {
      int first = writer.add(new CaptureInterface(LinkType.ETHERNET, 262_144, "eth0", "uplink", 9));
      int second = writer.add(new CaptureInterface(LinkType.RAW, 0, "tun0", "", 9));
      assertThat(writer.add(new CaptureInterface(LinkType.RAW, 0, "tun0", "", 9)))
          .isEqualTo(second);
      Packet p = new Packet();
      writer.write(p.set(FRAME, 0, FRAME.length, 100, 1_700_000_000_123_456_789L, 0, 1), first);
      writer.write(new SideBlock(PcapngReader.NAMES, new byte[4]));
      p.set(FRAME, 2, 5, 5, 1_700_000_001_000_000_001L, 0, LinkType.RAW);
      byte[] comment = {1, 0, 3, 0, 'w', 'h', 'y', 0};
      writer.write(p.setOptions(comment, 0, comment.length), second);
      writer.write(p.set(FRAME, 0, 7, 7, Packet.NO_TIME, 0, 1), first);
      assertThat(writer.packets()).isEqualTo(3);
    }
    return out.toByteArray();
  }

  @Test
  void keepsInterfacesCommentsTimesAndOtherBlocks() throws IOException {
    Read read = read(pcapng());
    assertThat(read.fault()).isEmpty();
    assertThat(read.packets())
        .containsExactly(
            new Seen(new String(FRAME, UTF_8), 1_700_000_000_123_456_789L, 100, 0, 1, List.of()),
            new Seen("frame", 1_700_000_001_000_000_001L, 5, 1, 101, List.of("why")),
            new Seen("a frame", Packet.NO_TIME, 7, 0, 1, List.of()));
    assertThat(read.sides()).hasSize(1);
    assertThat(read.sides().getFirst().type()).isEqualTo(PcapngReader.NAMES);
  }

  @Test
  void readsABigEndianSectionAsItsLittleEndianTwin() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.BIG_ENDIAN);
    b.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putInt(1 << 16).putLong(-1).putInt(28);
    // An interface with times in 1/1024 s, ten seconds late.
    b.putInt(1).putInt(44).putShort((short) 1).putShort((short) 0).putInt(0);
    b.putShort((short) 9).putShort((short) 1).put((byte) 0x8a).put(new byte[3]);
    b.putShort((short) 14).putShort((short) 8).putLong(10).putInt(0).putInt(44);
    b.putInt(6).putInt(48).putInt(0).putInt(0).putInt(1536).putInt(3).putInt(3);
    b.put("abc".getBytes(UTF_8)).put((byte) 0);
    b.putShort((short) 1).putShort((short) 2).put("hi".getBytes(UTF_8)).putShort((short) 0);
    b.putInt(0).putInt(48);
    // Statistics: seven packets dropped.
    b.putInt(5).putInt(40).putInt(0).putLong(0);
    b.putShort((short) 5).putShort((short) 8).putLong(7).putInt(0).putInt(40);
    b.putInt(4).putInt(28).putShort((short) 1).putShort((short) 6);
    b.put(new byte[] {10, 0, 0, 1, 'h', 0, 0, 0}).putInt(0).putInt(28);
    byte[] file = Arrays.copyOf(b.array(), b.position());
    Read read = read(file);
    assertThat(read.fault()).isEmpty();
    assertThat(read.packets())
        .containsExactly(new Seen("abc", 11_500_000_000L, 3, 0, 1, List.of("hi")));
    assertThat(read.sides().getFirst().body()).startsWith(1, 0, 6, 0, 10, 0, 0, 1, 'h');
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
      Packet packet = new Packet();
      while (reader.next(packet)) {
        assertThat(reader.position()).isPositive();
      }
      assertThat(reader.dropped()).isEqualTo(7);
    }
  }

  @Test
  void timesKeepEveryDigit() {
    assertThat(PcapngReader.nanoseconds(1, 6, 0)).isEqualTo(1000);
    assertThat(PcapngReader.nanoseconds(7, 0, 0)).isEqualTo(7_000_000_000L);
    assertThat(PcapngReader.nanoseconds(1_999, 12, 0)).isEqualTo(1);
    assertThat(PcapngReader.nanoseconds(3L << 33, 128 + 34, 0)).isEqualTo(1_500_000_000L);
    assertThat(PcapngReader.nanoseconds((5L << 40) | (1L << 39), 128 + 40, 0))
        .isEqualTo(5_500_000_000L);
    assertThat(PcapngReader.nanoseconds(-1, 9, 0)).isEqualTo(Packet.NO_TIME);
    assertThat(PcapngReader.nanoseconds(Long.MAX_VALUE, 6, 0)).isEqualTo(Packet.NO_TIME);
    assertThat(PcapngReader.nanoseconds(0, 6, Long.MIN_VALUE)).isEqualTo(Packet.NO_TIME);
  }

  @Property(tries = 2000)
  void anyBytesInNeverAnExceptionOut(@ForAll @Size(max = 600) byte[] noise, @ForAll int seed)
      throws IOException {
    byte[] start =
        switch (Math.floorMod(seed, 4)) {
          case 0 -> pcapng();
          case 1 -> pcap(0xa1b23c4d, ByteOrder.BIG_ENDIAN);
          case 2 -> Zstd.compress(pcapng());
          default -> new byte[0];
        };
    byte[] file = Arrays.copyOf(start, start.length + noise.length);
    System.arraycopy(noise, 0, file, start.length, noise.length);
    assertThat(read(file).packets().size()).isLessThan(1000);
  }

  @Property(tries = 2000)
  void aDamagedByteCostsOnlyWhatComesAfter(
      @ForAll @IntRange(max = 399) int position, @ForAll byte value) throws IOException {
    byte[] file = pcapng();
    List<Seen> whole = read(file).packets();
    int at = position % file.length;
    file[at] = value;
    assertThat(read(file).packets().size()).isLessThanOrEqualTo(whole.size());
  }

  @Property(tries = 500)
  void aFileCutAnywhereGivesItsPacketsUpToThere(@ForAll @IntRange(max = 399) int length)
      throws IOException {
    for (byte[] file : List.of(pcapng(), pcap(0xa1b2c3d4, ByteOrder.LITTLE_ENDIAN))) {
      List<Seen> whole = read(file).packets();
      Read cut = read(Arrays.copyOf(file, Math.min(length, file.length)));
      assertThat(whole.subList(0, cut.packets().size())).isEqualTo(cut.packets());
    }
  }
}
