package metron.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Every field that Metron knows: ECS from the shipped list, the vendor fields of the sensors, and the classic Metron names
/// as aliases. One for the process, so that a [Field] can be compared by reference.
///
/// The shipped list is the resource `fields.tsv`: name, type, level, `array` or empty, short description; a line's number
/// is the field's id, so lines are only ever added at the end. Sensors register their own prefix when their definitions
/// are loaded. All methods may be called from any thread.
public final class FieldCatalogue {
  /// What the catalogue says of a field.
  ///
  /// @param level `core`, `extended` (both ECS), `metron` (ours) or `sensor` (a vendor's)
  public record Entry(Field field, String level, String description) {}

  private static final FieldCatalogue INSTANCE = new FieldCatalogue();

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("ip_src_addr", "source.ip"),
          Map.entry("ip_dst_addr", "destination.ip"),
          Map.entry("ip_src_port", "source.port"),
          Map.entry("ip_dst_port", "destination.port"),
          Map.entry("protocol", "network.transport"),
          Map.entry("timestamp", "@timestamp"),
          Map.entry("original_string", "event.original"),
          Map.entry("source.type", "metron.sensor"),
          Map.entry("source:type", "metron.sensor"),
          Map.entry("guid", "event.id"));

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>(4096);
  private final Field[] shipped;
  private int nextId;

  private FieldCatalogue() {
    try (InputStream in = FieldCatalogue.class.getResourceAsStream("fields.tsv")) {
      if (in == null) {
        throw new IllegalStateException("resource metron/event/fields.tsv is missing from the jar");
      }
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<Field> fields = new ArrayList<>(3000);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] c = line.split("\t", -1);
        fields.add(register(c[0], FieldType.valueOf(c[1]), c[3].equals("array"), c[2], c[4]));
      }
      shipped = fields.toArray(Field[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("resource metron/event/fields.tsv can't be read", e);
    }
  }

  public static FieldCatalogue get() {
    return INSTANCE;
  }

  /// The field of that name: from the catalogue, or a text field outside it. Aliases are followed.
  public Field field(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      String real = ALIASES.get(name);
      if (real != null) {
        entry = entries.get(real);
      }
    }
    return entry == null ? Field.ext(name, FieldType.STRING) : entry.field();
  }

  /// As [#field], typed as given when the catalogue does not have it.
  public Field fieldOr(String name, FieldType type) {
    Field field = field(name);
    return field.isExt() ? Field.ext(name, type) : field;
  }

  /// What is known of a field; aliases are followed.
  public Optional<Entry> entry(String name) {
    return Optional.ofNullable(entries.get(ALIASES.getOrDefault(name, name)));
  }

  /// Adds a sensor's own field; a second registration with the same type is the same field.
  ///
  /// @throws IllegalArgumentException if the name is known with another type: naming both
  public Field registerSensorField(
      String name, FieldType type, boolean repeated, String description) {
    return register(name, type, repeated, "sensor", description);
  }

  private synchronized Field register(
      String name, FieldType type, boolean repeated, String level, String description) {
    Entry known = entries.get(name);
    if (known != null) {
      if (known.field().type() != type) {
        throw new IllegalArgumentException(
            "field " + name + " is " + known.field().type() + " already, found " + type);
      }
      return known.field();
    }
    Field field = new Field(nextId++, name, type, repeated);
    entries.put(name, new Entry(field, level, description));
    return field;
  }

  /// The fields of the shipped list, by id: the same in every process of this release, and a prefix of later releases'.
  public Field[] shipped() {
    return shipped.clone();
  }

  /// How many fields there are; grows when a sensor registers its own.
  public int size() {
    return entries.size();
  }

  /// Classic Metron name to field name, such as `ip_src_addr` to `source.ip`.
  public static Map<String, String> aliases() {
    return ALIASES;
  }

  /// All fields, in no order.
  public Collection<Entry> all() {
    return List.copyOf(entries.values());
  }

  /// All names that start with `prefix`, sorted; for completion.
  public List<String> startingWith(String prefix) {
    List<String> names = new ArrayList<>();
    for (String name : entries.keySet()) {
      if (name.startsWith(prefix)) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }
}
