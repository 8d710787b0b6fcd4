package metron.stellar.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metron.stellar.function.TextClues;
import metron.stellar.value.Address;
import org.jspecify.annotations.Nullable;

/// Which of many clues fit a text. Beginnings and ends are tries, walked as far as the text goes along
/// with one of them; blocks of addresses are compared with the address, which is read once; parts are
/// looked for one by one.
final class TextIndex {
  /// A step of a trie.
  private static final class Node {
    final Conditions here;
    final char[] keys;
    final Node[] children;

    private Node(Conditions here, char[] keys, Node[] children) {
      this.here = here;
      this.keys = keys;
      this.children = children;
    }

    @Nullable Node child(char c) {
      int index = java.util.Arrays.binarySearch(keys, c);
      return index < 0 ? null : children[index];
    }
  }

  /// A trie that grows.
  private static final class Growing {
    final List<Integer> here = new ArrayList<>();
    final TreeMap<Character, Growing> children = new TreeMap<>();

    void add(CharSequence text, List<Integer> conditions) {
      Growing node = this;
      for (int i = 0; i < text.length(); i++) {
        node = node.children.computeIfAbsent(text.charAt(i), _ -> new Growing());
      }
      node.here.addAll(conditions);
    }

    @Nullable Node grown() {
      return here.isEmpty() && children.isEmpty() ? null : node();
    }

    private Node node() {
      char[] keys = new char[children.size()];
      Node[] nodes = new Node[keys.length];
      int i = 0;
      for (var child : children.entrySet()) {
        keys[i] = child.getKey();
        nodes[i++] = child.getValue().node();
      }
      return new Node(Conditions.of(here), keys, nodes);
    }
  }

  private record Part(String text, Conditions conditions) {}

  private record Block(long highMask, long lowMask, long high, long low, Conditions conditions) {}

  private final @Nullable Node prefixes;
  private final @Nullable Node suffixes;
  private final Part[] parts;
  private final Block[] blocks;

  private TextIndex(
      @Nullable Node prefixes, @Nullable Node suffixes, List<Part> parts, List<Block> blocks) {
    this.prefixes = prefixes;
    this.suffixes = suffixes;
    this.parts = parts.toArray(Part[]::new);
    this.blocks = blocks.toArray(Block[]::new);
  }

  static TextIndex of(Map<TextClues.Clue, List<Integer>> waiting) {
    Growing prefixes = new Growing();
    Growing suffixes = new Growing();
    List<Part> parts = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    waiting.forEach(
        (clue, conditions) -> {
          switch (clue) {
            case TextClues.Prefix prefix -> prefixes.add(prefix.text(), conditions);
            case TextClues.Suffix suffix ->
                suffixes.add(new StringBuilder(suffix.text()).reverse(), conditions);
            case TextClues.Part part -> parts.add(new Part(part.text(), Conditions.of(conditions)));
            case TextClues.Block block -> {
              long high = mask(Math.min(block.prefix(), 64));
              long low = mask(Math.max(block.prefix() - 64, 0));
              blocks.add(
                  new Block(
                      high,
                      low,
                      block.high() & high,
                      block.low() & low,
                      Conditions.of(conditions)));
            }
          }
        });
    return new TextIndex(prefixes.grown(), suffixes.grown(), parts, blocks);
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  void addTo(String text, long[] all) {
    int length = text.length();
    Node node = prefixes;
    for (int i = 0; node != null; i++) {
      node.here.addTo(all);
      node = i < length ? node.child(text.charAt(i)) : null;
    }
    node = suffixes;
    for (int i = length - 1; node != null; i--) {
      node.here.addTo(all);
      node = i >= 0 ? node.child(text.charAt(i)) : null;
    }
    for (Part part : parts) {
      if (text.contains(part.text())) {
        part.conditions().addTo(all);
      }
    }
    if (blocks.length > 0) {
      blocks(Address.parse(text), all);
    }
  }

  private void blocks(@Nullable Address address, long[] all) {
    if (address == null) {
      return;
    }
    long high = address.high();
    long low = address.low();
    for (Block block : blocks) {
      if ((high & block.highMask()) == block.high() && (low & block.lowMask()) == block.low()) {
        block.conditions().addTo(all);
      }
    }
  }
}
