package metron.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import metron.packets.CaptureInterface;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.file.SideBlock;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.filter.PacketFilter;
import metron.packets.store.BlockFormat;
import metron.packets.store.PacketStore;
import metron.packets.store.Search;
import metron.packets.store.SearchReport;
import metron.packets.store.StoreWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What does one thread need to decode a packet, to write it with its index, and to find one flow among 300,000 packets?
/// 20,000 frames of 5,000 flows, TCP and UDP, one in eight under a VLAN tag, 60 to 1,500 bytes; the store holds them 15 times.
///
/// Run: `java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' org.openjdk.jmh.Main PacketsBenchmark`. The result of
/// `decode`, `filter` and `store` is time per packet, that of `findFlow` and `findNothing` time per search.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PacketsBenchmark {
  static final int PACKETS = 20_000;
  private static final int FLOWS = 5_000;
  private static final int REPEATS = 15;
  private static final CaptureInterface ETH0 =
      new CaptureInterface(LinkType.ETHERNET, 0, "eth0", "", 9);

  private final byte[][] frames = new byte[PACKETS][];
  private final Packet packet = new Packet();
  private final DecodedPacket decoded = new DecodedPacket();
  private PacketFilter flow = PacketFilter.ALL;
  private PacketFilter nothing = PacketFilter.ALL;
  private Path folder = Path.of("");
  private int stores;

  private static final class Count implements PacketStore.Finder {
    private long bytes;

    @Override
    public void side(SideBlock block) {}

    @Override
    public void packet(Packet packet, CaptureInterface on, DecodedPacket decoded) {
      bytes += packet.capturedLength();
    }
  }

  @Setup
  public void load() throws IOException, FilterSyntaxException {
    Random random = new Random(1);
    for (int i = 0; i < PACKETS; i++) {
      // Short flows and long ones, as in traffic.
      frames[i] = frame((int) (FLOWS * Math.pow(random.nextDouble(), 3)), random);
    }
    decoded.decode(frames[PACKETS / 2], 0, frames[PACKETS / 2].length, LinkType.ETHERNET);
    flow =
        PacketFilter.parse(
            "host %s and host %s and port %d and port %d"
                .formatted(
                    decoded.source(0),
                    decoded.destination(0),
                    decoded.sourcePort(0),
                    decoded.destinationPort(0)));
    nothing = PacketFilter.parse("host 9.9.9.9 and port 443");
    folder = Files.createTempDirectory("packets-benchmark");
    write(folder.resolve("store"), REPEATS);
  }

  private static byte[] frame(int flow, Random random) {
    boolean tagged = flow % 8 == 0;
    boolean udp = flow % 5 == 0;
    int length = random.nextInt(3) == 0 ? 1_500 : 60 + random.nextInt(200);
    byte[] f = new byte[length];
    int at = 12;
    if (tagged) {
      f[at] = (byte) 0x81;
      f[at + 3] = 7;
      at += 4;
    }
    f[at] = 8;
    at += 2;
    f[at] = 0x45;
    int total = length - at;
    f[at + 2] = (byte) (total >> 8);
    f[at + 3] = (byte) total;
    f[at + 9] = (byte) (udp ? 17 : 6);
    boolean back = random.nextBoolean();
    int client = at + (back ? 16 : 12);
    int server = at + (back ? 12 : 16);
    f[client] = 10;
    f[client + 2] = (byte) (flow >> 8);
    f[client + 3] = (byte) flow;
    f[server] = (byte) 192;
    f[server + 2] = 2;
    f[server + 3] = (byte) (flow % 40);
    int ports = at + 20;
    int from = 20_000 + flow % 10_000;
    int clientPort = ports + (back ? 2 : 0);
    int serverPort = ports + (back ? 0 : 2);
    f[clientPort] = (byte) (from >> 8);
    f[clientPort + 1] = (byte) from;
    f[serverPort + 1] = (byte) (udp ? 53 : 80);
    if (udp) {
      f[ports + 4] = (byte) ((total - 20) >> 8);
      f[ports + 5] = (byte) (total - 20);
    } else {
      f[ports + 12] = 0x50;
      f[ports + 13] = 0x10;
    }
    return f;
  }

  private void write(Path directory, int repeats) throws IOException {
    try (StoreWriter writer =
        new PacketStore(directory, null).writer(BlockFormat.PLAIN, 64L << 20)) {
      for (int r = 0; r < repeats; r++) {
        for (int i = 0; i < PACKETS; i++) {
          byte[] frame = frames[i];
          packet.set(
              frame, 0, frame.length, frame.length, (long) r * PACKETS + i, 0, LinkType.ETHERNET);
          writer.write(packet, ETH0);
        }
      }
    }
  }

  @TearDown(Level.Trial)
  public void remove() throws IOException {
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void decode(Blackhole hole) {
    for (byte[] frame : frames) {
      hole.consume(decoded.decode(frame, 0, frame.length, LinkType.ETHERNET).levels());
    }
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void filter(Blackhole hole) {
    for (byte[] frame : frames) {
      decoded.decode(frame, 0, frame.length, LinkType.ETHERNET);
      hole.consume(flow.matches(decoded, frame.length));
    }
  }

  /// With copying, decoding, the index and the disk's own pace.
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void store() throws IOException {
    Path directory = folder.resolve("new-" + stores++);
    write(directory, 1);
    delete(directory);
  }

  @Benchmark
  public SearchReport findFlow() throws IOException {
    return find(flow);
  }

  @Benchmark
  public SearchReport findNothing() throws IOException {
    return find(nothing);
  }

  private SearchReport find(PacketFilter filter) throws IOException {
    Count count = new Count();
    SearchReport report =
        new PacketStore(folder.resolve("store"), null).find(Search.of(filter), count);
    if ((count.bytes == 0) != (filter == nothing)) {
      throw new IllegalStateException(count.bytes + " bytes found");
    }
    return report;
  }
}
