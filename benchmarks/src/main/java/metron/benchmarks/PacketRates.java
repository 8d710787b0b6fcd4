package metron.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.analysis.TrafficListener;
import metron.packets.decode.DecodedPacket;
import metron.packets.file.CaptureReader;
import metron.packets.flow.FlowLimits;
import metron.packets.flow.FlowTable;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.ProtocolAnalysis;
import metron.packets.protocol.ProtocolEvents;
import metron.packets.store.BlockFormat;
import metron.packets.store.PacketStore;
import metron.packets.store.StoreWriter;
import metron.packets.stream.StreamLimits;
import metron.testing.packets.SampleTraffic;

/// How many packets a second does one thread read, decode, join to flows, put in order and analyse, and how fast does a capture
/// come into the store beside a plain copy of the file? One pcap file of 300,000 packets, an office's mix of web pages, TLS and
/// names ([SampleTraffic#mix]), read from the page cache.
///
/// Run: `bin/metron bench packets`. Rates are packets a second, the median of five runs after two that warm up; allocated bytes are
/// per packet.
final class PacketRates {
  private static final int PACKETS = 300_000;
  private static final int RUNS = 5;
  private static final int WARM_UP = 2;

  private interface Run {
    /// @return the packets
    long run() throws IOException;
  }

  private final Path folder;
  private final Path file;
  private final long bytes;
  private final boolean json;
  private final PrintStream out;

  private PacketRates(Path folder, boolean json, PrintStream out) throws IOException {
    this.folder = folder;
    this.json = json;
    this.out = out;
    file = folder.resolve("mix.pcap");
    try (OutputStream to = Files.newOutputStream(file)) {
      to.write(SampleTraffic.capture(SampleTraffic.mix(PACKETS, 1)));
    }
    bytes = Files.size(file);
  }

  static int run(boolean json, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("packet-rates");
    try {
      new PacketRates(folder, json, out).all();
    } finally {
      delete(folder);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void all() throws IOException {
    measure("packets read", () -> each((_, _) -> {}));
    DecodedPacket decoded = new DecodedPacket();
    measure("packets decode", () -> each((packet, _) -> decoded.decode(packet)));
    measure(
        "packets flows",
        () -> {
          FlowTable table = new FlowTable(FlowLimits.DEFAULT, (_, _) -> {});
          long packets =
              each(
                  (packet, number) -> {
                    decoded.decode(packet);
                    int level = decoded.innermost();
                    if (level >= 0) {
                      table.add(decoded, level, number, packet.time(), packet.wireLength());
                    }
                  });
          table.finish();
          return packets;
        });
    measure(
        "packets analyse",
        () -> analyse(new ProtocolAnalysis((_, _, _, _, _) -> {}, (_, _) -> {}, null)));
    measure(
        "packets events",
        () -> {
          ProtocolEvents told = new ProtocolEvents(_ -> {}, true);
          return analyse(new ProtocolAnalysis(told, told, null));
        });
    measure(
        "packets hashes",
        () -> {
          ProtocolEvents told = new ProtocolEvents(_ -> {}, true);
          return analyse(new ProtocolAnalysis(told, told, FileSink.HASHES));
        });
    measure("packets copy", this::copy);
    measure("packets import", this::store);
  }

  private interface Each {
    void packet(Packet packet, long number);
  }

  private long each(Each each) throws IOException {
    try (CaptureReader reader = CaptureReader.open(Files.newInputStream(file))) {
      Packet packet = new Packet();
      while (reader.next(packet)) {
        each.packet(packet, reader.packets());
      }
      return reader.packets();
    }
  }

  private long analyse(TrafficListener listener) throws IOException {
    TrafficAnalysis analysis =
        new TrafficAnalysis(FlowLimits.DEFAULT, StreamLimits.DEFAULT, listener);
    long packets = each(analysis::accept);
    analysis.finish();
    return packets;
  }

  /// As `cp` and `sync` of the file do it.
  private long copy() throws IOException {
    Path to = folder.resolve("copy.pcap");
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel copy =
            FileChannel.open(
                to,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      long at = 0;
      while (at < bytes) {
        at += from.transferTo(at, bytes - at, copy);
      }
      copy.force(true);
    }
    Files.delete(to);
    return PACKETS;
  }

  private long store() throws IOException {
    Path to = folder.resolve("store");
    long packets;
    try (StoreWriter writer = new PacketStore(to, null).writer(BlockFormat.PLAIN, 1L << 30);
        CaptureReader reader = CaptureReader.open(Files.newInputStream(file))) {
      Packet packet = new Packet();
      while (reader.next(packet)) {
        writer.write(packet, reader.interfaces().get(packet.interfaceNumber()));
      }
      writer.finish();
      packets = writer.packets();
    }
    try (Stream<Path> written = Files.list(to)) {
      for (Path path : written.toList()) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    delete(to);
    return packets;
  }

  private void measure(String name, Run run) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM_UP; i++) {
      run.run();
    }
    double[] rates = new double[RUNS];
    double allocated = 0;
    for (int i = 0; i < RUNS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      long packets = run.run();
      rates[i] = packets / ((System.nanoTime() - start) / 1e9);
      allocated = (double) (threads.getCurrentThreadAllocatedBytes() - before) / packets;
    }
    Arrays.sort(rates);
    double median = rates[RUNS / 2];
    Bench.Row row =
        new Bench.Row(
            name, median, rates[0], rates[RUNS - 1], median * bytes / PACKETS / 1e6, allocated);
    out.println(json ? row.json() : row.line());
  }
}
