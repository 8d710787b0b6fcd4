package metron.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import metron.testing.process.Api;
import metron.testing.process.Product;
import metron.testing.process.Product.Run;
import metron.testing.process.StartedMetron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built product as its user meets it: commands, ports, exit codes, and what a restart keeps.
class ProductTest {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LINE =
      "{\"timestamp\":\"2026-01-02T03:04:05.123456+0000\",\"flow_id\":%d,\"event_type\":\"dns\","
          + "\"src_ip\":\"10.0.0.1\",\"src_port\":5353,\"dest_ip\":\"10.0.0.2\",\"dest_port\":53,"
          + "\"proto\":\"UDP\"}%n";

  @TempDir private Path folder;

  private Path home() {
    return Path.of(System.getProperty("metron.home")).toAbsolutePath().normalize();
  }

  private Product product(String data) throws Exception {
    return Product.of(home(), folder.resolve(data), Product.Ports.free());
  }

  @Test
  void servesFromTheFirstStartOverAStopToTheSecondStart() throws Exception {
    Product product = product("data");
    List<String> start = new ArrayList<>(List.of("start", "--background"));
    start.addAll(product.ports().options());
    Run started = product.run(start.toArray(String[]::new));
    assertThat(started.exit()).as(started.toString()).isZero();
    assertThat(started.out()).contains("Console    http://127.0.0.1:").contains("Ready after");
    try (Api api = Api.of(product.data())) {
      var page = api.open("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<div id=\"root\"");
      assertThat(api.open("/health").body()).contains("\"status\":\"ok\"");
      assertThat(api.open("/api/v1/health").statusCode()).isEqualTo(401);
    }

    Run again = product.run(start.toArray(String[]::new));
    assertOneSentence(again, 1, "a Metron runs in " + product.data());
    Run beside = product.run("start", "--kafka-port", "0");
    assertOneSentence(beside, 1, "another Metron runs in " + product.data());

    Run status = product.run("status");
    assertThat(status.exit()).as(status.toString()).isZero();
    assertThat(status.out()).startsWith("ok, http://127.0.0.1:" + product.ports().http());

    Path file = folder.resolve("eve.json.gz");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append(LINE.formatted(i));
    }
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((lines + "not a line of suricata\n").getBytes(StandardCharsets.UTF_8));
    }
    Run ingest = product.run("ingest", "suricata", file.toString());
    assertThat(ingest.exit()).as(ingest.toString()).isZero();
    assertThat(ingest.out())
        .startsWith(
            "{\"sensor\":\"suricata\",\"files\":1,\"read\":1001,\"sent\":1001,\"rejected\":0,");
    assertThat(ingest.err()).isEmpty();
    awaitTotal(product, "{\"total\":1000}");
    Run found = product.run("search", "source.port:5353", "--json", "--size", "2");
    assertThat(found.exit()).isZero();
    assertThat(found.out().lines())
        .hasSize(2)
        .allMatch(l -> l.contains("\"source.ip\":\"10.0.0.1\""));
    Run wrong = product.run("search", "source.port:(1 OR");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err().strip().lines()).hasSize(1);

    Run stop = product.run("stop");
    assertThat(stop.exit()).as(stop.toString()).isZero();
    assertThat(stop.out()).isEqualTo("stopped\n");
    assertThat(product.run("status").out()).startsWith("stopped");
    assertThat(product.run("status").exit()).isEqualTo(1);
    assertThat(product.run("stop").exit()).isZero();

    try (StartedMetron second = product.start();
        Api api = second.awaitReady(READY)) {
      assertThat(second.said()).doesNotContain("Password");
      awaitTotal(product, "{\"total\":1000}");
      var ledger = api.get("/api/v1/health").path("ledger");
      assertThat(ledger.path("received").asLong()).as(ledger.toString()).isEqualTo(1001);
      assertThat(ledger.path("deadLetters").asLong()).isEqualTo(1);
      assertThat(ledger.path("difference").asLong()).isZero();
      assertThat(second.terminate()).as(second.said()).isZero();
      assertThat(second.said()).endsWith("stopped\n");
    }
    try (var log = Files.lines(product.data().resolve("logs/metron.log"))) {
      assertThat(log).allMatch(l -> l.matches("\\d{4}-\\d\\d-\\d\\dT.*"), "one line an event");
    }
  }

  private static void awaitTotal(Product product, String expected) throws Exception {
    long giveUp = System.nanoTime() + SOON.toNanos();
    while (true) {
      Run run = product.run("search", "", "--json", "--size", "0");
      if (run.out().strip().equals(expected) || System.nanoTime() - giveUp > 0) {
        assertThat(run.out().strip()).as(run.toString()).isEqualTo(expected);
        return;
      }
    }
  }

  @Test
  void aTakenPortIsNamedWithTheWayOut() throws Exception {
    Product product = product("data");
    try (var taken = new java.net.ServerSocket()) {
      taken.bind(new java.net.InetSocketAddress("127.0.0.1", product.ports().http()));
      try (StartedMetron metron = product.start()) {
        assertThat(metron.awaitEnd(READY)).isEqualTo(1);
        assertThat(metron.said())
            .containsOnlyOnce(
                "metron: port " + product.ports().http() + " for the console is taken")
            .contains("console.port in conf/metron.yaml")
            .doesNotContain("\tat ");
      }
    }
    try (var taken = new java.net.ServerSocket()) {
      taken.bind(new java.net.InetSocketAddress("127.0.0.1", product.ports().kafka()));
      try (StartedMetron metron = product.start()) {
        assertThat(metron.awaitEnd(READY)).isEqualTo(1);
        assertThat(metron.said())
            .containsOnlyOnce("metron: port " + product.ports().kafka() + " for the Kafka broker")
            .contains("kafka.port in conf/metron.yaml");
      }
    }
  }

  @Test
  void faultyConfigurationIsRefusedWithFileAndLine() throws Exception {
    Product product = product("data");
    Path conf = Files.createDirectories(product.data().resolve("conf"));
    Files.writeString(
        conf.resolve("metron.yaml"), "console:\n  prot: 8080\nretention:\n  events: -5d\n");
    try (StartedMetron metron = product.start()) {
      assertThat(metron.awaitEnd(READY)).isEqualTo(1);
      assertThat(metron.said())
          .contains("metron.yaml:2: unknown key 'prot'. Did you mean 'port'?")
          .contains("metron.yaml:4: ")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aWrongCommandSaysWhatIsExpected() throws Exception {
    Product product = product("nothing");
    assertThat(product.run("strat").exit()).isEqualTo(2);
    assertThat(product.run("strat").err()).contains("strat").contains("start");
    assertThat(product.run("parse").exit()).isEqualTo(2);
    assertThat(product.run("start", "--http-port", "99999").exit()).isEqualTo(2);
    assertOneSentence(product.run("parse", "nosuch", "-"), 2, "no sensor");
    assertOneSentence(product.run("parse", "suricata", "/no/file"), 1, "there is no file /no/file");
    assertOneSentence(product.run("search", "*"), 1, "no Metron runs in " + product.data());
    assertOneSentence(product.run("ingest", "asa", "-"), 1, "no Metron runs in");
    assertOneSentence(product.run("intel", "load", "/no/file"), 1, "no Metron runs in");
    assertOneSentence(product.run("users", "list"), 1, "no Metron runs in");
    for (String command : List.of("start", "stop", "status", "ingest", "search", "parse")) {
      Run help = product.run("help", command);
      assertThat(help.exit()).as(command).isZero();
      assertThat(help.out()).contains("Usage: metron " + command);
    }
  }

  @Test
  void parsesStandardInput() throws Exception {
    Run run =
        product("nothing")
            .run(
                new ByteArrayInputStream(LINE.formatted(7).getBytes(StandardCharsets.UTF_8)),
                "parse",
                "suricata",
                "-");
    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).isEmpty();
  }

  private static void assertOneSentence(Run run, int exit, String text) {
    assertThat(run.exit()).as(run.toString()).isEqualTo(exit);
    assertThat(run.err().strip().lines()).as(run.toString()).hasSize(1);
    assertThat(run.err()).startsWith("metron: ").contains(text);
  }
}
