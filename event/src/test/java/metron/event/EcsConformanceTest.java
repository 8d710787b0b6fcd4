package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The catalogue against the published ECS field list: every field, its type, and whether it repeats.
@Tag("conformance")
class EcsConformanceTest {
  @Test
  void catalogueHasEveryEcsFieldWithItsType() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> lines =
        Files.readAllLines(Path.of(System.getProperty("metron.data"), "ecs", "fields.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split(",", 8);
      String name = columns[3];
      boolean repeated = columns[6].equals("array");
      switch (columns[4]) {
        case "geo_point" -> {
          check(name + ".lat", FieldType.DOUBLE, repeated, wrong);
          check(name + ".lon", FieldType.DOUBLE, repeated, wrong);
        }
        case "long", "integer" -> check(name, FieldType.LONG, repeated, wrong);
        case "float", "double", "scaled_float" -> check(name, FieldType.DOUBLE, repeated, wrong);
        case "boolean" -> check(name, FieldType.BOOLEAN, repeated, wrong);
        case "date" -> check(name, FieldType.INSTANT, repeated, wrong);
        case "ip" -> check(name, FieldType.IP, repeated, wrong);
        default -> check(name, FieldType.STRING, repeated, wrong);
      }
    }
    assertThat(lines).hasSizeGreaterThan(2000);
    assertThat(wrong).isEmpty();
  }

  private static void check(String name, FieldType type, boolean repeated, List<String> wrong) {
    var entry = FieldCatalogue.get().entry(name);
    if (entry.isEmpty()) {
      wrong.add(name + " is missing");
      return;
    }
    Field field = entry.get().field();
    if (field.type() != type || field.repeated() != repeated) {
      wrong.add(
          name
              + " is "
              + field.type()
              + (field.repeated() ? " array" : "")
              + ", expected "
              + type
              + (repeated ? " array" : ""));
    }
  }
}
