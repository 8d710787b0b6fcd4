package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.json.JsonKey;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A place in the tree of a source's names: what to do with a value here, and the names below. Names that the definition
/// does not know are added as they are seen, up to a budget, so that their second time costs one look-up.
public final class Node {
  private static final int MAX_NAME = 256;
  private static final int MAX_DEPTH_NAMES = 16;

  private static final int MOST_RECENT = 64;

  private final Names<Node> children = new Names<>();
  // Children by the small number of their key, one for each place: a look-up that neither hashes
  // nor compares a name.
  private @Nullable JsonKey[] recentKeys = new JsonKey[4];
  private @Nullable Node[] recent = new Node[4];
  private final Mapping mapping;
  private final String path;
  private final int depth;
  private @Nullable Target target;
  private final List<Similar> similar = new ArrayList<>(0);

  /// Names that begin alike: `a#` is an `a` and digits, `a*` anything that begins with it.
  private record Similar(String beginning, boolean digits, Target target) {
    boolean fits(String name) {
      if (!name.startsWith(beginning) || name.length() == beginning.length()) {
        return false;
      }
      for (int i = beginning.length(); digits && i < name.length(); i++) {
        if (name.charAt(i) < '0' || name.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }
  }

  Node(Mapping mapping, String path, int depth) {
    this.mapping = mapping;
    this.path = path;
    this.depth = depth;
  }

  /// The place of a name below this one; never null, an unknown name gets a vendor field.
  ///
  /// @param hash of the name, by [metron.parsers.scan.Bytes#hash]
  public Node child(byte[] b, int from, int to, int hash) {
    Node known = children.get(b, from, to, hash);
    return known != null ? known : unknown(b, from, to, hash);
  }

  /// As above, for a key of JSON.
  @SuppressWarnings("ReferenceEquality") // keys are unique objects for their tape
  public Node child(JsonKey key) {
    int i = key.id() & (recent.length - 1);
    Node known = recent[i];
    return known != null && recentKeys[i] == key ? known : recall(key);
  }

  private Node recall(JsonKey key) {
    byte[] name = key.bytes();
    int hash = Bytes.hash(name, 0, name.length);
    Node known = children.get(name, 0, name.length, hash);
    Node node = known != null ? known : unknown(name, 0, name.length, hash);
    if (known != null && key.id() != JsonKey.UNLEARNED) {
      if (recent.length < MOST_RECENT && recent.length < children.size() * 2) {
        recentKeys = new JsonKey[recent.length * 2];
        recent = new Node[recent.length * 2];
      }
      int i = key.id() & (recent.length - 1);
      recentKeys[i] = key;
      recent[i] = node;
    }
    return node;
  }

  /// What to do with a value at this place.
  public Target target() {
    Target t = target;
    if (t == null) {
      t = vendor();
      target = t;
    }
    return t;
  }

  /// The names down to here, with points between.
  public String path() {
    return path;
  }

  /// Whether everything below is dropped.
  public boolean dropped() {
    return Target.NOWHERE.equals(target);
  }

  /// A name whose first two bytes are not the only ones: cut, and free of control characters.
  private static String name(byte[] b, int from, int to) {
    int end = Math.min(to, from + MAX_NAME);
    String name = new String(b, from, end - from, StandardCharsets.UTF_8);
    StringBuilder clean = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        if (clean == null) {
          clean = new StringBuilder(name);
        }
        clean.setCharAt(i, '_');
      }
    }
    name = clean == null ? name : clean.toString();
    return name.isBlank() ? "_" : name;
  }

  private Node unknown(byte[] b, int from, int to, int hash) {
    // Below so many names nobody finds a field any more, and the names would grow without end.
    if (depth >= MAX_DEPTH_NAMES) {
      return this;
    }
    String name = name(b, from, to);
    Node node = new Node(mapping, path.isEmpty() ? name : path + "." + name, depth + 1);
    for (Similar s : similar) {
      if (s.fits(name)) {
        node.target = s.target();
        break;
      }
    }
    if (to - from <= MAX_NAME && mapping.learn()) {
      children.put(Arrays.copyOfRange(b, from, to), hash, node);
    }
    return node;
  }

  private Target vendor() {
    String name = mapping.prefix().isEmpty() ? path : mapping.prefix() + "." + path;
    var known = FieldCatalogue.get().entry(name);
    if (known.isPresent()) {
      return Target.of(known.get().field(), Conversion.DEFAULT, path);
    }
    return new Target.Vendor(name);
  }

  void add(String name, Target value) {
    if (name.endsWith("*") || name.endsWith("#")) {
      Node parent = this;
      int start = 0;
      int at = name.indexOf('.');
      while (at > 0) {
        parent = parent.below(name.substring(start, at));
        start = at + 1;
        at = name.indexOf('.', start);
      }
      // Later ones come first, so that a type's own win over those of all types.
      parent.similar.addFirst(
          new Similar(name.substring(start, name.length() - 1), name.endsWith("#"), value));
      return;
    }
    int dot = name.indexOf('.');
    below(name).target = value;
    if (dot > 0) {
      Node node = this;
      int start = 0;
      while (dot > 0) {
        node = node.below(name.substring(start, dot));
        start = dot + 1;
        dot = name.indexOf('.', start);
      }
      node.below(name.substring(start)).target = value;
    }
  }

  private Node below(String name) {
    Node node = children.get(name);
    if (node == null) {
      node = new Node(mapping, path.isEmpty() ? name : path + "." + name, depth + 1);
      children.put(name, node);
    }
    return node;
  }

  /// The field that a value of this place goes to when nothing else is said; for formats that type by their header.
  Field vendorField(metron.event.FieldType type) {
    String name = mapping.prefix().isEmpty() ? path : mapping.prefix() + "." + path;
    return FieldCatalogue.get().fieldOr(name, type);
  }
}
