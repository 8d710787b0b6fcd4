package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.event.Event;
import metron.event.Field;
import org.jspecify.annotations.Nullable;

/// Fields with fixed values, checked and typed when the definition is read.
///
/// @param fields never changed
record Constants(Event fields) {
  static final Constants NONE = new Constants(new Event());

  static Constants read(Map<String, ConfigNode> entries, OwnFields own, Faults faults) {
    Event fields = new Event();
    entries.forEach(
        (name, node) -> {
          Field field = own.resolve(name, node.at(), faults);
          List<Object> typed = new ArrayList<>();
          for (String text : node.texts(faults)) {
            Object value = typed(field, text);
            if (value == null) {
              faults.add(node.at(), name + " is \"" + text + "\", expected " + field.type());
            } else {
              typed.add(value);
            }
          }
          fields.set(field, typed);
        });
    return new Constants(fields);
  }

  static Constants of(Field field, String value) {
    Event fields = new Event();
    fields.set(field, value);
    return new Constants(fields);
  }

  private static @Nullable Object typed(Field field, String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return Conversion.DEFAULT.boxed(field, b, 0, b.length);
  }

  Constants with(Constants more) {
    Event all = fields.copy();
    all.setAll(more.fields);
    return new Constants(all);
  }
}
