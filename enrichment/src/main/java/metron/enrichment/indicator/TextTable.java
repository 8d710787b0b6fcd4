package metron.enrichment.indicator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Texts to indicators. A chained hash table whose nodes never change: readers take no lock and allocate nothing, one writer
/// at a time publishes a new chain with a releasing store, or a whole new array when it grows.
///
/// The hash runs from the last character to the first, so that one pass over a host name gives the hash of each of its
/// parent domains at the dots ([#matchSuffixes]). Most look-ups end at an empty slot: the load is kept at or below one half
/// for that. Letters are compared without case where `fold` is set.
final class TextTable {
  /// @param key normal form
  record Node(long hash, String key, Indicator indicator, @Nullable Node next) {}

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Node[].class);
  private static final int START = 64;

  private final boolean fold;
  private volatile @Nullable Node[] slots = new Node[START];
  private final AtomicInteger size = new AtomicInteger();

  TextTable(boolean fold) {
    this.fold = fold;
  }

  int size() {
    return size.get();
  }

  /// Adds, or replaces the one of the same source.
  synchronized void put(String key, Indicator indicator) {
    long hash = hash(key, 0, key.length());
    if ((size.get() + 1) * 2L > slots.length && slots.length < 1 << 29) {
      grow();
    }
    @Nullable Node[] s = slots;
    int i = index(hash, s);
    Node kept = without(s[i], hash, key, indicator.source());
    SLOT.setRelease(s, i, new Node(hash, key, indicator, kept));
    size.incrementAndGet();
  }

  /// @return whether it was there
  synchronized boolean remove(String key, String source) {
    long hash = hash(key, 0, key.length());
    @Nullable Node[] s = slots;
    int i = index(hash, s);
    int before = size.get();
    Node kept = without(s[i], hash, key, source);
    if (size.get() == before) {
      return false;
    }
    SLOT.setRelease(s, i, kept);
    return true;
  }

  /// All indicators whose key is exactly `text[from, to)`.
  ///
  /// @return `found` with those added; a list is made only when there is something to put in
  @Nullable Matches match(
      String text, int from, int to, String kind, long nanos, @Nullable Matches found) {
    return match(hash(text, from, to), text, from, to, kind, nanos, found);
  }

  /// As [#match], for the name `text[from, to)` and each of its parent domains of two labels or more.
  @Nullable Matches matchSuffixes(
      String text,
      int from,
      int to,
      String whole,
      String parent,
      long nanos,
      @Nullable Matches found) {
    long h = 0;
    boolean dotted = false;
    for (int i = to - 1; i >= from; i--) {
      char c = text.charAt(i);
      if (c == '.') {
        if (dotted) {
          found = match(finish(h), text, i + 1, to, parent, nanos, found);
        }
        dotted = true;
      }
      h = step(h, c);
    }
    return dotted ? match(finish(h), text, from, to, whole, nanos, found) : found;
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

  private @Nullable Matches match(
      long hash, String text, int from, int to, String kind, long nanos, @Nullable Matches found) {
    @Nullable Node[] s = slots;
    for (Node n = (Node) SLOT.getAcquire(s, index(hash, s)); n != null; n = n.next) {
      if (n.hash == hash
          && n.key.length() == to - from
          && n.key.regionMatches(fold, 0, text, from, to - from)
          && n.indicator.validAt(nanos)) {
        if (found == null) {
          found = new Matches();
        }
        found.add(n.indicator, kind);
      }
    }
    return found;
  }

  // A loop, not a recursion: a hostile feed can make one chain long.
  private @Nullable Node without(@Nullable Node chain, long hash, String key, String source) {
    Node kept = null;
    for (Node n = chain; n != null; n = n.next) {
      if (n.hash == hash && n.key.equals(key) && n.indicator.source().equals(source)) {
        size.decrementAndGet();
      } else {
        kept = new Node(n.hash, n.key, n.indicator, kept);
      }
    }
    return kept;
  }

  private void grow() {
    @Nullable Node[] old = slots;
    @Nullable Node[] more = new Node[old.length * 2];
    for (Node node : old) {
      for (Node n = node; n != null; n = n.next) {
        int i = index(n.hash, more);
        more[i] = new Node(n.hash, n.key, n.indicator, more[i]);
      }
    }
    slots = more;
  }

  private static int index(long hash, @Nullable Node[] s) {
    return (int) hash & (s.length - 1);
  }

  private long hash(String text, int from, int to) {
    long h = 0;
    for (int i = to - 1; i >= from; i--) {
      h = step(h, text.charAt(i));
    }
    return finish(h);
  }

  private long step(long h, char c) {
    char lower = fold && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    return h * 0x100000001b3L + lower + 1;
  }

  // The last steps of MurmurHash3's finaliser: the low bits, which choose the slot, get word of all
  // others.
  private static long finish(long h) {
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    return h ^ (h >>> 29);
  }
}
