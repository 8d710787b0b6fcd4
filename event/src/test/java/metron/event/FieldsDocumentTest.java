package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `docs/reference/fields.md` is written out of the catalogue, and says what it says.
///
/// After a change that is meant, write it anew with `-Dmetron.golden=write` and read the difference.
class FieldsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/reference/fields.md");

  @Test
  void saysWhichFieldsThereAre() throws IOException {
    String document = document();
    if ("write".equals(System.getProperty("metron.golden"))) {
      Files.writeString(DOCUMENT, document);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
  }

  private static String document() {
    FieldCatalogue catalogue = FieldCatalogue.get();
    StringBuilder out = new StringBuilder();
    out.append("# Fields\n\n")
        .append(
            "The fields of an event: those of the Elastic Common Schema (levels `core` and"
                + " `extended`) and Metron's own.\n")
        .append(
            "`[]` marks a field that holds a list. A field that is not here, such as one that a"
                + " source brings of its\n")
        .append(
            "own, is kept all the same and can be searched. This page is generated: do not edit"
                + " it.\n\n")
        .append("## Other names\n")
        .append("Metron's classic names work in searches and expressions:\n\n")
        .append("| name | field |\n|---|---|\n");
    new TreeMap<>(FieldCatalogue.aliases())
        .forEach(
            (alias, name) ->
                out.append("| `").append(alias).append("` | `").append(name).append("` |\n"));
    Map<String, FieldCatalogue.Entry> fields = new TreeMap<>();
    for (Field field : catalogue.shipped()) {
      fields.put(field.name(), catalogue.entry(field.name()).orElseThrow());
    }
    out.append("\n## All fields\n\n| field | type | level | what it says |\n|---|---|---|---|\n");
    fields.forEach(
        (name, entry) ->
            out.append("| `")
                .append(name)
                .append("` | ")
                .append(entry.field().type().name().toLowerCase(Locale.ROOT))
                .append(entry.field().repeated() ? "[] | " : " | ")
                .append(entry.level())
                .append(" | ")
                .append(entry.description().replace("|", "\\|"))
                .append(" |\n"));
    return out.toString();
  }
}
