package metron.parsers.mapping;

import java.util.Arrays;
import java.util.Map;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// All mappings of a sensor, opened for one parser: what every record shares, and one for each record type.
public final class Mappings {
  /// Unknown names that a parser remembers; after that they are handled, only slower.
  private static final int MAX_LEARNED = 8_192;

  private static final int MAX_TYPES = 256;

  private final MappingPlan plan;
  private final Mapping base;
  private final Names<Mapping> types = new Names<>();
  private int learned;

  Mappings(MappingPlan plan) {
    this.plan = plan;
    this.base = plan.base(this);
    for (Map.Entry<String, MappingPlan.Part> type : plan.types().entrySet()) {
      types.put(type.getKey(), plan.open(this, type.getKey(), type.getValue()));
    }
  }

  /// The mapping of records without a type.
  public Mapping base() {
    return base;
  }

  /// The mapping of a record type, in the source's word for it. A type the definition does not know is read with what all
  /// types share, and its fields are kept under the type's name.
  public Mapping of(byte[] b, int from, int to) {
    int hash = Bytes.hash(b, from, to);
    Mapping known = types.get(b, from, to, hash);
    if (known != null) {
      return known;
    }
    String name = typeName(b, from, to);
    if (name == null || types.size() >= MAX_TYPES) {
      return base;
    }
    Mapping mapping = plan.open(this, name, plan.base());
    types.put(Arrays.copyOfRange(b, from, to), hash, mapping);
    return mapping;
  }

  public Mapping of(String type) {
    byte[] b = type.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return of(b, 0, b.length);
  }

  /// Whether the definition knows that type.
  public boolean knows(byte[] b, int from, int to) {
    return types.get(b, from, to) != null;
  }

  boolean learn() {
    return learned++ < MAX_LEARNED;
  }

  /// The type if it can be part of a field name: letters, digits, `_`, `-`, at most 64.
  private static @Nullable String typeName(byte[] b, int from, int to) {
    if (to - from < 1 || to - from > 64) {
      return null;
    }
    for (int i = from; i < to; i++) {
      byte c = b[i];
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || Bytes.isDigit(c)
              || c == '_'
              || c == '-';
      if (!ok) {
        return null;
      }
    }
    return Bytes.text(b, from, to);
  }
}
