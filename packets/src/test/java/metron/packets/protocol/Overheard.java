package metron.packets.protocol;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowLimits;
import metron.packets.stream.StreamLimits;
import org.jspecify.annotations.Nullable;

/// All findings and files of some packets.
final class Overheard implements FindingListener, FileSink {
  final List<Finding> findings = new ArrayList<>();
  final Map<String, byte[]> files = new LinkedHashMap<>();
  final ProtocolAnalysis protocols = new ProtocolAnalysis(this, (_, _) -> {}, this);
  final TrafficAnalysis traffic =
      new TrafficAnalysis(FlowLimits.DEFAULT, StreamLimits.DEFAULT, protocols);
  private long frame;

  static Overheard of(List<byte[]> frames) {
    Overheard heard = new Overheard();
    frames.forEach(heard::add);
    heard.traffic.finish();
    return heard;
  }

  void add(byte[] ethernet) {
    frame++;
    traffic.accept(
        new Packet()
            .set(
                ethernet,
                0,
                ethernet.length,
                ethernet.length,
                frame * 1_000_000,
                0,
                LinkType.ETHERNET),
        frame);
  }

  <T extends Finding> List<T> all(Class<T> kind) {
    return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends Finding> T one(Class<T> kind) {
    List<T> found = all(kind);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + findings);
    }
    return found.getFirst();
  }

  @Override
  public void found(Flow flow, int side, long at, long time, Finding finding) {
    findings.add(finding);
  }

  @Override
  public OutputStream open(String protocol, String name) {
    return new ByteArrayOutputStream();
  }

  @Override
  public void done(@Nullable OutputStream content, Finding.CarvedFile file) {
    files.put(
        file.protocol() + " " + file.name() + (file.whole() ? "" : " partial"),
        ((ByteArrayOutputStream) java.util.Objects.requireNonNull(content)).toByteArray());
  }
}
