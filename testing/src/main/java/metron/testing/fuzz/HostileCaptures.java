package metron.testing.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import metron.event.json.EventJson;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.file.CaptureReader;
import metron.packets.flow.FlowLimits;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.ProtocolAnalysis;
import metron.packets.protocol.ProtocolEvents;
import metron.packets.stream.StreamLimits;
import metron.testing.packets.SampleTraffic;

/// Sends broken captures through reader, decoder, reassembly and every protocol analyser, up to the text of the events. Three things
/// are failures: an exception, more than 100 ms for a capture of some twenty packets, and memory that is held when all is over.
///
/// Run: `bin/metron fuzz --sensor packets [--inputs N] [--seed S]`.
public final class HostileCaptures {
  private static final long LIMIT_NANOS = 100_000_000;

  private HostileCaptures() {}

  public static HostileInputs.Result run(long inputs, long seed) {
    var random = new SplittableRandom(seed);
    List<byte[]> samples = new ArrayList<>();
    for (List<byte[]> conversation : SampleTraffic.conversations()) {
      samples.add(SampleTraffic.capture(conversation));
    }
    var mutator = new Mutator(samples, random.split(), 64 * 1024);
    List<String> failures = new ArrayList<>();
    long read = 0;
    long slowest = 0;
    for (long n = 0; n < inputs; n++) {
      byte[] capture = random.nextInt(3) == 0 ? mutator.next() : flipped(samples, random);
      try {
        long start = System.nanoTime();
        read += events(capture) > 0 ? 1 : 0;
        long took = System.nanoTime() - start;
        if (took > LIMIT_NANOS) {
          start = System.nanoTime();
          events(capture);
          took = Math.min(took, System.nanoTime() - start);
          if (took > LIMIT_NANOS) {
            HostileInputs.fail(failures, n, "took " + took / 1_000_000 + " ms", capture);
          }
        }
        slowest = Math.max(slowest, took);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // The very thing looked for: it is reported with the capture that made it.
        HostileInputs.fail(failures, n, e.toString(), capture);
      }
    }
    return new HostileInputs.Result("packets", inputs, read, slowest, failures);
  }

  /// Changes bytes where they are, behind the file header: lengths, flags and contents break, the records mostly stay.
  private static byte[] flipped(List<byte[]> samples, SplittableRandom random) {
    byte[] capture = samples.get(random.nextInt(samples.size())).clone();
    int changes = 1 + random.nextInt(24);
    for (int i = 0; i < changes; i++) {
      int at = 40 + random.nextInt(capture.length - 40);
      switch (random.nextInt(4)) {
        case 0 -> capture[at] = (byte) random.nextInt(256);
        case 1 -> capture[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> capture[at] = (byte) (random.nextBoolean() ? 0 : 255);
        default -> {
          int from = 40 + random.nextInt(capture.length - 40);
          int length = Math.min(random.nextInt(40), capture.length - Math.max(at, from));
          System.arraycopy(capture, from, capture, at, length);
        }
      }
    }
    return capture;
  }

  /// @return how many events it made
  private static long events(byte[] capture) {
    long[] events = new long[1];
    ProtocolEvents told =
        new ProtocolEvents(event -> events[0] += EventJson.write(event).isEmpty() ? 0 : 1, true);
    ProtocolAnalysis protocols = new ProtocolAnalysis(told, told, FileSink.HASHES);
    TrafficAnalysis traffic =
        new TrafficAnalysis(
            new FlowLimits(
                64,
                FlowLimits.DEFAULT.tcpIdle(),
                FlowLimits.DEFAULT.tcpLinger(),
                FlowLimits.DEFAULT.udpIdle(),
                FlowLimits.DEFAULT.otherIdle()),
            StreamLimits.DEFAULT,
            protocols);
    CaptureReader reader = CaptureReader.of(capture, capture.length);
    Packet packet = new Packet();
    while (reader.next(packet)) {
      traffic.accept(packet, reader.packets());
    }
    traffic.finish();
    if (protocols.held() != 0 || traffic.waiting() != 0) {
      throw new IllegalStateException(
          protocols.held() + " and " + traffic.waiting() + " bytes are held when all is over");
    }
    return events[0];
  }
}
