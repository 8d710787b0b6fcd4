package metron.packets.inspect;

import metron.packets.analysis.TrafficListener;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.stream.Gap;
import metron.packets.stream.StreamConsumer;
import org.jspecify.annotations.Nullable;

/// Two that listen to the same traffic.
record Together(TrafficListener first, TrafficListener second) implements TrafficListener {
  private record Both(StreamConsumer first, StreamConsumer second) implements StreamConsumer {
    @Override
    public void data(int side, byte[] bytes, int offset, int length, long frame, long time) {
      first.data(side, bytes, offset, length, frame, time);
      second.data(side, bytes, offset, length, frame, time);
    }

    @Override
    public void gap(int side, long length, Gap why, long frame, long time) {
      first.gap(side, length, why, frame, time);
      second.gap(side, length, why, frame, time);
    }

    @Override
    public void end(int side, long frame, long time) {
      first.end(side, frame, time);
      second.end(side, frame, time);
    }

    @Override
    public void close(long frame, long time) {
      first.close(frame, time);
      second.close(frame, time);
    }
  }

  @Override
  public @Nullable StreamConsumer stream(Flow flow) {
    StreamConsumer one = first.stream(flow);
    StreamConsumer other = second.stream(flow);
    return one == null ? other : other == null ? one : new Both(one, other);
  }

  @Override
  public void datagram(
      Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {
    first.datagram(flow, side, bytes, offset, end, frame, time);
    second.datagram(flow, side, bytes, offset, end, frame, time);
  }

  @Override
  public void icmp(Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {
    first.icmp(flow, side, bytes, offset, end, frame, time);
    second.icmp(flow, side, bytes, offset, end, frame, time);
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    first.ended(flow, why);
    second.ended(flow, why);
  }
}
