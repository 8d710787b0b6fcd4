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
/// @param fields in order
/// @param values boxed, of the field's type; lists are unmodifiable
record Constants(List<Field> fields, List<Object> values) {
  static final Constants NONE = new Constants(List.of(), List.of());

  Constants {
    fields = List.copyOf(fields);
    values = List.copyOf(values);
  }

  static Constants read(Map<String, ConfigNode> entries, OwnFields own, Faults faults) {
    List<Field> fields = new ArrayList<>();
    List<Object> values = new ArrayList<>();
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
          if (!typed.isEmpty()) {
            fields.add(field);
            values.add(
                typed.size() == 1 && !field.repeated() ? typed.getFirst() : List.copyOf(typed));
          }
        });
    return new Constants(fields, values);
  }

  private static @Nullable Object typed(Field field, String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return Conversion.DEFAULT.boxed(field, b, 0, b.length);
  }

  void setAll(Event event) {
    for (int i = 0; i < fields.size(); i++) {
      event.setBoxed(fields.get(i), values.get(i));
    }
  }

  Constants with(Constants more) {
    List<Field> f = new ArrayList<>(fields);
    List<Object> v = new ArrayList<>(values);
    for (int i = 0; i < more.fields.size(); i++) {
      int at = f.indexOf(more.fields.get(i));
      if (at >= 0) {
        v.set(at, more.values.get(i));
      } else {
        f.add(more.fields.get(i));
        v.add(more.values.get(i));
      }
    }
    return new Constants(f, v);
  }
}
