package metron.packets.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.WireMaker;
import metron.packets.decode.DecodedPacket;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private final DecodedPacket decoded = new DecodedPacket();

  private Optional<Packet> add(Fragments fragments, byte[] ip, long time) {
    Packet packet = new Packet().set(ip, 0, ip.length, ip.length, time, 0, LinkType.RAW);
    decoded.decode(packet);
    if (decoded.levels() == 0 || !decoded.isFragment(0)) {
      return Optional.empty();
    }
    return fragments.add(decoded, 0, packet);
  }

  private static byte[] fragment(boolean six, byte[] data, int from, int to) {
    boolean more = to < data.length;
    byte[] part = Arrays.copyOfRange(data, from, to);
    if (six) {
      byte[] header = WireMaker.hex("1100 0000 00000009");
      header[2] = (byte) (from >> 8);
      header[3] = (byte) (from | (more ? 1 : 0));
      return WireMaker.ipv6("2001:db8::1", "2001:db8::2", 44, WireMaker.join(header, part));
    }
    return WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, from / 8 | (more ? 0x2000 : 0), part);
  }

  @Property
  void anyOrderOfFragmentsGivesTheDatagram(
      @ForAll long seed, @ForAll @IntRange(min = 9, max = 20_000) int length, @ForAll boolean six) {
    Random random = new Random(seed);
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    byte[] datagram = WireMaker.udp(5000, 53, payload);
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < datagram.length; ) {
      int size = Math.min(8 * (1 + random.nextInt(180)), datagram.length - at);
      parts.add(fragment(six, datagram, at, at + size));
      at += size;
    }
    if (parts.size() == 1) {
      return;
    }
    Collections.shuffle(parts, random);
    Fragments fragments = new Fragments(StreamLimits.DEFAULT);
    for (int i = 0; i < parts.size() - 1; i++) {
      assertThat(add(fragments, parts.get(i), 1)).isEmpty();
    }
    Packet whole = add(fragments, parts.getLast(), 1).orElseThrow();
    decoded.decode(whole);
    assertThat(decoded.destinationPort(0)).isEqualTo(53);
    assertThat(Arrays.copyOfRange(decoded.bytes(), decoded.payloadOffset(), decoded.payloadEnd()))
        .isEqualTo(payload);
    assertThat(fragments.held()).isZero();
  }

  @Test
  void ofOverlappingBytesThoseThatCameFirstStay() {
    Fragments fragments = new Fragments(StreamLimits.DEFAULT);
    byte[] first = WireMaker.udp(1, 2, new byte[16]);
    byte[] other = first.clone();
    Arrays.fill(other, 8, 24, (byte) 9);
    assertThat(add(fragments, fragment(false, first, 0, 16), 1)).isEmpty();
    Packet whole = add(fragments, fragment(false, other, 8, 24), 1).orElseThrow();
    assertThat(Arrays.copyOfRange(whole.bytes(), 28, 44))
        .isEqualTo(WireMaker.hex("0000000000000000 0909090909090909"));
  }

  @Test
  void ipv6DatagramsWithContradictingFragmentsAreVoid() {
    Fragments fragments = new Fragments(StreamLimits.DEFAULT);
    byte[] first = WireMaker.udp(1, 2, new byte[24]);
    byte[] other = first.clone();
    Arrays.fill(other, 8, 24, (byte) 9);
    assertThat(add(fragments, fragment(true, first, 0, 16), 1)).isEmpty();
    assertThat(add(fragments, fragment(true, other, 8, 24), 1)).isEmpty();
    assertThat(fragments.abandoned()).isEqualTo(1);
    assertThat(fragments.open()).isZero();
  }

  @Test
  void givesUpWhatIsTooOldOrTooMuch() {
    Fragments fragments = new Fragments(new StreamLimits(3, 65_535, Duration.ofSeconds(1), 0, 0));
    byte[] datagram = WireMaker.udp(1, 2, new byte[24]);
    for (int i = 0; i < 10; i++) {
      byte[] part = fragment(false, datagram, 0, 16);
      part[5] = (byte) i;
      assertThat(add(fragments, part, 1)).isEmpty();
    }
    assertThat(fragments.open()).isEqualTo(3);
    byte[] late = fragment(false, datagram, 0, 16);
    late[5] = 99;
    assertThat(add(fragments, late, 2_000_000_000L)).isEmpty();
    assertThat(fragments.open()).isEqualTo(1);
  }

  @Property
  void anyFragmentsAreTakenAndBounded(@ForAll long seed) {
    Random random = new Random(seed);
    Fragments fragments = new Fragments(new StreamLimits(20, 70_000, Duration.ofSeconds(1), 0, 0));
    for (int i = 0; i < 200; i++) {
      byte[] part = new byte[random.nextInt(200)];
      byte[] ip =
          random.nextBoolean()
              ? WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, random.nextInt(0x4000), part)
              : WireMaker.ipv6("2001:db8::1", "2001:db8::2", 44, part);
      if (ip.length > 44 && random.nextBoolean()) {
        ip[5] = (byte) random.nextInt(3);
      }
      assertThat(add(fragments, ip, random.nextInt(100_000_000))).isNotNull();
      assertThat(fragments.held()).isBetween(0L, 140_000L);
      assertThat(fragments.open()).isLessThanOrEqualTo(20);
    }
  }
}
