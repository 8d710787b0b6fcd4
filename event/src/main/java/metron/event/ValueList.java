package metron.event;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// The values of a repeated field while they are gathered: grows in place until somebody has seen it, and never after, so
/// appending n values costs n and a list that was handed out stays as it is.
final class ValueList extends AbstractList<Object> implements RandomAccess {
  private Object[] items;
  private int size;
  private boolean seen;

  ValueList(Object first) {
    items = new Object[4];
    items[0] = first;
    size = 1;
  }

  ValueList(List<?> values) {
    items = values.toArray();
    size = items.length;
  }

  ValueList seen() {
    seen = true;
    return this;
  }

  /// @return this list or, if it was seen, a longer copy
  ValueList append(Object value) {
    if (seen) {
      ValueList copy = new ValueList(this);
      return copy.append(value);
    }
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = value;
    return this;
  }

  @Override
  public Object get(int index) {
    return items[Objects.checkIndex(index, size)];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
