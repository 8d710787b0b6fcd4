package metron.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Walks a JSON object in one pass over its bytes and hands each value to a sink, with what the caller wants to know of its
/// path. Paths are flattened: keys are joined by dots, arrays add nothing, so an array of objects gives parallel runs of
/// values and `{"a":{"b":1}}` is the same as `{"a.b":1}`.
///
/// ```java
/// static final JsonWalker<Field> WALKER = new JsonWalker<>(FieldCatalogue.get()::field);
/// WALKER.walk(bytes, (field, leaf) -> ...);
/// ```
///
/// How it is fast: the paths seen form a trie that the walker learns once; each node keeps its target, the bytes of its key,
/// and which key came next the last time. Lines of one sensor look alike, so nearly every key is found by comparing it with
/// that guess, without hashing it or making a text of it. Text is scanned eight bytes at a time (the "byte in word" test of
/// Mycroft, 1987). Values are decoded only when asked for.
///
/// Taken is RFC 8259, and beyond it raw control characters inside strings, which sensors do write. Bounds: [#MAX_DEPTH],
/// [#MAX_PATH], and [#MAX_UNKNOWN] paths a document once the trie is full, so hostile keys can't take memory. May be used
/// by any number of threads.
///
/// @param <T> what the caller keeps for a path, such as a field or an instruction
public final class JsonWalker<T> {
  /// Levels of objects and arrays.
  public static final int MAX_DEPTH = 64;

  /// Characters of a flattened path.
  public static final int MAX_PATH = 1024;

  /// Paths that the trie learns; later ones are worked out anew each time.
  static final int MAX_LEARNED = 8192;

  /// Paths outside the full trie that one document may have.
  static final int MAX_UNKNOWN = 2000;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  /// Takes values.
  @FunctionalInterface
  public interface Sink<T> {
    /// @param target what the walker's function answered for the path of this value
    /// @param leaf valid during this call
    /// @throws JsonException ends the walk; see [JsonWalker#refuse]
    void leaf(T target, JsonLeaf leaf) throws JsonException;
  }

  private final Function<String, ? extends @Nullable T> targets;
  private final Node<T> root = new Node<>(new byte[0], 0, "", null);
  private int learned;

  /// @param targets asked once for each path; null: nobody wants values of this path. Must be pure
  public JsonWalker(Function<String, ? extends @Nullable T> targets) {
    this.targets = targets;
  }

  /// Walks a whole array of bytes, UTF-8.
  public void walk(byte[] bytes, Sink<? super T> sink) throws JsonException {
    walk(bytes, 0, bytes.length, sink);
  }

  /// @throws JsonException if the bytes are not one JSON object with at most white space around it. The sink has seen the
  ///     values before the fault
  public void walk(byte[] bytes, int from, int to, Sink<? super T> sink) throws JsonException {
    new Walk(bytes, from, to, sink).document();
  }

  /// An exception for a sink to throw: the value can't be taken.
  public static JsonException refuse(JsonLeaf leaf, String message) {
    return new JsonException(leaf.from, message);
  }

  /// A path. Immutable but for the table of children, which is replaced as a whole, and the guesses, which may be stale: a
  /// thread that sees an old table learns again under the lock, one that sees an old guess looks in the table.
  private static final class Node<T> {
    final byte[] key;
    final int hash;
    final String path;
    final @Nullable T target;
    // Keys with a quote or backslash are written escaped, so their bytes can't be compared with the
    // input.
    final boolean literal;
    @Nullable Node<T>[] children = table(4);
    int childCount;
    @Nullable Node<T> firstChild;
    @Nullable Node<T> follower;

    Node(byte[] key, int hash, String path, @Nullable T target) {
      this.key = key;
      this.hash = hash;
      this.path = path;
      this.target = target;
      boolean plain = true;
      for (byte b : key) {
        plain &= b != '"' && b != '\\';
      }
      literal = plain;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T> @Nullable Node<T>[] table(int size) {
      return new Node[size];
    }

    @Nullable Node<T> find(byte[] bytes, int from, int to, int hash) {
      @Nullable Node<T>[] table = children;
      for (int i = hash & (table.length - 1); ; i = (i + 1) & (table.length - 1)) {
        Node<T> node = table[i];
        if (node == null) {
          return null;
        }
        if (node.hash == hash && Arrays.equals(node.key, 0, node.key.length, bytes, from, to)) {
          return node;
        }
      }
    }

    /// Under the walker's lock.
    void add(Node<T> child) {
      @Nullable Node<T>[] table = table(Math.max(4, Integer.highestOneBit(childCount + 1) * 4));
      for (Node<T> node : children) {
        if (node != null) {
          put(table, node);
        }
      }
      put(table, child);
      childCount++;
      children = table;
    }

    private static <T> void put(@Nullable Node<T>[] table, Node<T> node) {
      int i = node.hash & (table.length - 1);
      while (table[i] != null) {
        i = (i + 1) & (table.length - 1);
      }
      table[i] = node;
    }
  }

