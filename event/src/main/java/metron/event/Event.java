package metron.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One thing that happened: flat, ordered, typed fields under ECS names.
///
/// A field is a slot: the [Field], eight bytes for a number, truth value or moment, and a reference for text, an address
/// or a list. There is no map and no boxing, so a step that reads `source.ip` compares references over a few dozen slots.
///
/// Not thread-safe: an event belongs to one step at a time. [#copy] gives another owner its own.
public final class Event {
  private static final Object NULL = new Object();
  private static final int START = 32;

  private Field[] fields = new Field[START];
  private long[] bits = new long[START];
  // Text, address or list; null where `bits` has the value; NULL where the source said null.
  private @Nullable Object[] refs = new Object[START];
  private int size;

  /// How many fields are set.
  public int size() {
    return size;
  }

  public boolean has(Field field) {
    return find(field) >= 0;
  }

  /// @return the type of the value that is set, which a field outside the catalogue may have several of; null if absent
  public @Nullable FieldType type(Field field) {
    int i = find(field);
    return i < 0 ? null : fields[i].type();
  }

  /// @return the value boxed as [FieldType] says, an unmodifiable `List` of such, or null: the hot path reads one field
  ///     a step, and an `Optional` for each showed up in the allocation profile
  public @Nullable Object get(Field field) {
    int i = find(field);
    return i < 0 ? null : value(i);
  }

  /// @return the text, the first of a list, or null if absent or not text
  public @Nullable String string(Field field) {
    return first(field) instanceof String s ? s : null;
  }

  /// @return the address, the first of a list, or null if absent or not an address
  public @Nullable IpAddress ip(Field field) {
    return first(field) instanceof IpAddress ip ? ip : null;
  }

  /// @return the number, or `absent` where the field is not set or not a single integer
  public long longValue(Field field, long absent) {
    int i = find(field);
    return i >= 0 && fields[i].type() == FieldType.LONG && refs[i] == null ? bits[i] : absent;
  }

  /// @return nanoseconds since the epoch, or `absent` where the field is not set or not a single moment
  public long nanos(Field field, long absent) {
    int i = find(field);
    return i >= 0 && fields[i].type() == FieldType.INSTANT && refs[i] == null ? bits[i] : absent;
  }

  public double doubleValue(Field field, double absent) {
    int i = find(field);
    return i >= 0 && fields[i].type() == FieldType.DOUBLE && refs[i] == null
        ? Double.longBitsToDouble(bits[i])
        : absent;
  }

