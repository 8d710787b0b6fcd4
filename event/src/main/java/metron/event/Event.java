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
/// or a list, in the order of first setting. There is no boxing. Slots are found through an index of one byte each (open
/// addressing, at most half full), so a read or a write costs the same with five fields as with two hundred, and asking
/// for a field that is not there, which most enrichers do, is one look at a byte. A search over the slots took a quarter of
/// the time of a JSON parser, whose events have 50 fields.
///
/// Not thread-safe: an event belongs to one step at a time. [#copy] gives another owner its own.
public final class Event {
  private static final Object NULL = new Object();
  private static final int START = 32;

  // Slots that a byte of the index can name. An event with more fields is an attack or a mistake;
  // those behind are
  // searched.
  private static final int INDEXED = 255;

  private Field[] fields;
  private long[] bits;
  // Text, address or list; null where `bits` has the value; NULL where the source said null.
  private @Nullable Object[] refs;
  // Slot + 1 by the field's hash, 0 where none is; a power of two.
  private byte[] index;
  private int size;
  // Told when this event needs more room than the template gave it.
  private @Nullable EventTemplate template;

  public Event() {
    this(START);
  }

  /// @param room fields it takes without growing
  public Event(int room) {
    int slots = Math.max(room, 4);
    fields = new Field[slots];
    bits = new long[slots];
    refs = new Object[slots];
    index = new byte[indexSize(slots)];
  }

  private Event(Event from, int room) {
    int slots = Math.max(room, from.size);
    fields = Arrays.copyOf(from.fields, slots);
    bits = Arrays.copyOf(from.bits, slots);
    refs = Arrays.copyOf(from.refs, slots);
    size = from.size;
    int length = indexSize(slots);
    if (length == from.index.length) {
      index = from.index.clone();
    } else {
      index = new byte[length];
      reindex();
    }
  }

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
      // No copy where it can't change anyway, as the fixed values of a sensor's definition.
      put(field, 0, List.copyOf(values));
    }
  }

  /// Sets every field that another event has, to the same value.
  public void setAll(Event other) {
    for (int i = 0; i < other.size; i++) {
      if (other.refs[i] instanceof ValueList list) {
        list.seen();
      }
      put(other.fields[i], other.bits[i], other.refs[i]);
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
    if (size == 0 || size >= INDEXED || !unindex(i)) {
      Arrays.fill(index, (byte) 0);
      reindex();
    }
  }

  /// Takes slot `gone` out of the index, and moves those behind it forward. Its own place names slot 0 from now on, so that
  /// a probe goes on there: slot 0 may well be found twice.
  ///
  /// @return false if too few places are left for the fields that fit before the index is made anew
  private boolean unindex(int gone) {
    byte[] table = index;
    int free = 0;
    for (int i = 0; i < table.length; i++) {
      int slot = table[i] & 255;
      if (slot > gone) {
        table[i] = (byte) (slot == gone + 1 ? 1 : slot - 1);
      } else if (slot == 0) {
        free++;
      }
    }
    return free > fields.length - size + table.length / 8;
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
    for (int i = 0; i < size; i++) {
      if (refs[i] instanceof ValueList list) {
        list.seen();
      }
    }
    return new Event(this, fields.length);
  }

  /// A copy for [EventTemplate], whose own lists are seen already.
  Event copy(EventTemplate from, int room) {
    Event copy = new Event(this, room);
    copy.template = from;
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

  /// @return the slot, or `-1 - i` where `i` is the place in the index that the field would take
  // Catalogued fields are unique objects; comparing names here would cost a string comparison a
  // slot.
  @SuppressWarnings("ReferenceEquality")
  private int find(Field field) {
    byte[] table = index;
    int mask = table.length - 1;
    int i = hash(field) & mask;
    for (int slot = table[i] & 255; slot != 0; slot = table[i] & 255) {
      Field f = fields[slot - 1];
      if (f == field || (f.isExt() && field.isExt() && f.equals(field))) {
        return slot - 1;
      }
      i = (i + 1) & mask;
    }
    return size <= INDEXED ? -1 - i : search(field, i);
  }

  /// The slots that the index can't name.
  private int search(Field field, int free) {
    for (int i = INDEXED; i < size; i++) {
      if (fields[i].equals(field) && fields[i].isExt() == field.isExt()) {
        return i;
      }
    }
    return -1 - free;
  }

  private static int hash(Field field) {
    int id = field.id();
    // The upper bits of the product; ids of one sensor's fields are neighbours.
    return ((id >= 0 ? id : field.name().hashCode()) * 0x9e37_79b9) >>> 22;
  }

  private void put(Field field, long value, @Nullable Object ref) {
    int i = find(field);
    if (i < 0) {
      i = append(field, -1 - i);
    }
    fields[i] = field;
    bits[i] = value;
    refs[i] = ref;
  }

  /// @return a new slot, entered in the index at `free`
  private int append(Field field, int free) {
    int slot = size;
    if (slot == fields.length) {
      grow();
      fields[slot] = field;
      size = slot + 1;
      Arrays.fill(index, (byte) 0);
      reindex();
      return slot;
    }
    if (slot < INDEXED) {
      index[free] = (byte) (slot + 1);
    }
    size = slot + 1;
    return slot;
  }

  private void grow() {
    int more = size * 2;
    fields = Arrays.copyOf(fields, more);
    bits = Arrays.copyOf(bits, more);
    refs = Arrays.copyOf(refs, more);
    int length = indexSize(more);
    if (length != index.length) {
      index = new byte[length];
    }
    if (template != null) {
      template.outgrown(more);
    }
  }

  /// Enters every slot in an index that is empty.
  private void reindex() {
    byte[] table = index;
    int mask = table.length - 1;
    int last = Math.min(size, INDEXED);
    for (int slot = 0; slot < last; slot++) {
      int i = hash(fields[slot]) & mask;
      while (table[i] != 0) {
        i = (i + 1) & mask;
      }
      table[i] = (byte) (slot + 1);
    }
  }

  /// Twice the slots or more, as a power of two.
  private static int indexSize(int slots) {
    return Math.max(64, Integer.highestOneBit(Math.min(slots, INDEXED + 1) * 2 - 1) * 2);
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
