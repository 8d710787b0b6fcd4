package metron.enrichment.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metron.event.Cidr;
import metron.event.IpAddress;

/// Writes a MaxMind DB, format 2.0, with an IPv6 tree of 32-bit records; IPv4 networks lie below `::/96`.
///
/// ```
/// tree      nodeCount × { left: uint32, right: uint32 }   value < nodeCount: a node; = nodeCount: nothing;
///                                                          else data at value - nodeCount - 16
/// separator 16 zero bytes
/// data      self-describing values (control byte: type << 5 | size)
/// marker    AB CD EF "MaxMind.com", then the metadata map
/// ```
/// See https://maxmind.github.io/MaxMind-DB/. Of two networks that overlap the later one has the addresses of both.
public final class MmdbWriter {
  private static final byte[] MARKER = {
    (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };
  private static final int EMPTY = -1;

  // Two children a node: a node's index, EMPTY, or -2 - (position of its record in the data
  // section).
  private int[] children = {EMPTY, EMPTY};
  private int nodes = 1;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Map<Map<String, ?>, Integer> written = new HashMap<>();

  /// Gives all addresses of a network the record. Values are `String`, `Integer` and `Long` (written as uint32), `Double`,
  /// `Boolean`, `List` and `Map` of these.
  public MmdbWriter put(Cidr network, Map<String, ?> record) {
    boolean v4 = network.address().isV4() && network.prefix() >= 96;
    IpAddress ip =
        v4 ? new IpAddress(0, network.address().low() & 0xffff_ffffL) : network.address();
    int leaf = -2 - position(record);
    int node = 0;
    for (int depth = 0; depth < network.prefix() - 1; depth++) {
      int slot = node * 2 + bit(ip, depth);
      int child = children[slot];
      if (child < 0) {
        // An outer network's record goes to both halves, so that the rest of it keeps its record.
        int fresh = node(child);
        children[slot] = fresh;
        child = fresh;
      }
      node = child;
    }
    if (network.prefix() == 0) {
      children[0] = leaf;
      children[1] = leaf;
    } else {
      children[node * 2 + bit(ip, network.prefix() - 1)] = leaf;
    }
    return this;
  }

  /// As [#put], for the addresses from `first` to `last`, both included.
  public MmdbWriter putRange(IpAddress first, IpAddress last, Map<String, ?> record) {
    IpAddress from = first;
    while (from.compareTo(last) <= 0) {
      int prefix = 128;
      while (prefix > 0) {
        Cidr wider = new Cidr(from, prefix - 1);
        if (!wider.address().equals(from) || wider.last().compareTo(last) > 0) {
          break;
        }
        prefix--;
      }
      Cidr network = new Cidr(from, prefix);
      put(network, record);
      IpAddress end = network.last();
      if (end.low() == -1 && end.high() == -1) {
        break;
      }
      from = new IpAddress(end.low() == -1 ? end.high() + 1 : end.high(), end.low() + 1);
    }
    return this;
  }

  /// @param type name of the kind of database, such as `GeoLite2-City`
  public void write(String type, Instant built, OutputStream out) throws IOException {
    byte[] tree = new byte[nodes * 8];
    for (int i = 0; i < nodes * 2; i++) {
      int child = children[i];
      int value = child == EMPTY ? nodes : child >= 0 ? child : nodes + 16 + (-2 - child);
      tree[i * 4] = (byte) (value >> 24);
      tree[i * 4 + 1] = (byte) (value >> 16);
      tree[i * 4 + 2] = (byte) (value >> 8);
      tree[i * 4 + 3] = (byte) value;
    }
    out.write(tree);
    out.write(new byte[16]);
    data.writeTo(out);
    out.write(MARKER);
    ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    control(metadata, 7, 9);
    text(metadata, "binary_format_major_version");
    unsigned(metadata, 5, 2);
    text(metadata, "binary_format_minor_version");
    unsigned(metadata, 5, 0);
    text(metadata, "build_epoch");
    unsigned(metadata, 9, built.getEpochSecond());
    text(metadata, "database_type");
    text(metadata, type);
    text(metadata, "description");
    value(metadata, Map.of("en", type));
    text(metadata, "ip_version");
    unsigned(metadata, 5, 6);
    text(metadata, "languages");
    value(metadata, List.of("en"));
    text(metadata, "node_count");
    unsigned(metadata, 6, nodes);
    text(metadata, "record_size");
    unsigned(metadata, 5, 32);
    metadata.writeTo(out);
  }

  private int position(Map<String, ?> record) {
    Integer known = written.get(record);
    if (known != null) {
      return known;
    }
    int position = data.size();
    value(data, record);
    written.put(Map.copyOf(record), position);
    return position;
  }

  private int node(int inherited) {
    if (nodes * 2 == children.length) {
      children = Arrays.copyOf(children, children.length * 2);
    }
    children[nodes * 2] = inherited;
    children[nodes * 2 + 1] = inherited;
    return nodes++;
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String s -> text(out, s);
      case Integer i -> unsigned(out, 6, i & 0xffff_ffffL);
      case Long l -> unsigned(out, 6, l);
      case Double d -> {
        control(out, 3, 8);
        long bits = Double.doubleToLongBits(d);
        for (int shift = 56; shift >= 0; shift -= 8) {
          out.write((int) (bits >> shift));
        }
      }
      case Boolean b -> control(out, 14, b ? 1 : 0);
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(each -> value(out, each));
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((k, v) -> sorted.put((String) k, v));
        sorted.forEach(
            (k, v) -> {
              text(out, k);
              value(out, v);
            });
      }
      default ->
          throw new IllegalArgumentException(
              "found "
                  + value.getClass().getSimpleName()
                  + ", expected text, a number, a truth value, a list or a map");
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    control(out, 2, utf8.length);
    out.writeBytes(utf8);
  }

  private static void unsigned(ByteArrayOutputStream out, int type, long value) {
    int bytes = (64 - Long.numberOfLeadingZeros(value) + 7) / 8;
    control(out, type, bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >> (8 * i)));
    }
  }

  /// Types above 7 are "extended": zero type bits, and a second byte of type - 7. Sizes from 29 on take 1 to 3 more bytes.
  private static void control(ByteArrayOutputStream out, int type, int size) {
    int low = size < 29 ? size : size < 285 ? 29 : size < 65_821 ? 30 : 31;
    out.write(type <= 7 ? type << 5 | low : low);
    if (type > 7) {
      out.write(type - 7);
    }
    if (low == 29) {
      out.write(size - 29);
    } else if (low == 30) {
      out.write((size - 285) >> 8);
      out.write(size - 285);
    } else if (low == 31) {
      out.write((size - 65_821) >> 16);
      out.write((size - 65_821) >> 8);
      out.write(size - 65_821);
    }
  }

  private static int bit(IpAddress ip, int i) {
    return (int) (i < 64 ? ip.high() >>> (63 - i) : ip.low() >>> (127 - i)) & 1;
  }
}
