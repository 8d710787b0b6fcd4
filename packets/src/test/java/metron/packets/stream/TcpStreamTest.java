package metron.packets.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import metron.packets.WireMaker;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TcpStreamTest {
  private static final class Heard implements StreamConsumer {
    private final ByteArrayOutputStream[] bytes = {
      new ByteArrayOutputStream(), new ByteArrayOutputStream()
    };
    private final List<String> gaps = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    @Override
    public void data(int side, byte[] b, int offset, int length, long frame, long time) {
      bytes[side].write(b, offset, length);
    }

    @Override
    public void gap(int side, long length, Gap why, long frame, long time) {
      gaps.add(side + " " + length + " " + why);
    }

    @Override
    public void end(int side, long frame, long time) {
      ends.add(side);
    }

    @Override
    public void close(long frame, long time) {}

    private String text(int side) {
      return bytes[side].toString(StandardCharsets.US_ASCII);
    }
  }

  private final Heard heard = new Heard();
  private final SegmentBudget budget = new SegmentBudget(StreamLimits.DEFAULT);
  private final TcpStream stream = new TcpStream(heard, budget);

  private void send(TcpStream to, int side, int flags, int sequence, int ack, byte[] data) {
    byte[] b = WireMaker.tcp(1, 2, flags, data);
    for (int i = 0; i < 4; i++) {
      b[4 + i] = (byte) (sequence >> (24 - 8 * i));
      b[8 + i] = (byte) (ack >> (24 - 8 * i));
    }
    to.segment(side, b, 0, 20, b.length, data.length, 1, 1);
  }

  private void send(int side, int flags, int sequence, int ack, String data) {
    send(stream, side, flags, sequence, ack, data.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void putsEarlySegmentsBehindLateOnes() {
    send(0, 2, 99, 0, "");
    send(0, 16, 104, 0, "world");
    send(0, 16, 100, 0, "the ");
    assertThat(heard.text(0)).isEqualTo("the world");
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void keepsTheBytesThatCameFirst() {
    send(0, 2, 99, 0, "");
    send(0, 16, 104, 0, "BBBB");
    send(0, 16, 102, 0, "ccccCCCC");
    send(0, 16, 100, 0, "aaaa");
    assertThat(heard.text(0)).isEqualTo("aaaaBBBBCC");
    send(0, 16, 100, 0, "xxxxxxxxxxyy");
    assertThat(heard.text(0)).isEqualTo("aaaaBBBBCCyy");
  }

  @Test
  void namesAGapThatTheOtherSideAcknowledges() {
    send(0, 16, 100, 0, "aa");
    send(0, 16, 105, 0, "bb");
    assertThat(heard.text(0)).isEqualTo("aa");
    send(1, 16, 1, 107, "");
    assertThat(heard.text(0)).isEqualTo("aabb");
    assertThat(heard.gaps).containsExactly("0 3 LOST");
  }

  @Test
  void showsWhatWaitsWhenTheCaptureEnds() {
    send(0, 16, 100, 0, "aa");
    send(0, 16, 105, 0, "bb");
    stream.finish();
    assertThat(heard.text(0)).isEqualTo("aabb");
    assertThat(heard.gaps).containsExactly("0 3 OPEN");
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void endsASideWhenAllBeforeItsFinIsThere() {
    send(0, 16, 100, 0, "");
    send(0, 17, 102, 0, "b");
    assertThat(heard.ends).isEmpty();
    send(0, 16, 100, 0, "aa");
    assertThat(heard.ends).containsExactly(0);
  }

  @Test
  void saysThatAPacketWasCut() {
    byte[] b = WireMaker.tcp(1, 2, 16, new byte[10]);
    stream.segment(0, b, 0, 20, b.length, 25, 1, 1);
    assertThat(heard.gaps).containsExactly("0 15 CUT");
  }

  @Test
  void doesNotWaitForMoreThanTheLimit() {
    SegmentBudget small =
        new SegmentBudget(
            new StreamLimits(1, 65_535, StreamLimits.DEFAULT.fragmentTimeout(), 100, 100));
    TcpStream bounded = new TcpStream(heard, small);
    send(bounded, 0, 16, 0, 0, new byte[1]);
    for (int i = 0; i < 50; i++) {
      send(bounded, 0, 16, 10 + i * 20, 0, new byte[10]);
      assertThat(small.waiting()).isBetween(0L, 100L);
    }
    assertThat(heard.gaps).isNotEmpty().allMatch(g -> g.endsWith("OPEN"));
  }

  @Property
  void anyOrderOfAnyPiecesGivesTheSameBytes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5_000) int length, @ForAll int start) {
    Random random = new Random(seed);
    byte[] sent = new byte[length];
    random.nextBytes(sent);
    List<int[]> pieces = new ArrayList<>();
    for (int at = 0; at < length; ) {
      int size = 1 + random.nextInt(Math.min(600, length - at));
      // Some overlap those before, some are sent twice.
      int from = Math.max(0, at - random.nextInt(50));
      pieces.add(new int[] {from, at + size});
      if (random.nextInt(5) == 0) {
        pieces.add(new int[] {from, at + size});
      }
      at += size;
    }
    Collections.shuffle(pieces, random);
    Heard all = new Heard();
    SegmentBudget own = new SegmentBudget(StreamLimits.DEFAULT);
    TcpStream tcp = new TcpStream(all, own);
    send(tcp, 0, 2, start - 1, 0, new byte[0]);
    for (int[] piece : pieces) {
      send(tcp, 0, 16, start + piece[0], 0, Arrays.copyOfRange(sent, piece[0], piece[1]));
    }
    assertThat(all.bytes[0].toByteArray()).isEqualTo(sent);
    assertThat(all.gaps).isEmpty();
    assertThat(own.waiting()).isZero();
  }

  @Property
  void anySegmentsAreTakenAndBounded(@ForAll long seed) {
    Random random = new Random(seed);
    SegmentBudget small =
        new SegmentBudget(
            new StreamLimits(1, 65_535, StreamLimits.DEFAULT.fragmentTimeout(), 500, 700));
    TcpStream tcp = new TcpStream(new Heard(), small);
    for (int i = 0; i < 300; i++) {
      int sequence = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(3_000);
      int ack = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(3_000);
      send(tcp, random.nextInt(2), random.nextInt(64), sequence, ack, new byte[random.nextInt(90)]);
      assertThat(small.waiting()).isBetween(0L, 700L);
    }
    tcp.finish();
    assertThat(small.waiting()).isZero();
  }
}
