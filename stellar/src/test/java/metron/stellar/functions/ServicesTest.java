package metron.stellar.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.functions.enrichment.ReferenceTables;
import metron.stellar.functions.enrichment.StoredObjects;
import metron.stellar.functions.geo.AsnDatabase;
import metron.stellar.functions.geo.GeoDatabase;
import metron.stellar.functions.profile.Profiles;
import metron.stellar.functions.shell.ShellFunctions;
import metron.stellar.program.CompilationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Functions that ask the surroundings of a program.
class ServicesTest {
  private static final Profiles PROFILES =
      new Profiles() {
        @Override
        public List<?> fixed(Evaluation evaluation, long count, String unit, Map<?, ?> settings) {
          return List.of(count + " " + unit + " " + settings);
        }

        @Override
        public List<?> window(
            Evaluation evaluation, String selector, @Nullable Long now, Map<?, ?> settings) {
          return List.of(selector + " " + now + " " + settings);
        }

        @Override
        public List<?> values(
            Evaluation evaluation, String profile, String entity, List<?> periods, List<?> groups) {
          return List.of(profile, entity, periods, groups);
        }

        @Override
        public List<? extends Map<String, ?>> verbose(
            Evaluation evaluation, String profile, String entity, List<?> periods, List<?> groups) {
          return List.of(Map.of("profile", profile, "entity", entity));
        }
      };

  private static final Evaluation EVALUATION =
      Evaluation.of(
          Evaluation.Limits.DEFAULT,
          () -> Instant.EPOCH,
          Map.of(
              Profiles.class,
              PROFILES,
              StoredObjects.class,
              (StoredObjects)
                  path ->
                      switch (path) {
                        case "/hosts" -> Map.of("a", 1);
                        case "/text" -> "no map";
                        default -> null;
                      },
              GeoDatabase.class,
              (GeoDatabase) ip -> Map.of("country", "NL"),
              AsnDatabase.class,
              (AsnDatabase) ip -> Map.of("network", "192.0.2.0/24"),
              ReferenceTables.class,
              (ReferenceTables)
                  (type, indicator) -> indicator.equals("x") ? Map.of("k", type) : null));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PROFILE_GET('p', 7, PROFILE_FIXED(30L, 'MINUTES')) | [p, 7, [30 MINUTES {}], []]",
        "PROFILE_GET('p', 'e', PROFILE_FIXED(1, 'DAYS', {'a' : 1}), ['g'], null) | [p, e, [1 DAYS {a=1}], [g]]",
        "PROFILE_WINDOW('from 1 hour ago') | [from 1 hour ago null {}]",
        "PROFILE_WINDOW('from 1 hour ago', 5, {}) | [from 1 hour ago 5 {}]",
        "GET(PROFILE_VERBOSE('p', 'e', []), 0) in [{'profile' : 'p', 'entity' : 'e'}] | true",
        "OBJECT_GET('/none') | null",
        "MAP_GET('a', OBJECT_GET('/hosts')) | 1",
        "ENRICHMENT_OBJECT_GET('/hosts', 'a') | 1",
        "ENRICHMENT_OBJECT_GET('/hosts', 'b') | null",
        "ENRICHMENT_OBJECT_GET('/none', 'a') | null",
        "GEO_GET('192.0.2.1', ['country']) | NL",
        "GEO_GET('192.0.2.1') | {country=NL}",
        "ASN_GET('192.0.2.1', ['network']) | 192.0.2.0/24",
        "ENRICHMENT_GET('t', 'x') | {k=t}",
        "ENRICHMENT_GET('t', 'y') | {}",
        "ENRICHMENT_EXISTS('t', 'x', 'table', 'cf') | true",
        "ENRICHMENT_EXISTS('t', 'y') | false"
      })
  void functionsAskTheServicesThatAHostProvides(String source, String answer) {
    assertThat(String.valueOf(Stellar.standard().compile(source).evaluate(EVALUATION, Map.of())))
        .isEqualTo(answer);
  }

  @Test
  void whatIsKeptMustBeAMapToLookUpIn() {
    assertThatThrownBy(
            () ->
                Stellar.standard()
                    .compile("ENRICHMENT_OBJECT_GET('/text', 'a')")
                    .evaluate(EVALUATION, Map.of()))
        .hasMessageContaining("what is kept at '/text' is the string 'no map', expected a map");
  }

  @Test
  void aFunctionThatIsLeftOutIsNamedWithItsReasonAndTheWayOut() {
    assertThatThrownBy(() -> Stellar.standard().compile("KAFKA_GET('topic', 1)"))
        .isInstanceOf(CompilationException.class)
        .hasMessageContaining("there is no function 'KAFKA_GET' here")
        .hasMessageContaining("Kafka's own command line");
    for (String name : LeftOut.names()) {
      assertThatThrownBy(() -> Stellar.standard().compile("true or " + name + "()"))
          .hasMessageContaining("there is no function '" + name + "' here. Apache Metron has it. ");
    }
  }

  @Test
  void functionsOfTheShellAreOnlyThere() {
    assertThatThrownBy(() -> Stellar.standard().compile("SYSTEM_ENV_GET('HOME')"))
        .hasMessageContaining("Only the shell has it");
    assertThat(
            Stellar.standard()
                .with(ShellFunctions.ALL)
                .compile("SYSTEM_ENV_GET('no such variable')")
                .evaluate(EVALUATION, Map.of()))
        .isNull();
  }
}