  private synchronized Node<T> learn(Node<T> parent, byte[] key, int hash) {
    Node<T> known = parent.find(key, 0, key.length, hash);
    if (known != null) {
      return known;
    }
    Node<T> node = make(parent, key, hash);
    if (learned < MAX_LEARNED) {
      learned++;
      parent.add(node);
    }
    return node;
  }

  private Node<T> make(Node<T> parent, byte[] key, int hash) {
    String name = new String(key, StandardCharsets.UTF_8);
    String path = parent == root ? name : parent.path + "." + name;
    return new Node<>(key, hash, path, targets.apply(path));
  }

  private static int hash(byte[] bytes, int from, int to) {
    int h = to - from;
    for (int i = from; i < to; i++) {
      h = h * 31 + bytes[i];
    }
    return h ^ (h >>> 15);
  }

  private final class Walk {
    private final byte[] bytes;
    private final int to;
    private final Sink<? super T> sink;
    private final JsonLeaf leaf;
    private int at;
    private int depth;
    private int unknown;
    // Of the text scanned last.
    private boolean escaped;
    private boolean ascii;

    Walk(byte[] bytes, int from, int to, Sink<? super T> sink) {
      this.bytes = bytes;
      this.to = to;
      this.sink = sink;
      at = from;
      leaf = new JsonLeaf(bytes);
    }

    void document() throws JsonException {
      if (blanks() != '{') {
        throw unexpected("an object '{'");
      }
      object(root);
      if (blanks() >= 0) {
        throw unexpected("the end after the object");
      }
    }

    /// Passes white space.
    ///
    /// @return the byte after it, -1 at the end
    private int blanks() {
      byte[] b = bytes;
      int i = at;
      while (i < to) {
        byte c = b[i];
        if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
          at = i;
          return c & 255;
        }
        i++;
      }
      at = i;
      return -1;
    }

    private void object(Node<T> node) throws JsonException {
      if (++depth > MAX_DEPTH) {
        throw new JsonException(at, "nested deeper than " + MAX_DEPTH + " levels");
      }
      at++;
      if (blanks() == '}') {
        at++;
        depth--;
        return;
      }
      Node<T> previous = null;
      while (true) {
        if (blanks() != '"') {
          throw unexpected("a key in '\"'");
        }
        Node<T> child = key(node, previous);
        previous = child;
        if (blanks() != ':') {
          throw unexpected("':' after the key");
        }
        at++;
        value(child);
        int next = blanks();
        if (next == ',') {
          at++;
        } else if (next == '}') {
          at++;
          depth--;
          return;
        } else {
          throw unexpected("',' or '}'");
        }
      }
    }

    private Node<T> key(Node<T> parent, @Nullable Node<T> previous) throws JsonException {
      int start = at + 1;
      Node<T> guess = previous == null ? parent.firstChild : previous.follower;
      if (guess != null && guess.literal) {
        int end = start + guess.key.length;
        if (end < to
            && bytes[end] == '"'
            && Arrays.equals(bytes, start, end, guess.key, 0, guess.key.length)) {
          at = end + 1;
          return guess;
        }
      }
      int end = text();
      Node<T> child;
      if (escaped) {
        byte[] key = JsonLeaf.unescape(bytes, start, end).getBytes(StandardCharsets.UTF_8);
        child = find(parent, key, 0, key.length);
      } else {
        child = find(parent, bytes, start, end);
      }
      if (previous == null) {
        parent.firstChild = child;
      } else {
        previous.follower = child;
      }
      return child;
    }

    private Node<T> find(Node<T> parent, byte[] source, int from, int end) throws JsonException {
      int hash = hash(source, from, end);
      Node<T> child = parent.find(source, from, end, hash);
      if (child == null) {
        if (parent.path.length() + end - from > MAX_PATH) {
          throw new JsonException(at, "a key path is longer than " + MAX_PATH + " characters");
        }
        if (learned >= MAX_LEARNED) {
          if (++unknown > MAX_UNKNOWN) {
            throw new JsonException(at, "more than " + MAX_UNKNOWN + " keys never seen before");
          }
          return make(parent, Arrays.copyOfRange(source, from, end), hash);
        }
        child = learn(parent, Arrays.copyOfRange(source, from, end), hash);
      }
      return child;
    }

    private void value(Node<T> node) throws JsonException {
      switch (blanks()) {
        case '"' -> {
          int start = at + 1;
          int end = text();
          leaf.text(start, end, escaped, ascii);
          emit(node);
        }
        case '{' -> object(node);
        case '[' -> array(node);
        case 't' -> word(node, "true", JsonLeaf.Kind.BOOLEAN);
        case 'f' -> word(node, "false", JsonLeaf.Kind.BOOLEAN);
        case 'n' -> word(node, "null", JsonLeaf.Kind.NULL);
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(node);
        default -> throw unexpected("a value");
      }
    }

