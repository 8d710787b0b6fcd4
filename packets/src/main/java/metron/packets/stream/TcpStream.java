package metron.packets.stream;

import java.util.ArrayList;
import java.util.List;

/// Puts the segments of one TCP connection in order. What comes in order is handed on from the packet's own buffer without a
/// copy; what comes early is kept until the bytes before it are there, the other side acknowledges that it has them (the capture
/// lost them: a gap), or too much waits (a gap as well).
///
/// Overlaps: the bytes that came first stay. Sequence numbers wrap. A side begins with its SYN, or with its first segment where
/// the capture has no SYN. Segments more than 1 GiB ahead are no segments of this connection and are passed over.
///
/// Not thread-safe.
public final class TcpStream {
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;
  private static final int FARTHEST = 1 << 30;
  // More pieces than that in one direction are an attack on the search for the place of the next.
  private static final int MOST_PIECES = 4096;

  private record Piece(int sequence, byte[] bytes) {
    int end() {
      return sequence + bytes.length;
    }
  }

  private static final class Side {
    private boolean started;
    private int next;
    private boolean finSeen;
    private int fin;
    private boolean ended;
    // In order, without overlaps.
    private final List<Piece> early = new ArrayList<>(0);
    private int earlyBytes;
  }

  private final Side[] sides = {new Side(), new Side()};
  private final StreamConsumer consumer;
  private final SegmentBudget budget;
  private long frame;
  private long time;

  public TcpStream(StreamConsumer consumer, SegmentBudget budget) {
    this.consumer = consumer;
    this.budget = budget;
  }

  /// Takes one segment.
  ///
  /// @param bytes holds the TCP header at `header` and data from `data` to `end`
  /// @param wireLength of the data, as the IP header says; more than was captured if the packet was cut
  public void segment(
      int from,
      byte[] bytes,
      int header,
      int data,
      int end,
      int wireLength,
      long newFrame,
      long newTime) {
    frame = newFrame;
    time = newTime;
    int flags = bytes[header + 13] & 255;
    int sequence = int32(bytes, header + 4);
    Side side = sides[from];
    if ((flags & ACK) != 0) {
      acknowledged(1 - from, int32(bytes, header + 8));
    }
    if ((flags & RST) != 0) {
      return;
    }
    int first = (flags & SYN) != 0 ? sequence + 1 : sequence;
    if (!side.started) {
      side.started = true;
      side.next = first;
    }
    int captured = Math.min(end - data, wireLength);
    if (wireLength > 0) {
      data(from, first, bytes, data, captured, wireLength);
    }
    if ((flags & FIN) != 0 && !side.finSeen) {
      side.finSeen = true;
      side.fin = first + wireLength;
    }
    ended(from);
  }

  private void data(int from, int sequence, byte[] bytes, int offset, int captured, int length) {
    Side side = sides[from];
    int ahead = sequence - side.next;
    if (ahead > FARTHEST || ahead < -FARTHEST) {
      return;
    }
    if (ahead > 0) {
      keep(from, sequence, bytes, offset, captured);
      return;
    }
    int known = -ahead;
    if (known >= length) {
      return;
    }
    if (known < captured) {
      deliver(from, bytes, offset + known, captured - known);
    }
    if (captured < length) {
      // The packet was cut by the snap length: these bytes were sent and are not here.
      int missing = length - Math.max(captured, known);
      consumer.gap(from, missing, Gap.CUT, frame, time);
      side.next += missing;
    }
    drain(from);
  }

  private void deliver(int from, byte[] bytes, int offset, int length) {
    sides[from].next += length;
    consumer.data(from, bytes, offset, length, frame, time);
  }

  /// Keeps what no earlier piece has of an early segment.
  private void keep(int from, int sequence, byte[] bytes, int offset, int length) {
    Side side = sides[from];
    int at = sequence;
    int end = sequence + length;
    int i = side.early.size();
    // Most come behind all others.
    while (i > 0 && side.early.get(i - 1).end() - at > 0) {
      i--;
    }
    while (end - at > 0) {
      Piece next = i < side.early.size() ? side.early.get(i) : null;
      if (next != null && next.sequence() - at <= 0) {
        at = next.end() - at > 0 ? next.end() : at;
        i++;
        continue;
      }
      int stop = next == null || next.sequence() - end > 0 ? end : next.sequence();
      int size = stop - at;
      if (!budget.allows(side.earlyBytes, size) || side.early.size() >= MOST_PIECES) {
        skipToFirst(from, Gap.OPEN);
        if (at - side.next <= 0 || !budget.allows(side.earlyBytes, size)) {
          // Nothing to wait for any more, or no room at all: the rest is taken as it comes.
          int skip = at - side.next;
          if (skip > 0) {
            consumer.gap(from, skip, Gap.OPEN, frame, time);
            side.next = at;
          }
          int known = side.next - at;
          if (known < end - at) {
            deliver(from, bytes, offset + at - sequence + known, end - at - known);
          }
          drain(from);
          return;
        }
        i = 0;
        while (i < side.early.size() && side.early.get(i).end() - at <= 0) {
          i++;
        }
        continue;
      }
      int begin = offset + at - sequence;
      side.early.add(i, new Piece(at, java.util.Arrays.copyOfRange(bytes, begin, begin + size)));
      side.earlyBytes += size;
      budget.take(size);
      i++;
      at = stop;
    }
  }

  /// Hands on what waited for the bytes just delivered.
  private void drain(int from) {
    Side side = sides[from];
    int done = 0;
    while (done < side.early.size() && side.early.get(done).sequence() - side.next <= 0) {
      Piece piece = side.early.get(done++);
      side.earlyBytes -= piece.bytes().length;
      budget.give(piece.bytes().length);
      int known = side.next - piece.sequence();
      if (known < piece.bytes().length) {
        deliver(from, piece.bytes(), known, piece.bytes().length - known);
      }
    }
    if (done > 0) {
      side.early.subList(0, done).clear();
    }
  }

  private void acknowledged(int of, int ack) {
    Side side = sides[of];
    while (!side.early.isEmpty() && ack - side.early.getFirst().sequence() > 0) {
      skipToFirst(of, Gap.LOST);
    }
    ended(of);
  }

  private void skipToFirst(int of, Gap why) {
    Side side = sides[of];
    if (side.early.isEmpty()) {
      return;
    }
    int missing = side.early.getFirst().sequence() - side.next;
    consumer.gap(of, missing, why, frame, time);
    side.next += missing;
    drain(of);
  }

  private void ended(int of) {
    Side side = sides[of];
    if (side.finSeen && !side.ended && side.fin - side.next <= 0) {
      side.ended = true;
      consumer.end(of, frame, time);
    }
  }

  /// The connection is over, or the capture: what still waits is handed on behind its gap.
  public void finish() {
    for (int of = 0; of < 2; of++) {
      while (!sides[of].early.isEmpty()) {
        skipToFirst(of, Gap.OPEN);
      }
      ended(of);
    }
    consumer.close(frame, time);
  }

  private static int int32(byte[] b, int at) {
    return b[at] << 24 | (b[at + 1] & 255) << 16 | (b[at + 2] & 255) << 8 | (b[at + 3] & 255);
  }
}
