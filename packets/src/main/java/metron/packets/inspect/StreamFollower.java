package metron.packets.inspect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.analysis.TrafficListener;
import metron.packets.file.CaptureReader;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.flow.FlowLimits;
import metron.packets.stream.Gap;
import metron.packets.stream.StreamConsumer;
import metron.packets.stream.StreamLimits;
import org.jspecify.annotations.Nullable;

/// Writes what the two ends of one TCP stream said to each other, in the order in which it was said. Nothing is held: a stream of
/// any size is followed in bounded memory.
public final class StreamFollower {
  /// How the bytes are shown.
  public enum Form {
    /// Control characters as dots; `>` before what the originator said, `<` before the answers.
    TEXT,
    /// Offset, sixteen bytes and their text a line; the responder's lines are indented.
    HEX,
    /// The bytes and nothing else; gaps leave no trace.
    RAW
  }

  private final long number;
  private final Form form;
  private final int only;
  private final OutputStream out;
  private @Nullable IOException failure;
  private boolean found;
  private int speaker = -1;
  private boolean lineOpen;
  private final long[] offsets = new long[2];

  private StreamFollower(long number, Form form, int only, OutputStream out) {
    this.number = number;
    this.form = form;
    this.only = only;
    this.out = out;
  }

  /// @param number of the stream, from 0 in the order of first packets
  /// @param only 0 for the originator's bytes alone, 1 for the responder's, -1 for both
  /// @return whether there is such a stream
  /// @throws IOException if `out` fails
  public static boolean follow(
      CaptureReader reader, long number, Form form, int only, OutputStream out) throws IOException {
    StreamFollower follower = new StreamFollower(number, form, only, out);
    TrafficAnalysis analysis =
        new TrafficAnalysis(
            FlowLimits.WHOLE_CAPTURE, StreamLimits.DEFAULT, follower.new Listener());
    Packet packet = new Packet();
    while (follower.failure == null && reader.next(packet)) {
      analysis.accept(packet, reader.packets());
    }
    analysis.finish();
    IOException failed = follower.failure;
    if (failed != null) {
      throw failed;
    }
    follower.endLine();
    out.flush();
    return follower.found;
  }

  private final class Listener implements TrafficListener {
    @Override
    public @Nullable StreamConsumer stream(Flow flow) {
      if (flow.number() != number) {
        return null;
      }
      found = true;
      if (form != Form.RAW) {
        String title =
            "stream %d: %s port %d > %s port %d%n"
                .formatted(number, flow.address(0), flow.port(0), flow.address(1), flow.port(1));
        write(title.getBytes(StandardCharsets.UTF_8), 0, title.length());
      }
      return new Words();
    }

    @Override
    public void ended(Flow flow, FlowEnd why) {}
  }

  private final class Words implements StreamConsumer {
    @Override
    public void data(int side, byte[] bytes, int offset, int length, long frame, long time) {
      if (only >= 0 && side != only) {
        return;
      }
      switch (form) {
        case RAW -> write(bytes, offset, length);
        case TEXT -> text(side, bytes, offset, length);
        case HEX -> hex(side, bytes, offset, length);
      }
      offsets[side] += length;
    }

    @Override
    public void gap(int side, long length, Gap why, long frame, long time) {
      if (form == Form.RAW || (only >= 0 && side != only)) {
        return;
      }
      endLine();
      String reason =
          switch (why) {
            case LOST -> "not in the capture";
            case CUT -> "cut off by the snap length";
            case OPEN -> "not seen before the end";
          };
      line((side == 0 ? "> " : "< ") + "[" + length + " bytes " + reason + "]\n");
      offsets[side] += length;
      speaker = -1;
    }

    @Override
    public void end(int side, long frame, long time) {}

    @Override
    public void close(long frame, long time) {}
  }

  private void text(int side, byte[] bytes, int offset, int length) {
    if (side != speaker) {
      endLine();
      speaker = side;
    }
    StringBuilder text = new StringBuilder(length + 64);
    for (int i = offset; i < offset + length; i++) {
      int c = bytes[i] & 255;
      if (c == '\r') {
        continue;
      }
      if (!lineOpen) {
        text.append(side == 0 ? "> " : "< ");
        lineOpen = true;
      }
      if (c == '\n') {
        text.append('\n');
        lineOpen = false;
      } else {
        text.append(c == '\t' || (c >= 32 && c < 127) ? (char) c : '.');
      }
    }
    line(text.toString());
  }

  private void hex(int side, byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length * 5);
    for (int at = 0; at < length; at += 16) {
      text.append(side == 0 ? "" : "    ").append("%08x ".formatted(offsets[side] + at));
      int n = Math.min(16, length - at);
      for (int i = 0; i < 16; i++) {
        text.append(i < n ? " %02x".formatted(bytes[offset + at + i]) : "   ");
      }
      text.append("  ");
      for (int i = 0; i < n; i++) {
        int c = bytes[offset + at + i];
        text.append(c >= 32 && c < 127 ? (char) c : '.');
      }
      text.append('\n');
    }
    line(text.toString());
  }

  private void endLine() {
    if (lineOpen) {
      lineOpen = false;
      line("\n");
    }
  }

  private void line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  private void write(byte[] bytes, int offset, int length) {
    if (failure == null) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
