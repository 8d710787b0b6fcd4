package metron.enrichment.indicator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Single addresses to indicators; built and read as [TextTable], with the address itself as the key.
final class AddressTable {
  private record Node(long high, long low, Indicator indicator, @Nullable Node next) {}

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Node[].class);

  private volatile @Nullable Node[] slots = new Node[64];
  private final AtomicInteger size = new AtomicInteger();

  int size() {
    return size.get();
  }

  /// Adds, or replaces the one of the same source.
  synchronized void put(IpAddress ip, Indicator indicator) {
    if ((size.get() + 1) * 2L > slots.length && slots.length < 1 << 29) {
      grow();
    }
    @Nullable Node[] s = slots;
    int i = index(ip.high(), ip.low(), s);
    Node kept = without(s[i], ip, indicator.source());
    SLOT.setRelease(s, i, new Node(ip.high(), ip.low(), indicator, kept));
    size.incrementAndGet();
  }

  /// @return whether it was there
  synchronized boolean remove(IpAddress ip, String source) {
    @Nullable Node[] s = slots;
    int i = index(ip.high(), ip.low(), s);
    int before = size.get();
    Node kept = without(s[i], ip, source);
    if (size.get() == before) {
      return false;
    }
    SLOT.setRelease(s, i, kept);
    return true;
  }

  @Nullable Matches match(IpAddress ip, long nanos, @Nullable Matches found) {
    @Nullable Node[] s = slots;
    Node n = (Node) SLOT.getAcquire(s, index(ip.high(), ip.low(), s));
    for (; n != null; n = n.next) {
      if (n.low == ip.low() && n.high == ip.high() && n.indicator.validAt(nanos)) {
        if (found == null) {
          found = new Matches();
        }
        found.add(n.indicator, "ip");
      }
    }
    return found;
  }

  /// Each indicator once, in no order, as of some moment during the call.
  void forEach(Consumer<Indicator> action) {
    @Nullable Node[] s = slots;
    for (int i = 0; i < s.length; i++) {
      for (Node n = (Node) SLOT.getAcquire(s, i); n != null; n = n.next) {
        action.accept(n.indicator);
      }
    }
  }

  private @Nullable Node without(@Nullable Node chain, IpAddress ip, String source) {
    Node kept = null;
    for (Node n = chain; n != null; n = n.next) {
      if (n.low == ip.low() && n.high == ip.high() && n.indicator.source().equals(source)) {
        size.decrementAndGet();
      } else {
        kept = new Node(n.high, n.low, n.indicator, kept);
      }
    }
    return kept;
  }

  private void grow() {
    @Nullable Node[] old = slots;
    @Nullable Node[] more = new Node[old.length * 2];
    for (Node chain : old) {
      for (Node n = chain; n != null; n = n.next) {
        int i = index(n.high, n.low, more);
        more[i] = new Node(n.high, n.low, n.indicator, more[i]);
      }
    }
    slots = more;
  }

  private static int index(long high, long low, @Nullable Node[] s) {
    long h = (high * 0x9e3779b97f4a7c15L + low) * 0xff51afd7ed558ccdL;
    return (int) (h ^ (h >>> 32)) & (s.length - 1);
  }
}