  /// All values of a field: none, one, or the list.
  public List<Object> values(Field field) {
    Object v = get(field);
    if (v == null) {
      return List.of();
    }
    if (v instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    return List.of(v);
  }

  public void set(Field field, String value) {
    expect(field, FieldType.STRING);
    put(field, 0, Objects.requireNonNull(value));
  }

  public void set(Field field, IpAddress value) {
    expect(field, FieldType.IP);
    put(field, 0, Objects.requireNonNull(value));
  }

  public void set(Field field, long value) {
    expect(field, FieldType.LONG);
    put(field, value, null);
  }

  public void set(Field field, double value) {
    expect(field, FieldType.DOUBLE);
    put(field, Double.doubleToRawLongBits(value), null);
  }

  public void set(Field field, boolean value) {
    expect(field, FieldType.BOOLEAN);
    put(field, value ? 1 : 0, null);
  }

  /// @throws ArithmeticException if the moment does not fit nanoseconds in 64 bits (1677 to 2262)
  public void set(Field field, Instant value) {
    long nanos = Values.nanos(value);
    if (nanos == Timestamp.NONE) {
      throw new ArithmeticException(
          "field " + field + ": " + value + " is not within 1677 to 2262");
    }
    setNanos(field, nanos);
  }

  public void setNanos(Field field, long nanosSinceEpoch) {
    expect(field, FieldType.INSTANT);
    put(field, nanosSinceEpoch, null);
  }

  /// @param values boxed as the field's type says; an empty list removes the field, a single value is kept as a list only
  ///     where the field is repeated
  public void set(Field field, List<?> values) {
    if (values.isEmpty()) {
      remove(field);
      return;
    }
    for (Object v : values) {
      check(field, v);
    }
    if (values.size() == 1 && !field.repeated()) {
      setBoxed(field, values.getFirst());
    } else {
      put(field, 0, new ValueList(values).seen());
    }
  }

  /// The source named the field and said it is null: another fact than absence.
  public void setNull(Field field) {
    put(field, 0, NULL);
  }

  public boolean isNull(Field field) {
    int i = find(field);
    return i >= 0 && refs[i] == NULL;
  }

  /// Sets a value that is already of the field's type, boxed.
  ///
  /// @throws IllegalArgumentException if it is not; [FieldCatalogue] and the codecs convert before
  public void setBoxed(Field field, Object value) {
    switch (value) {
      case String s -> set(field, s);
      case Long l -> set(field, l.longValue());
      case Double d -> set(field, d.doubleValue());
      case Boolean b -> set(field, b.booleanValue());
      case Instant t -> set(field, t);
      case IpAddress ip -> set(field, ip);
      case List<?> list -> set(field, list);
      default ->
          throw new IllegalArgumentException(
              "field "
                  + field
                  + " is "
                  + field.type()
                  + ", found "
                  + value.getClass().getSimpleName());
    }
  }

  /// Adds to the list of a repeated field, once: a value already there is not added again.
  public void add(Field field, Object value) {
    check(field, value);
    Object old = get(field);
    if (old == null) {
      set(field, List.of(value));
    } else if (old instanceof List<?> list) {
      if (!list.contains(value)) {
        put(field, 0, new ValueList(list).append(value));
      }
    } else if (!old.equals(value)) {
      put(field, 0, List.of(old, value));
    }
  }

  /// Adds a value behind those that the field has, also if it has that value already: for parallel lists, such as the name
  /// and type of several answers. A first value makes a list only where the field is repeated. Appending n values costs n.
  ///
  /// @param value boxed as the field's type says
  public void append(Field field, Object value) {
    check(field, value);
    int i = find(field);
    if (i < 0 || refs[i] == NULL) {
      if (field.repeated()) {
        put(field, 0, new ValueList(value));
      } else {
        setBoxed(field, value);
      }
      return;
    }
    check(fields[i], value);
    Object ref = refs[i];
    ValueList list =
        ref instanceof ValueList own
            ? own
            : ref instanceof List<?> other
                ? new ValueList(other)
                : new ValueList(Objects.requireNonNull(value(i)));
    refs[i] = list.append(value);
  }

  public void remove(Field field) {
    int i = find(field);
    if (i < 0) {
      return;
    }
    int moved = size - i - 1;
    System.arraycopy(fields, i + 1, fields, i, moved);
    System.arraycopy(bits, i + 1, bits, i, moved);
    System.arraycopy(refs, i + 1, refs, i, moved);
    size--;
    refs[size] = null;
  }

  /// Every field that is set, in the order of first setting; fields that are null are passed over.
  public void forEach(BiConsumer<Field, Object> action) {
    for (int i = 0; i < size; i++) {
      Object v = value(i);
      if (v != null) {
        action.accept(fields[i], v);
      }
    }
  }

  /// The field in slot `i`, 0 to [#size] - 1, in the order of first setting.
  public Field fieldAt(int i) {
    return fields[Objects.checkIndex(i, size)];
  }

  /// The value in slot `i`, boxed; null where the source said null.
  public @Nullable Object valueAt(int i) {
    return value(Objects.checkIndex(i, size));
  }

  /// The reference in slot `i` without boxing: text, address or list; null where [#bitsAt] has the value.
  public @Nullable Object refAt(int i) {
    Object ref = refs[Objects.checkIndex(i, size)];
    return ref == NULL ? null : ref instanceof ValueList list ? list.seen() : ref;
  }

  /// The eight bytes in slot `i`: integer, `double` bits, 0 or 1, or nanoseconds, as the field's type says.
  public long bitsAt(int i) {
    return bits[Objects.checkIndex(i, size)];
  }

  public boolean isNullAt(int i) {
    return refs[Objects.checkIndex(i, size)] == NULL;
  }

  public Event copy() {
    Event copy = new Event();
    copy.fields = fields.clone();
    copy.bits = bits.clone();
    copy.refs = refs.clone();
    for (int i = 0; i < size; i++) {
      if (refs[i] instanceof ValueList list) {
        list.seen();
      }
    }
    copy.size = size;
    return copy;
  }

  /// Same fields with the same values, in any order.
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Event e) || e.size != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      int j = e.find(fields[i]);
      if (j < 0 || !Objects.equals(value(i), e.value(j))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < size; i++) {
      hash += fields[i].hashCode() ^ Objects.hashCode(value(i));
    }
    return hash;
  }

  /// `{source.ip=10.0.0.1, …}`, for messages and failed assertions; [metron.event.json.EventJson] writes JSON.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ", ").append(fields[i]).append('=').append(value(i));
    }
    return out.append('}').toString();
  }

  // Catalogued fields are unique objects; comparing names here would cost a string comparison a
  // slot.
  @SuppressWarnings("ReferenceEquality")
  private int find(Field field) {
    Field[] f = fields;
    for (int i = 0; i < size; i++) {
      if (f[i] == field) {
        return i;
      }
    }
    if (field.isExt()) {
      for (int i = 0; i < size; i++) {
        if (f[i].isExt() && f[i].equals(field)) {
          return i;
        }
      }
    }
    return -1;
  }

  private void put(Field field, long value, @Nullable Object ref) {
    int i = find(field);
    if (i < 0) {
      if (size == fields.length) {
        int more = size * 2;
        fields = Arrays.copyOf(fields, more);
        bits = Arrays.copyOf(bits, more);
        refs = Arrays.copyOf(refs, more);
      }
      i = size++;
    }
    fields[i] = field;
    bits[i] = value;
    refs[i] = ref;
  }

  private @Nullable Object first(Field field) {
    int i = find(field);
    if (i < 0) {
      return null;
    }
    return refs[i] instanceof List<?> list ? list.getFirst() : refs[i];
  }

  private @Nullable Object value(int i) {
    Object ref = refs[i];
    if (ref != null) {
      return ref == NULL ? null : ref instanceof ValueList list ? list.seen() : ref;
    }
    return switch (fields[i].type()) {
      case LONG -> bits[i];
      case DOUBLE -> Double.longBitsToDouble(bits[i]);
      case BOOLEAN -> bits[i] != 0;
      case INSTANT ->
          Instant.ofEpochSecond(
              Math.floorDiv(bits[i], 1_000_000_000L), Math.floorMod(bits[i], 1_000_000_000L));
      case STRING, IP -> null;
    };
  }

  private static void expect(Field field, FieldType type) {
    if (field.type() != type) {
      throw new IllegalArgumentException(
          "field " + field + " is " + field.type() + ", found " + type);
    }
  }

  private static void check(Field field, Object value) {
    boolean ok =
        switch (field.type()) {
          case STRING -> value instanceof String;
          case LONG -> value instanceof Long;
          case DOUBLE -> value instanceof Double;
          case BOOLEAN -> value instanceof Boolean;
          case INSTANT -> value instanceof Instant;
          case IP -> value instanceof IpAddress;
        };
    if (!ok) {
      throw new IllegalArgumentException(
          "field " + field + " is " + field.type() + ", found " + value.getClass().getSimpleName());
    }
  }
}
