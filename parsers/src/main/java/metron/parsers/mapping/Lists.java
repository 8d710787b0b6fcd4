package metron.parsers.mapping;

import java.util.Arrays;
import java.util.List;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;

/// Values of fields that stand inside an array, gathered until the array ends. Its buffers are used again.
final class Lists {
  /// A buffer longer than this is not kept for the next array.
  private static final int MOST_KEPT = 1_024;

  private Gathered[] all = {};
  private int size;

  private static final class Gathered {
    Field field;
    Object[] values = new Object[8];
    int size;

    Gathered(Field field) {
      this.field = field;
    }
  }

  /// Fields that have values now.
  int size() {
    return size;
  }

  void append(Field field, Object value) {
    Gathered g = of(field);
    if (g.size == g.values.length) {
      g.values = Arrays.copyOf(g.values, g.size * 2);
    }
    g.values[g.size++] = value;
  }

  private Gathered of(Field field) {
    for (int i = 0; i < size; i++) {
      if (all[i].field.equals(field)) {
        return all[i];
      }
    }
    if (size == all.length) {
      all = Arrays.copyOf(all, Math.max(8, size * 2));
      for (int i = size; i < all.length; i++) {
        all[i] = new Gathered(field);
      }
    }
    Gathered next = all[size++];
    next.field = field;
    return next;
  }

  /// Sets every field, and is empty then. A field whose values differ in type becomes text.
  void moveTo(Event event) {
    for (int i = 0; i < size; i++) {
      Gathered g = all[i];
      Field field = g.field.isExt() ? typed(g) : g.field;
      if (field.type() == FieldType.STRING) {
        for (int k = 0; k < g.size; k++) {
          if (!(g.values[k] instanceof String)) {
            g.values[k] = g.values[k].toString();
          }
        }
      }
      event.set(field, list(g.values, g.size));
    }
    clear();
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      Gathered g = all[i];
      if (g.values.length > MOST_KEPT) {
        g.values = new Object[8];
      } else {
        Arrays.fill(g.values, 0, g.size, null);
      }
      g.size = 0;
    }
    size = 0;
  }

  /// A vendor's list has the type that all its items have, or text.
  private static Field typed(Gathered g) {
    Class<?> first = g.values[0].getClass();
    boolean same = true;
    for (int k = 1; k < g.size; k++) {
      same &= g.values[k].getClass() == first;
    }
    FieldType type =
        !same
            ? FieldType.STRING
            : first == Long.class
                ? FieldType.LONG
                : first == Double.class
                    ? FieldType.DOUBLE
                    : first == Boolean.class ? FieldType.BOOLEAN : FieldType.STRING;
    return FieldCatalogue.get().fieldOr(g.field.name(), type);
  }

  /// An unmodifiable list of the first so many.
  static List<Object> list(Object[] values, int size) {
    return switch (size) {
      case 1 -> List.of(values[0]);
      case 2 -> List.of(values[0], values[1]);
      default -> List.of(Arrays.copyOf(values, size));
    };
  }
}
