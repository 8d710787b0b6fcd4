package metron.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventTest {
  private final Event event = new Event();

  @Test
  void keepsEachTypeAsSet() {
    Instant t = Instant.parse("2026-03-01T08:05:34.000000001Z");
    event.set(Ecs.TIMESTAMP, t);
    event.set(Ecs.SOURCE_IP, IpAddress.v4(1));
    event.set(Ecs.SOURCE_PORT, 443);
    event.set(Ecs.EVENT_RISK_SCORE, 1.5);
    event.set(Ecs.METRON_IS_ALERT, true);
    event.set(Ecs.MESSAGE, "text");

    assertThat(event.get(Ecs.TIMESTAMP)).isEqualTo(t);
    assertThat(event.ip(Ecs.SOURCE_IP)).isEqualTo(IpAddress.v4(1));
    assertThat(event.longValue(Ecs.SOURCE_PORT, -1)).isEqualTo(443);
    assertThat(event.doubleValue(Ecs.EVENT_RISK_SCORE, -1)).isEqualTo(1.5);
    assertThat(event.get(Ecs.METRON_IS_ALERT)).isEqualTo(true);
    assertThat(event.string(Ecs.MESSAGE)).isEqualTo("text");
    assertThat(event.nanos(Ecs.TIMESTAMP, 0)).isEqualTo(Values.nanos(t));
    assertThat(event.get(Ecs.USER_NAME)).isNull();
    assertThat(event.longValue(Ecs.DESTINATION_PORT, -1)).isEqualTo(-1);
  }

  @Test
  void refusesAnotherType() {
    assertThatThrownBy(() -> event.set(Ecs.SOURCE_PORT, "443"))
        .hasMessage("field source.port is LONG, found STRING");
    assertThatThrownBy(() -> event.set(Ecs.TAGS, List.of("a", 1)))
        .hasMessage("field tags is STRING, found Integer");
    assertThatThrownBy(() -> event.set(Ecs.TIMESTAMP, Instant.MAX))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("@timestamp");
    assertThat(event.size()).isZero();
  }

  @Test
  void tellsNullFromAbsent() {
    event.setNull(Ecs.USER_NAME);

    assertThat(event.has(Ecs.USER_NAME)).isTrue();
    assertThat(event.isNull(Ecs.USER_NAME)).isTrue();
    assertThat(event.get(Ecs.USER_NAME)).isNull();
    assertThat(event.values(Ecs.USER_NAME)).isEmpty();
    assertThat(event.isNull(Ecs.USER_ID)).isFalse();
    assertThat(event).isNotEqualTo(new Event());
  }

  @Test
  void removesAndKeepsTheOrderOfTheRest() {
    event.set(Ecs.MESSAGE, "a");
    event.set(Ecs.SOURCE_PORT, 1);
    event.set(Ecs.USER_NAME, "b");
    event.remove(Ecs.SOURCE_PORT);
    event.remove(Ecs.SOURCE_PORT);

    assertThat(event).hasToString("{message=a, user.name=b}");
  }

  @Test
  void addsOnceAndAppendsAlways() {
    event.add(Ecs.TAGS, "a");
    event.add(Ecs.TAGS, "a");
    event.add(Ecs.TAGS, "b");
    event.append(Ecs.DNS_ANSWERS_TTL, 60L);
    event.append(Ecs.DNS_ANSWERS_TTL, 60L);
    event.append(Ecs.USER_NAME, "x");

    assertThat(event.get(Ecs.TAGS)).isEqualTo(List.of("a", "b"));
    assertThat(event.get(Ecs.DNS_ANSWERS_TTL)).isEqualTo(List.of(60L, 60L));
    assertThat(event.get(Ecs.USER_NAME)).as("not repeated").isEqualTo("x");
    event.append(Ecs.USER_NAME, "y");
    assertThat(event.values(Ecs.USER_NAME)).containsExactly("x", "y");
  }

  @Test
  void neverChangesAListThatWasSeen() {
    event.append(Ecs.TAGS, "a");
    Object seen = event.get(Ecs.TAGS);
    Event copy = event.copy();
    event.append(Ecs.TAGS, "b");
    copy.append(Ecs.TAGS, "c");

    assertThat(seen).isEqualTo(List.of("a"));
    assertThat(event.get(Ecs.TAGS)).isEqualTo(List.of("a", "b"));
    assertThat(copy.get(Ecs.TAGS)).isEqualTo(List.of("a", "c"));
    assertThatThrownBy(() -> event.values(Ecs.TAGS).add("d"))
        .isInstanceOf(UnsupportedOperationException.class);
    List<String> given = new ArrayList<>(List.of("x"));
    event.set(Ecs.TAGS, given);
    given.add("y");
    assertThat(event.get(Ecs.TAGS)).isEqualTo(List.of("x"));
  }

  @Test
  void growsBeyondItsFirstSlotsAndComparesInAnyOrder() {
    Event other = new Event();
    List<Field> some =
        FieldCatalogue.get().all().stream()
            .map(FieldCatalogue.Entry::field)
            .filter(f -> f.type() == FieldType.STRING)
            .limit(100)
            .toList();
    some.forEach(f -> event.set(f, f.name()));
    some.reversed().forEach(f -> other.set(f, f.name()));

    assertThat(event).isEqualTo(other).hasSameHashCodeAs(other);
    other.set(some.getFirst(), "another");
    assertThat(event).isNotEqualTo(other);
  }

  @Property(tries = 200)
  void holdsWhatAMapHoldsWhateverIsSetAndRemoved(@ForAll Random random) {
    List<Field> fields = new ArrayList<>();
    FieldCatalogue.get().all().stream()
        .map(FieldCatalogue.Entry::field)
        .filter(f -> f.type() == FieldType.LONG)
        .forEach(fields::add);
    for (int i = 0; i < 400; i++) {
      fields.add(FieldCatalogue.get().fieldOr("model.n" + i, FieldType.LONG));
    }
    int names = 1 + random.nextInt(fields.size());
    // In the order of first setting, as the event.
    Map<Field, Object> model = new LinkedHashMap<>();
    Event template = new Event();
    template.set(Ecs.SOURCE_PORT, 0);
    Event tried = random.nextBoolean() ? new EventTemplate(template).newEvent() : template.copy();
    model.put(Ecs.SOURCE_PORT, 0L);
    int removes = random.nextInt(10);
    for (int step = 0; step < 1_000; step++) {
      Field field = fields.get(random.nextInt(names));
      if (random.nextInt(10) < removes) {
        tried.remove(field);
        model.remove(field);
      } else {
        tried.set(field, step);
        model.put(field, (long) step);
      }
      Field asked = fields.get(random.nextInt(names));
      assertThat(tried.get(asked)).isEqualTo(model.get(asked));
      if (step % 100 == 99) {
        tried = tried.copy();
      }
    }

    Map<Field, Object> held = new LinkedHashMap<>();
    tried.forEach(held::put);
    assertThat(held.entrySet()).containsExactlyElementsOf(model.entrySet());
  }

  @Test
  void givesEventsOfATemplateTheRoomTheirPredecessorsNeeded() {
    List<Field> fields =
        FieldCatalogue.get().all().stream()
            .map(FieldCatalogue.Entry::field)
            .filter(f -> f.type() == FieldType.STRING)
            .limit(100)
            .toList();
    Event fixed = new Event();
    fixed.set(Ecs.EVENT_MODULE, "asa");
    EventTemplate template = new EventTemplate(fixed);
    for (int i = 0; i < 20; i++) {
      Event made = template.newEvent();
      fields.forEach(f -> made.set(f, f.name()));

      assertThat(made.string(Ecs.EVENT_MODULE)).isNotNull();
      fields.forEach(f -> assertThat(made.string(f)).isEqualTo(f.name()));
    }
    assertThat(template.newEvent()).isEqualTo(fixed);
  }

  @Test
  void findsFieldsOutsideTheCatalogueByName() {
    FieldCatalogue fields = FieldCatalogue.get();
    event.set(fields.field("x.y"), "a");

    assertThat(event.string(fields.field("x.y"))).isEqualTo("a");
    event.set(fields.fieldOr("x.y", FieldType.LONG), 5);
    assertThat(event.size()).isEqualTo(1);
    assertThat(event.get(fields.field("x.y"))).isEqualTo(5L);
    assertThat(event.type(fields.field("x.y"))).isEqualTo(FieldType.LONG);
  }

  @Test
  void derivesItsIdFromWhereTheMessageLies() {
    RawMessage raw = new RawMessage("asa", "raw.asa", 1, 42, Instant.EPOCH, new byte[0], Map.of());

    assertThat(EventId.of(raw, 0)).isEqualTo("raw.asa-1-42");
    assertThat(EventId.of(raw, 2)).isEqualTo("raw.asa-1-42.2");
    assertThat(raw.origin()).isEqualTo("raw.asa/1/42");
  }
}
