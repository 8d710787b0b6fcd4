package metron.event;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Events for properties: any catalogued fields with any values of their types.
public final class Events {
  private static final List<Field> FIELDS =
      FieldCatalogue.get().all().stream()
          .filter(e -> !e.level().equals("sensor"))
          .map(FieldCatalogue.Entry::field)
          .toList();

  private Events() {}

  public static Arbitrary<Event> catalogued() {
    return assignment(Arbitraries.of(FIELDS))
        .list()
        .ofMaxSize(12)
        .map(
            set -> {
              Event event = new Event();
              for (Assignment a : set) {
                if (a.values.isEmpty()) {
                  event.setNull(a.field);
                } else {
                  event.set(a.field, a.values);
                }
              }
              return event;
            });
  }

  private record Assignment(Field field, List<Object> values) {}

  private static Arbitrary<Assignment> assignment(Arbitrary<Field> fields) {
    return fields.flatMap(
        field ->
            value(field.type())
                .list()
                .ofMaxSize(3)
                .map(values -> new Assignment(field, new ArrayList<>(values))));
  }

  public static Arbitrary<Object> value(FieldType type) {
    return switch (type) {
      case STRING -> Arbitraries.strings().ofMaxLength(20).map(s -> s);
      case LONG -> Arbitraries.longs().map(l -> l);
      case DOUBLE -> Arbitraries.doubles().map(d -> d);
      case BOOLEAN -> Arbitraries.of(true, false).map(b -> b);
      case INSTANT -> Arbitraries.longs().greaterOrEqual(Long.MIN_VALUE + 1).map(Values::instant);
      case IP ->
          Arbitraries.oneOf(
              Arbitraries.integers().map(IpAddress::v4),
              Arbitraries.longs()
                  .flatMap(high -> Arbitraries.longs().map(low -> new IpAddress(high, low))));
    };
  }
}
