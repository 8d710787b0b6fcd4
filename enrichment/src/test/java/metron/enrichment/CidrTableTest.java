package metron.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metron.event.Cidr;
import metron.event.IpAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CidrTableTest {
  @Property(tries = 200)
  void agreesWithAListThatIsScanned(@ForAll long seed) {
    Random random = new Random(seed);
    CidrTable<Integer> table = new CidrTable<>();
    Map<Cidr, Integer> plain = new HashMap<>();
    for (int i = 0; i < 120; i++) {
      Cidr cidr = network(random);
      if (random.nextInt(4) == 0) {
        table.update(cidr, old -> null);
        plain.remove(cidr);
      } else {
        table.put(cidr, i);
        plain.put(cidr, i);
      }
    }
    assertThat(table.size()).isEqualTo(plain.size());
    assertThat(table.values()).containsExactlyInAnyOrderElementsOf(plain.values());
    for (int i = 0; i < 100; i++) {
      IpAddress ip = network(random).address();
      List<Integer> expected = new ArrayList<>();
      Integer longest = null;
      int best = -1;
      for (var e : plain.entrySet()) {
        if (e.getKey().contains(ip)) {
          expected.add(e.getValue());
          if (e.getKey().prefix() > best) {
            best = e.getKey().prefix();
            longest = e.getValue();
          }
        }
      }
      List<Integer> found = new ArrayList<>();
      table.forEachContaining(ip, found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(table.longest(ip)).isEqualTo(longest);
    }
  }

  // Few bits vary, so that networks nest, meet and repeat.
  private static Cidr network(Random random) {
    if (random.nextInt(3) == 0) {
      return new Cidr(
          new IpAddress(0x20010db8_00000000L | random.nextInt(8), random.nextLong()),
          random.nextInt(129));
    }
    return new Cidr(
        IpAddress.v4(0xcb007100 | random.nextInt(256) | (random.nextInt(4) << 16)),
        96 + random.nextInt(33));
  }
}