    private void emit(Node<T> node) throws JsonException {
      T target = node.target;
      if (target != null) {
        sink.leaf(target, leaf);
      }
    }

    private void array(Node<T> node) throws JsonException {
      if (++depth > MAX_DEPTH) {
        throw new JsonException(at, "nested deeper than " + MAX_DEPTH + " levels");
      }
      at++;
      leaf.arrays++;
      if (blanks() == ']') {
        at++;
      } else {
        while (true) {
          value(node);
          int next = blanks();
          if (next == ',') {
            at++;
          } else if (next == ']') {
            at++;
            break;
          } else {
            throw unexpected("',' or ']'");
          }
        }
      }
      leaf.arrays--;
      depth--;
    }

    private void word(Node<T> node, String word, JsonLeaf.Kind kind) throws JsonException {
      int end = at + word.length();
      if (end > to) {
        throw unexpected(word);
      }
      for (int i = 1; i < word.length(); i++) {
        if (bytes[at + i] != word.charAt(i)) {
          throw unexpected(word);
        }
      }
      leaf.plain(kind, at, end);
      at = end;
      emit(node);
    }

    private void number(Node<T> node) throws JsonException {
      byte[] b = bytes;
      int start = at;
      int i = b[start] == '-' ? start + 1 : start;
      int first = i;
      i = digits(i);
      if (i == first || (b[first] == '0' && i > first + 1)) {
        throw new JsonException(start, "found a malformed number at byte " + start);
      }
      JsonLeaf.Kind kind = JsonLeaf.Kind.INTEGER;
      if (i < to && b[i] == '.') {
        kind = JsonLeaf.Kind.DECIMAL;
        first = i + 1;
        i = digits(first);
        if (i == first) {
          throw new JsonException(start, "found a malformed number at byte " + start);
        }
      }
      if (i < to && (b[i] | 0x20) == 'e') {
        kind = JsonLeaf.Kind.DECIMAL;
        first = i + 1;
        if (first < to && (b[first] == '+' || b[first] == '-')) {
          first++;
        }
        i = digits(first);
        if (i == first) {
          throw new JsonException(start, "found a malformed number at byte " + start);
        }
      }
      leaf.plain(kind, start, i);
      at = i;
      emit(node);
    }

    private int digits(int from) {
      int i = from;
      while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
        i++;
      }
      return i;
    }

    /// Passes a string and checks its escapes.
    ///
    /// @return where its closing quote stands
    private int text() throws JsonException {
      byte[] b = bytes;
      int i = at + 1;
      boolean sawEscape = false;
      long high = 0;
      while (true) {
        while (i + 8 <= to) {
          long word = (long) LONG.get(b, i);
          long quote = word ^ QUOTES;
          long slash = word ^ BACKSLASHES;
          long hit = (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash)) & HIGHS;
          if (hit == 0) {
            high |= word;
            i += 8;
            continue;
          }
          int skip = Long.numberOfTrailingZeros(hit) >>> 3;
          high |= skip == 0 ? 0 : word << (64 - 8 * skip);
          i += skip;
          break;
        }
        // In the last bytes there is no whole word to load; after a hit this loop ends at once.
        while (i < to && b[i] != '"' && b[i] != '\\') {
          high |= b[i] < 0 ? HIGHS : 0;
          i++;
        }
        if (i >= to) {
          throw new JsonException(at, "the string that starts at byte " + at + " has no end");
        }
        if (b[i] == '"') {
          at = i + 1;
          escaped = sawEscape;
          ascii = (high & HIGHS) == 0;
          return i;
        }
        sawEscape = true;
        i = escape(i);
      }
    }

    private int escape(int i) throws JsonException {
      int c = i + 1 < to ? bytes[i + 1] : -1;
      switch (c) {
        case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
          return i + 2;
        }
        case 'u' -> {
          if (i + 6 <= to
              && (JsonLeaf.hex(bytes[i + 2])
                      | JsonLeaf.hex(bytes[i + 3])
                      | JsonLeaf.hex(bytes[i + 4])
                      | JsonLeaf.hex(bytes[i + 5]))
                  >= 0) {
            return i + 6;
          }
        }
        default -> {}
      }
      throw new JsonException(i, "found an unknown escape at byte " + i);
    }

    private JsonException unexpected(String expected) {
      String found;
      if (at >= to) {
        found = "the end";
      } else {
        int c = bytes[at] & 255;
        found = c >= ' ' && c < 127 ? "'" + (char) c + "'" : String.format("byte 0x%02x", c);
      }
      return new JsonException(at, "found " + found + " at byte " + at + ", expected " + expected);
    }
  }
}
