package metron.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCatalogueTest {
  private static final FieldCatalogue FIELDS = FieldCatalogue.get();

  /// Ids are on disk in every stored event: lines of fields.tsv are only ever added at the end.
  @ParameterizedTest
  @CsvSource({
    "0, @timestamp",
    "2, message",
    "10, client.address",
    "28, client.ip",
    "2725, vulnerability.id",
    "2733, vulnerability.severity"
  })
  void keepsIdsOverReleases(int id, String name) {
    assertThat(FIELDS.field(name).id()).as(name).isEqualTo(id);
    assertThat(FIELDS.shipped()[id]).isSameAs(FIELDS.field(name));
  }

  @Test
  void hasEachNameOnceAndDescribesIt() throws IOException {
    try (InputStream in = FieldCatalogue.class.getResourceAsStream("fields.tsv")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      Set<String> names = new HashSet<>();
      for (String line : lines) {
        String[] columns = line.split("\t", -1);
        assertThat(columns).as(line).hasSize(5);
        assertThat(names.add(columns[0])).as(columns[0] + " stands twice").isTrue();
        assertThat(columns[4]).as(line).isNotBlank().hasSizeLessThan(120);
      }
      assertThat(FIELDS.shipped()).hasSize(lines.size());
    }
  }

  @Test
  void resolvesEachClassicNameToAField() {
    FieldCatalogue.aliases()
        .forEach(
            (classic, name) -> {
              assertThat(FIELDS.field(classic)).as(classic).isSameAs(FIELDS.field(name));
              assertThat(FIELDS.field(classic).isExt()).as(classic).isFalse();
            });
  }

  @Test
  void namesEachConstantThatCodeUses() throws IllegalAccessException {
    for (var constant : Ecs.class.getFields()) {
      Field field = (Field) constant.get(null);
      String expected = field.name().replace("@", "").replace('.', '_');
      assertThat(constant.getName()).isEqualToIgnoringCase(expected);
    }
  }

  @Test
  void takesASensorsFieldTwiceButNotWithAnotherType() {
    Field first = FIELDS.registerSensorField("testsensor.twice", FieldType.LONG, false, "Test");

    assertThat(FIELDS.registerSensorField("testsensor.twice", FieldType.LONG, false, "Test"))
        .isSameAs(first);
    assertThatThrownBy(
            () -> FIELDS.registerSensorField("testsensor.twice", FieldType.IP, false, "Test"))
        .hasMessage("field testsensor.twice is LONG already, found IP");
  }

  @Test
  void keepsUnknownNamesOutsideWithTheTypeGiven() {
    assertThat(FIELDS.field("no.such.field").isExt()).isTrue();
    assertThat(FIELDS.fieldOr("no.such.field", FieldType.LONG).type()).isEqualTo(FieldType.LONG);
    assertThat(FIELDS.fieldOr("source.ip", FieldType.LONG)).isSameAs(Ecs.SOURCE_IP);
  }

  @Test
  void completesPrefixesInOrder() {
    assertThat(FIELDS.startingWith("source.nat"))
        .containsExactly("source.nat.ip", "source.nat.port");
  }
}
