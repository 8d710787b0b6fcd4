package metron.enrichment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import metron.event.Cidr;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Networks to values: which of them contain an address.
///
/// A binary trie over the 128-bit form with every run of single-child nodes folded into one (Morrison's PATRICIA, 1968), so
/// a look-up visits at most as many nodes as there are networks around the address: with 10,000 random networks about 14.
/// Nodes never change. A writer copies the path from the root to what it changes and publishes the new root, so readers
/// take no lock and see either the table before a change or after it.
///
/// IPv4 networks lie below `::ffff:0:0/96` like any other; the fold makes the 96 common bits one step.
public final class CidrTable<V> {
  private record Node<V>(
      Cidr network, @Nullable V value, @Nullable Node<V> zero, @Nullable Node<V> one) {
    Node<V> with(@Nullable V value) {
      return new Node<>(network, value, zero, one);
    }

    Node<V> with(int bit, @Nullable Node<V> child) {
      return bit == 0
          ? new Node<>(network, value, child, one)
          : new Node<>(network, value, zero, child);
    }

    @Nullable Node<V> child(int bit) {
      return bit == 0 ? zero : one;
    }
  }

  private volatile @Nullable Node<V> root;
  private volatile int size;

  /// How many networks have a value.
  public int size() {
    return size;
  }

  /// Sets the value of a network, replacing the one it had.
  public void put(Cidr network, V value) {
    update(network, old -> value);
  }

  /// Changes the value of one network: `change` gets the present value or null, and gives the new one or null to remove it.
  public synchronized void update(Cidr network, UnaryOperator<@Nullable V> change) {
    V old = exact(network);
    V value = change.apply(old);
    if (value == null && old == null) {
      return;
    }
    root = value == null ? removed(root, network) : inserted(root, network, value);
    size += (value == null ? 0 : 1) - (old == null ? 0 : 1);
  }

  /// Every value whose network contains the address, from the widest network to the narrowest.
  public void forEachContaining(IpAddress ip, Consumer<? super V> action) {
    Node<V> node = root;
    while (node != null && node.network.contains(ip)) {
      if (node.value != null) {
        action.accept(node.value);
      }
      node = node.network.prefix() == 128 ? null : node.child(bit(ip, node.network.prefix()));
    }
  }

  /// @return the value of the narrowest network that contains the address, or null if none does: asked for every address of
  ///     every event
  public @Nullable V longest(IpAddress ip) {
    V found = null;
    Node<V> node = root;
    while (node != null && node.network.contains(ip)) {
      if (node.value != null) {
        found = node.value;
      }
      node = node.network.prefix() == 128 ? null : node.child(bit(ip, node.network.prefix()));
    }
    return found;
  }

  /// The value of exactly this network.
  public Optional<V> get(Cidr network) {
    return Optional.ofNullable(exact(network));
  }

  /// All values, in address order, as of the call.
  public List<V> values() {
    List<V> out = new ArrayList<>(size);
    collect(root, out);
    return out;
  }

  private @Nullable V exact(Cidr network) {
    Node<V> node = root;
    while (node != null
        && node.network.prefix() <= network.prefix()
        && node.network.contains(network.address())) {
      if (node.network.prefix() == network.prefix()) {
        return node.value;
      }
      node = node.child(bit(network.address(), node.network.prefix()));
    }
    return null;
  }

  private static <V> Node<V> inserted(@Nullable Node<V> node, Cidr network, V value) {
    if (node == null) {
      return new Node<>(network, value, null, null);
    }
    int common =
        Math.min(
            Math.min(node.network.prefix(), network.prefix()),
            commonPrefix(node.network.address(), network.address()));
    if (common == node.network.prefix()) {
      if (common == network.prefix()) {
        return node.with(value);
      }
      int bit = bit(network.address(), common);
      return node.with(bit, inserted(node.child(bit), network, value));
    }
    if (common == network.prefix()) {
      return new Node<V>(network, value, null, null)
          .with(bit(node.network.address(), common), node);
    }
    return new Node<V>(new Cidr(network.address(), common), null, null, null)
        .with(bit(node.network.address(), common), node)
        .with(bit(network.address(), common), new Node<>(network, value, null, null));
  }

  private static <V> @Nullable Node<V> removed(@Nullable Node<V> node, Cidr network) {
    if (node == null) {
      return null;
    }
    Node<V> left;
    if (node.network.prefix() == network.prefix()) {
      left = node.with(null);
    } else {
      int bit = bit(network.address(), node.network.prefix());
      left = node.with(bit, removed(node.child(bit), network));
    }
    if (left.value != null || (left.zero != null && left.one != null)) {
      return left;
    }
    return left.zero != null ? left.zero : left.one;
  }

  private static <V> void collect(@Nullable Node<V> node, List<V> out) {
    if (node == null) {
      return;
    }
    if (node.value != null) {
      out.add(node.value);
    }
    collect(node.zero, out);
    collect(node.one, out);
  }

  private static int bit(IpAddress ip, int i) {
    return (int) (i < 64 ? ip.high() >>> (63 - i) : ip.low() >>> (127 - i)) & 1;
  }

  private static int commonPrefix(IpAddress a, IpAddress b) {
    long high = a.high() ^ b.high();
    return high != 0
        ? Long.numberOfLeadingZeros(high)
        : 64 + Long.numberOfLeadingZeros(a.low() ^ b.low());
  }
}
