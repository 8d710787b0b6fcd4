package metron.packets.protocol;

import metron.packets.flow.Flow;
import org.jspecify.annotations.Nullable;

/// What an analyser of one stream has around it. Not thread-safe.
final class Scene {
  final Flow flow;
  final BufferBudget budget;
  final FtpTransfers transfers;
  final @Nullable FileSink files;
  private final FindingListener listener;
  long frame;
  long time;

  Scene(
      Flow flow,
      BufferBudget budget,
      FtpTransfers transfers,
      @Nullable FileSink files,
      FindingListener listener) {
    this.flow = flow;
    this.budget = budget;
    this.transfers = transfers;
    this.files = files;
    this.listener = listener;
  }

  void found(int side, Finding finding) {
    listener.found(flow, side, frame, time, finding);
  }

  /// @return who takes the file's bytes; null, once for each message, if nobody wants files
  @Nullable Carver carve(int side, String protocol, String name, String mediaType) {
    return files == null ? null : new Carver(this, side, protocol, name, mediaType, files);
  }
}
