package metron;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms. Maven holds the coarse ones; this holds those that a class path can't.
class ArchitectureTest {
  private static final JavaClasses METRON =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("metron");

  @Test
  void importsGoOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("config")
        .definedBy("metron.config..")
        .layer("event")
        .definedBy("metron.event..")
        .layer("stellar")
        .definedBy("metron.stellar..")
        .layer("expression")
        .definedBy("metron.expression..")
        .layer("parsers")
        .definedBy("metron.parsers..")
        .layer("enrichment")
        .definedBy("metron.enrichment..")
        .layer("detection")
        .definedBy("metron.detection..")
        .layer("packets")
        .definedBy("metron.packets..")
        .layer("storage")
        .definedBy("metron.storage..")
        .layer("pipeline")
        .definedBy("metron.pipeline..")
        .layer("server")
        .definedBy("metron.server..")
        .layer("demo")
        .definedBy("metron.demo..")
        .layer("app")
        .definedBy("metron.app..")
        .whereLayer("config")
        .mayNotAccessAnyLayer()
        .whereLayer("stellar")
        .mayNotAccessAnyLayer()
        .whereLayer("event")
        .mayNotAccessAnyLayer()
        .whereLayer("expression")
        .mayOnlyAccessLayers("config", "event", "stellar")
        .whereLayer("parsers")
        .mayOnlyAccessLayers("config", "event", "stellar", "expression")
        .whereLayer("enrichment")
        .mayOnlyAccessLayers("config", "event", "stellar", "expression")
        .whereLayer("detection")
        .mayOnlyAccessLayers("config", "event", "stellar", "expression")
        .whereLayer("packets")
        .mayOnlyAccessLayers("config", "event", "stellar", "expression")
        .whereLayer("demo")
        .mayOnlyAccessLayers("event")
        .whereLayer("storage")
        .mayOnlyAccessLayers(
            "config",
            "event",
            "stellar",
            "expression",
            "parsers",
            "enrichment",
            "detection",
            "packets")
        .whereLayer("pipeline")
        .mayOnlyAccessLayers(
            "config",
            "event",
            "stellar",
            "expression",
            "parsers",
            "enrichment",
            "detection",
            "packets",
            "storage")
        .whereLayer("server")
        .mayOnlyAccessLayers(
            "config",
            "event",
            "stellar",
            "expression",
            "parsers",
            "enrichment",
            "detection",
            "packets",
            "storage",
            "pipeline")
        .because(
            "parsing, enrichment and detection meet only in the pipeline; a room that can be read"
                + " without its neighbours can be changed without them")
        .check(METRON);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("metron.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a cycle is one package that pretends to be two")
        .check(METRON);
  }

  @Test
  void flinkIsKnownInOnePackageOnly() {
    onlyIn(
        "org.apache.flink..",
        "Flink calls newer Java versions experimental: the core must run without it",
        "metron.pipeline.flink..");
  }

  @Test
  void eachBackendIsKnownInItsOwnPackageOnly() {
    String why = "a backend is replaced by writing one package, not by hunting through all";
    onlyIn("org.apache.lucene..", why, "metron.storage.lucene..");
    onlyIn("org.eclipse.jgit..", why, "metron.storage.git..");
    onlyIn("java.sql..", why, "metron.storage.jdbc..");
    onlyIn("org.springframework..", why, "metron.server..");
    onlyIn("com.maxmind..", why, "metron.enrichment..");
    onlyIn("picocli..", why, "metron.app..");
    onlyIn(
        "org.apache.kafka..",
        why,
        "metron.pipeline.kafka..",
        "metron.pipeline.flink..",
        // Somebody else's Kafka: there the client is the protocol, not our log.
        "metron.pipeline.intake.kafka..");
  }

  @Test
  void onlyAppChoosesAdapters() {
    noClasses()
        .that(
            resideInAPackage("metron..")
                .and(
                    DescribedPredicate.not(resideInAnyPackage("metron.app..", "metron.storage.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "metron.storage.lucene..", "metron.storage.jdbc..", "metron.storage.git..")
        .because("the two sizes of the product differ in what app constructs, and in nothing else")
        .check(METRON);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .doNotHaveSimpleName("package-info")
        .should(
            new ArchCondition<JavaClass>("lie in a @NullMarked package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getPackageName() + " has no @NullMarked package-info"));
                }
              }
            })
        .because("absence is part of a signature, and NullAway checks only what is marked")
        .check(METRON);
  }

  @Test
  void namesSayWhatAClassIs() {
    for (String empty : new String[] {"Util", "Utils", "Helper", "Manager", "Impl"}) {
      classes()
          .should(ArchCondition.from(notEndingWith(empty)))
          .because("if that is the best name, the class is not found yet")
          .check(METRON);
    }
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..impl..", "..common..")
        .because("a package is a feature, not a drawer")
        .check(METRON);
  }

  private static DescribedPredicate<JavaClass> notEndingWith(String suffix) {
    return DescribedPredicate.describe(
        "not be named *" + suffix, type -> !type.getSimpleName().endsWith(suffix));
  }

  private static void onlyIn(String library, String why, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(why)
        .allowEmptyShould(true)
        .check(METRON);
  }
}
