package metron.packets.store;

import java.util.BitSet;

/// Blocks of one segment.
final class BlockSet {
  private final BitSet bits;
  private final int blocks;

  BlockSet(int blocks) {
    this.blocks = blocks;
    this.bits = new BitSet(blocks);
  }

  static BlockSet all(int blocks) {
    BlockSet set = new BlockSet(blocks);
    set.bits.set(0, blocks);
    return set;
  }

  /// @param to excluded
  void add(int from, int to) {
    int start = Math.clamp(from, 0, blocks);
    bits.set(start, Math.clamp(to, start, blocks));
  }

  void add(BlockSet other) {
    bits.or(other.bits);
  }

  void retain(BlockSet other) {
    bits.and(other.bits);
  }

  void remove(int block) {
    bits.clear(block);
  }

  boolean isEmpty() {
    return bits.isEmpty();
  }

  int size() {
    return bits.cardinality();
  }

  /// -1 if there is none at or after `block`.
  int next(int block) {
    return bits.nextSetBit(block);
  }
}
