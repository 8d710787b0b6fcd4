package metron.packets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import metron.event.IpAddress;
import metron.packets.CaptureInterface;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.Traffic;
import metron.packets.WireMaker;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;
import metron.packets.decode.PacketText;
import metron.packets.file.CaptureReader;
import metron.packets.file.SideBlock;
import metron.packets.filter.Condition;
import metron.packets.filter.PacketFilter;
import metron.packets.filter.PayloadPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketStoreTest {
  private static final CaptureInterface ETH0 =
      new CaptureInterface(LinkType.ETHERNET, 0, "eth0", "", 9);
  private static final CaptureInterface ETH1 =
      new CaptureInterface(LinkType.ETHERNET, 0, "eth1", "", 9);
  private static final long START = 1_700_000_000_000_000_000L;

  @TempDir private Path folder;

  private static final class Collected implements PacketStore.Finder {
    final List<String> packets = new ArrayList<>();
    int sides;

    @Override
    public void side(SideBlock block) {
      sides++;
    }

    @Override
    public void packet(Packet packet, CaptureInterface on, DecodedPacket decoded) {
      packets.add(on.name() + " " + Traffic.name(packet));
    }
  }

  private PacketStore store(BlockFormat format) throws IOException {
    SegmentKey key = null;
    if (format == BlockFormat.SEALED) {
      Path file = folder.resolve("key");
      Files.writeString(file, "0123456789abcdef".repeat(4));
      key = SegmentKey.read(file);
    }
    return new PacketStore(folder.resolve("store"), key);
  }

  private static void fill(PacketStore store, BlockFormat format, int packets, long segment)
      throws IOException {
    try (StoreWriter writer = store.writer(format, segment)) {
      writer.write(new SideBlock(4, new byte[4]));
      Packet packet = new Packet();
      long time = START;
      for (byte[] frame : Traffic.frames(7, packets)) {
        time += 1_000_003;
        packet.set(frame, 0, frame.length, frame.length, time, 0, LinkType.ETHERNET);
        writer.write(packet, time % 3 == 0 && time > START + 2_000_000_000L ? ETH1 : ETH0);
      }
    }
  }

  private static List<String> found(PacketStore store, Search search) throws IOException {
    Collected collected = new Collected();
    SearchReport report = store.find(search, collected);
    assertThat(report.faults()).isEmpty();
    assertThat(report.packetsFound()).isEqualTo(collected.packets.size());
    return collected.packets;
  }

  private static List<String> scanned(PacketStore store, Search search) throws IOException {
    Collected collected = new Collected();
    assertThat(store.scan(search, collected).unindexed()).isPositive();
    return collected.packets;
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatAFullScanFinds(BlockFormat format) throws Exception {
    PacketStore store = store(format);
    fill(store, format, 12_000, 700_000);
    assertThat(store.segments()).hasSizeGreaterThan(1).allMatch(s -> s.packets() > 0);
    Search all = Search.of(PacketFilter.ALL);
    List<String> everything = found(store, all);
    assertThat(everything).hasSize(12_000).doesNotHaveDuplicates();
    assertThat(scanned(store, all)).isEqualTo(everything);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int nonEmpty = 0;
    for (int i = 0; i < 150; i++) {
      String text = Traffic.filter(random);
      long from =
          random.nextInt(3) == 0 ? START + random.nextInt(2_000_000_000) * 5L : Long.MIN_VALUE;
      long to =
          random.nextInt(3) == 0 ? START + random.nextInt(2_000_000_000) * 6L : Long.MAX_VALUE;
      Search search = new Search(PacketFilter.parse(text), from, to, Long.MAX_VALUE);
      List<String> expected = scanned(store, search);
      assertThat(found(store, search)).as("seed %s: %s", seed, text).isEqualTo(expected);
      nonEmpty += expected.isEmpty() ? 0 : 1;
    }
    assertThat(nonEmpty).isGreaterThan(50);
  }

  @Test
  void findsEveryFlowByItsIdAndByItsEnds() throws Exception {
    PacketStore store = store(BlockFormat.ZSTD);
    fill(store, BlockFormat.ZSTD, 3000, Long.MAX_VALUE);
    DecodedPacket d = new DecodedPacket();
    for (byte[] frame : Traffic.frames(7, 3000).subList(0, 200)) {
      d.decode(frame, 0, frame.length, LinkType.ETHERNET);
      for (int l = 0; l < d.levels(); l++) {
        if (FlowIds.communityId(d, l).isEmpty()) {
          continue;
        }
        Search byId =
            Search.of(
                PacketFilter.of(
                    new Condition.CommunityId(FlowIds.communityId(d, l).orElseThrow())));
        assertThat(found(store, byId)).isNotEmpty().isEqualTo(scanned(store, byId));
        boolean ports = d.hasPorts(l);
        Search byEnds =
            Search.of(
                PacketFilter.of(
                    new Condition.Flow(
                        d.destination(l),
                        ports ? d.destinationPort(l) : -1,
                        d.source(l),
                        ports ? d.sourcePort(l) : -1,
                        d.protocol(l))));
        assertThat(found(store, byEnds)).isNotEmpty().isEqualTo(scanned(store, byEnds));
      }
    }
  }

  @Test
  void answersWhatIsNotThereFromTheIndexAlone() throws Exception {
    PacketStore store = store(BlockFormat.PLAIN);
    fill(store, BlockFormat.PLAIN, 3000, 300_000);
    SearchReport report =
        store.find(Search.of(PacketFilter.parse("host 9.9.9.9")), new Collected());
    assertThat(report.passedOver()).isEqualTo(report.segments()).isPositive();
    assertThat(report.bytesRead()).isZero();
    assertThat(store.explain(Search.of(PacketFilter.ALL)).blocksRead()).isEqualTo(report.blocks());
  }

  @Test
  void stopsAtTheLimitAndGivesNamesAndSecretsOnce() throws Exception {
    PacketStore store = store(BlockFormat.PLAIN);
    fill(store, BlockFormat.PLAIN, 3000, Long.MAX_VALUE);
    Collected collected = new Collected();
    store.find(new Search(PacketFilter.ALL, 0, Long.MAX_VALUE, 5), collected);
    assertThat(collected.packets).hasSize(5);
    assertThat(collected.sides).isEqualTo(1);
  }

  @Test
  void segmentsAreCapturesThatOtherToolsRead() throws Exception {
    for (BlockFormat format : List.of(BlockFormat.PLAIN, BlockFormat.ZSTD)) {
      PacketStore store = new PacketStore(folder.resolve(format.name()), null);
      fill(store, format, 5000, Long.MAX_VALUE);
      Path segment = folder.resolve(format.name()).resolve(store.segments().getFirst().name());
      try (CaptureReader reader = CaptureReader.open(Files.newInputStream(segment))) {
        Packet packet = new Packet();
        while (reader.next(packet)) {
          assertThat(packet.hasTime()).isTrue();
        }
        assertThat(reader.fault()).isEmpty();
        assertThat(reader.packets()).isEqualTo(5000);
        assertThat(reader.interfaces()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSegmentCutAnywhereLosesOnlyItsTail(BlockFormat format) throws Exception {
    PacketStore store = store(format);
    fill(store, format, 4000, Long.MAX_VALUE);
    List<String> whole = found(store, Search.of(PacketFilter.ALL));
    Path segment = folder.resolve("store").resolve(store.segments().getFirst().name());
    byte[] bytes = Files.readAllBytes(segment);
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      int length = 100 + random.nextInt(bytes.length - 100);
      Files.write(segment, Arrays.copyOf(bytes, length));
      // The index is of another length now, so it is not believed.
      Collected torn = new Collected();
      SearchReport report = store.find(Search.of(PacketFilter.ALL), torn);
      assertThat(report.unindexed()).isEqualTo(1);
      assertThat(whole.subList(0, torn.packets.size())).isEqualTo(torn.packets);
      if (format == BlockFormat.PLAIN) {
        assertThat(torn.packets.size())
            .isGreaterThanOrEqualTo((length - 1000) * 4000 / bytes.length * 9 / 10);
      }
      assertThat(store.reindex(false)).hasSize(1);
      Search search = Search.of(PacketFilter.parse("tcp port 443 or host 10.0.1.7"));
      assertThat(found(store, search)).isEqualTo(scanned(store, search));
      assertThat(found(store, Search.of(PacketFilter.ALL))).isEqualTo(torn.packets);
    }
  }

  @Test
  void aWriterThatDiesLosesOnlyWhatItHadNotFlushed() throws Exception {
    PacketStore store = store(BlockFormat.PLAIN);
    StoreWriter writer = store.writer(BlockFormat.PLAIN, Long.MAX_VALUE);
    List<byte[]> frames = Traffic.frames(1, 50);
    Packet packet = new Packet();
    for (byte[] frame : frames) {
      writer.write(packet.set(frame, 0, frame.length, frame.length, START, 0, 1), ETH0);
    }
    assertThat(found(store, Search.of(PacketFilter.ALL))).isEmpty();
    writer.flush();
    // Found while the segment is open, without an index.
    assertThat(found(store, Search.of(PacketFilter.ALL))).hasSize(50);
    assertThat(store.reindex(false)).hasSize(1);
    assertThat(found(store, Search.of(PacketFilter.parse("ip or not ip")))).hasSize(50);
    writer.close();
  }

  @Test
  void rebuildsALostOrDamagedIndexAsItWas() throws Exception {
    for (BlockFormat format : BlockFormat.values()) {
      PacketStore store = store(format);
      fill(store, format, 3000, Long.MAX_VALUE);
      Path index;
      try (Stream<Path> files = Files.list(folder.resolve("store"))) {
        index = files.filter(f -> f.toString().endsWith(".index")).findFirst().orElseThrow();
      }
      List<String> before = found(store, Search.of(PacketFilter.parse("udp and net 10")));
      byte[] bytes = Files.readAllBytes(index);
      bytes[bytes.length / 2] ^= 1;
      Files.write(index, bytes);
      assertThat(store.segments().getFirst().packets()).isEqualTo(-1);
      assertThat(store.reindex(false)).hasSize(1);
      assertThat(found(store, Search.of(PacketFilter.parse("udp and net 10")))).isEqualTo(before);
      Files.delete(index);
      assertThat(store.reindex(false)).hasSize(1);
      assertThat(store.reindex(false)).isEmpty();
      assertThat(found(store, Search.of(PacketFilter.parse("udp and net 10")))).isEqualTo(before);
      try (Stream<Path> files = Files.list(folder.resolve("store"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void needsAtMostOnePointTwoBytesAPacketEvenInAScan() throws Exception {
    PacketStore store = store(BlockFormat.PLAIN);
    Random random = new Random(5);
    try (StoreWriter writer = store.writer(BlockFormat.PLAIN, Long.MAX_VALUE)) {
      Packet packet = new Packet();
      for (int i = 0; i < 60_000; i++) {
        // Every packet another source, port and flow.
        byte[] frame =
            WireMaker.ethernet(
                0x800,
                WireMaker.ipv4(
                    IpAddress.v4(random.nextInt()).toString(),
                    "10.0.0.1",
                    6,
                    WireMaker.tcp(random.nextInt(65_536), random.nextInt(65_536), 2, new byte[0])));
        writer.write(packet.set(frame, 0, frame.length, frame.length, START + i, 0, 1), ETH0);
      }
    }
    PacketStore.Segment segment = store.segments().getFirst();
    assertThat(segment.indexBytes()).isLessThanOrEqualTo((long) (1.2 * segment.packets()));
    Search search = Search.of(PacketFilter.parse("net 77.0.0.0/8 and portrange 1-9000"));
    assertThat(found(store, search)).isNotEmpty().isEqualTo(scanned(store, search));
  }

  @Test
  void sealedSegmentsOpenOnlyUnderTheirKey() throws Exception {
    fill(store(BlockFormat.SEALED), BlockFormat.SEALED, 100, Long.MAX_VALUE);
    Path directory = folder.resolve("store");
    assertThatThrownBy(
            () ->
                new PacketStore(directory, null).find(Search.of(PacketFilter.ALL), new Collected()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--key");
    Path other = folder.resolve("other");
    Files.write(other, new byte[32]);
    Collected collected = new Collected();
    new PacketStore(directory, SegmentKey.read(other)).find(Search.of(PacketFilter.ALL), collected);
    assertThat(collected.packets).isEmpty();
    Files.writeString(other, "short");
    assertThatThrownBy(() -> SegmentKey.read(other)).hasMessageContaining("5 bytes, expected 32");
  }

  @Test
  void retentionRemovesTheOldestButWhatIsPinned() throws IOException {
    PacketStore store = store(BlockFormat.PLAIN);
    fill(store, BlockFormat.PLAIN, 4_000, 100 << 10);
    List<PacketStore.Segment> all = store.segments();
    assertThat(all.size()).isGreaterThan(4);
    assertThat(store.pin(all.get(1).name(), "case 17")).isTrue();
    assertThat(store.pin("no-such-segment", "x")).isFalse();
    long keep =
        all.getLast().bytes()
            + all.getLast().indexBytes()
            + all.get(1).bytes()
            + all.get(1).indexBytes();
    Instant now = PacketText.instant(all.getLast().last());
    List<PacketStore.Segment> removed = store.retain(new Retention(null, keep), now);
    assertThat(removed).hasSize(all.size() - 2).contains(all.getFirst());
    assertThat(store.segments())
        .extracting(PacketStore.Segment::name)
        .containsExactly(all.get(1).name(), all.getLast().name());
    assertThat(store.segments().getFirst().pin()).isEqualTo("case 17");
    assertThat(store.retain(new Retention(Duration.ofDays(1), Long.MAX_VALUE), now)).isEmpty();
    assertThat(
            store.retain(
                new Retention(Duration.ofDays(1), Long.MAX_VALUE), now.plus(Duration.ofDays(2))))
        .hasSize(1);
    assertThat(store.unpin(all.get(1).name())).isTrue();
    assertThat(store.retain(new Retention(null, 0), now)).hasSize(1);
    try (Stream<Path> left = Files.list(folder.resolve("store"))) {
      assertThat(left.filter(f -> !f.toString().endsWith(".pin"))).isEmpty();
    }
  }

  @Test
  void findsBytesTextAndExpressionsBehindHeaders() throws Exception {
    PacketStore store = store(BlockFormat.ZSTD);
    byte[] frame =
        WireMaker.ethernet(
            0x800,
            WireMaker.ipv4(
                "10.0.0.1",
                "10.0.0.2",
                17,
                WireMaker.udp(1, 2, "run CMD.exe now".getBytes(StandardCharsets.US_ASCII))));
    try (StoreWriter writer = store.writer(BlockFormat.ZSTD, 1 << 20)) {
      for (byte[] other : Traffic.frames(1, 200)) {
        writer.write(
            new Packet().set(other, 0, other.length, other.length, START, 0, LinkType.ETHERNET),
            ETH0);
      }
      writer.write(
          new Packet().set(frame, 0, frame.length, frame.length, START, 0, LinkType.ETHERNET),
          ETH0);
    }
    for (PayloadPattern pattern :
        List.of(
            PayloadPattern.text("CMD.exe"),
            PayloadPattern.hex("434d 44"),
            PayloadPattern.regex("cmd\\.(exe|com)"))) {
      assertThat(
              found(
                  store,
                  new Search(
                      PacketFilter.parse("udp"), Long.MIN_VALUE, Long.MAX_VALUE, 9, pattern)))
          .hasSize(1);
    }
    assertThatThrownBy(() -> PayloadPattern.hex("4d5")).hasMessageContaining("pairs of digits");
    assertThatThrownBy(() -> PayloadPattern.regex("("))
        .hasMessageContaining("regular expression '('");
  }
}
