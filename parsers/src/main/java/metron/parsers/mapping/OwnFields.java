package metron.parsers.mapping;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Position;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import org.jspecify.annotations.Nullable;

/// The vendor fields that a definition names with a type, `own: {zeek.connection.missed_bytes: long}`; `[]` after the type
/// says that the field repeats. A field that is neither in the catalogue nor named here is a fault when a mapping points
/// at it, so that a typing error does not become a new field.
final class OwnFields {
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final String prefix;

  private OwnFields(String prefix) {
    this.prefix = prefix;
  }

  static OwnFields read(String prefix, Map<String, ConfigNode> entries, Faults faults) {
    OwnFields own = new OwnFields(prefix);
    entries.forEach(
        (name, node) -> {
          String text = node.text(faults).strip();
          boolean repeated = text.endsWith("[]");
          FieldType type = type(repeated ? text.substring(0, text.length() - 2) : text);
          if (type == null) {
            faults.add(
                node.at(),
                name
                    + " is \""
                    + text
                    + "\", expected a type: text, long, double, boolean, time or ip, with [] for a list");
            return;
          }
          try {
            own.fields.put(
                name, FieldCatalogue.get().registerSensorField(name, type, repeated, name));
          } catch (IllegalArgumentException e) {
            faults.add(node.at(), String.valueOf(e.getMessage()));
          }
        });
    return own;
  }

  /// The field of that name; a fault if nobody knows it.
  Field resolve(String name, Position at, Faults faults) {
    Field field = fields.get(name);
    if (field != null) {
      return field;
    }
    FieldCatalogue catalogue = FieldCatalogue.get();
    field = catalogue.field(name);
    if (field.isExt()) {
      faults.add(
          at,
          "field "
              + name
              + " is neither in ECS nor named under 'own'"
              + (name.startsWith(prefix + ".") ? "; add it there with its type" : ""));
    }
    return field;
  }

  private static @Nullable FieldType type(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text", "string", "keyword" -> FieldType.STRING;
      case "long", "integer" -> FieldType.LONG;
      case "double", "float" -> FieldType.DOUBLE;
      case "boolean" -> FieldType.BOOLEAN;
      case "time", "instant", "date" -> FieldType.INSTANT;
      case "ip" -> FieldType.IP;
      default -> null;
    };
  }
}
