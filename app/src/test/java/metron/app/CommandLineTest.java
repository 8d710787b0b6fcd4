package metron.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import metron.event.json.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people script against: output, streams and exit codes of the commands that need no running Metron.
class CommandLineTest {
  private static final List<String> WITHOUT_DATA =
      List.of("nothing", "packets", "stellar", "sigma");

  private static final String EVE =
      "{\"timestamp\":\"2026-01-02T03:04:05.123456+0000\",\"flow_id\":1,\"event_type\":\"dns\","
          + "\"src_ip\":\"10.0.0.1\",\"src_port\":5353,\"dest_ip\":\"10.0.0.2\",\"dest_port\":53,"
          + "\"proto\":\"UDP\"}";

  private record Result(int exit, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  @TempDir private Path folder;

  @Test
  void printsOneObjectAnEventAndOneARefusal() throws Exception {
    Result result = run(EVE + "\nnonsense\n" + EVE + "\n", "parse", "suricata", "-");
    assertThat(result.exit).isZero();
    assertThat(result.lines()).hasSize(2);
    var event = EventJson.read(result.lines().getFirst());
    assertThat(event.toString())
        .contains("@timestamp=2026-01-02T03:04:05.123456Z")
        .contains("source.ip=10.0.0.1")
        .contains("source.port=5353");
    assertThat(result.err)
        .startsWith("{\"line\":2,\"stage\":\"parse\",\"reason\":\"")
        .contains("\"excerpt\":\"nonsense\"}");
  }

  @Test
  void positionsGiveOneObjectARecord() throws Exception {
    Result result = run(EVE + "\n\nnonsense\n", "parse", "suricata", "-", "--positions");
    assertThat(result.exit).isZero();
    assertThat(result.err).isEmpty();
    assertThat(result.lines()).hasSize(2);
    assertThat(result.lines().get(0)).startsWith("{\"line\":1,\"events\":[{").endsWith("}]}");
    assertThat(result.lines().get(1))
        .startsWith("{\"line\":3,\"events\":[],\"rejected\":{\"stage\":\"parse\",\"reason\":");
  }

  @Test
  void evaluatesAnExpressionOverAJsonObject() throws Exception {
    Result result =
        run("{\"port\": 443}", "stellar", "-e", "port in [80, 443]", "--json", "-", "--explain");
    assertThat(result.exit).isZero();
    assertThat(result.lines()).startsWith("port in [80, 443]  =  true").endsWith("true");
    Result wrong = run("", "stellar", "-e", "1 + 'a'");
    assertThat(wrong.exit).isEqualTo(1);
    assertThat(wrong.err).startsWith("1:5: '+' has the string 'a' on its right");
  }

  @Test
  void answersABatchOfExpressions() throws Exception {
    String lines = "{\"expr\":\"10/2*5\"}\n{\"expr\":\"1+\"}\n";
    Result result = run(lines, "stellar", "--batch", "--compat", "metron");
    assertThat(result.exit).isZero();
    assertThat(result.lines().get(0)).isEqualTo("{\"value\":1}");
    assertThat(result.lines().get(1)).startsWith("{\"error\":");
    assertThat(run("", "stellar", "--batch", "no-such-file").exit).isEqualTo(1);
    assertThat(run("", "stellar", "-e", "1", "--compat", "other").exit).isEqualTo(2);
  }

  @Test
  void runsExampleTables() throws Exception {
    Path table = folder.resolve("rules.stellar");
    Files.writeString(table, "x := 2\nx + 1 --> 3\nx + 1 --> 4\n");
    Result result = run("", "stellar", "test", table.toString());
    assertThat(result.exit).isEqualTo(1);
    assertThat(result.out).contains(":3: x + 1").contains("1 passed, 1 failed");
  }

  @Test
  void runsTheStatementsOfAScript() throws Exception {
    Result result = run("x := 2\nMAP([1, 2],\n  y -> y * x)\n1 / 0\n", "stellar");
    assertThat(result.exit).isEqualTo(1);
    assertThat(result.lines()).containsExactly("[2,4]");
    assertThat(result.err).contains("divided by zero");

    Path script = folder.resolve("script.stellar");
    Files.writeString(script, "# a comment\ny := [x,\n  3]\ny\n");
    Path event = folder.resolve("event.json");
    Files.writeString(event, "{\"x\": 2}");
    result = run("", "stellar", script.toString(), "--json", event.toString());
    assertThat(result.exit).isZero();
    assertThat(result.lines()).containsExactly("[2,3]");
    result = run("x := 1\n%load " + script + "\nLENGTH(y)\n", "stellar");
    assertThat(result.lines()).containsExactly("[1,3]", "2");
    assertThat(run("", "stellar", script.toString(), "-e", "1").exit).isEqualTo(2);
  }

  @Test
  void takesTheTimeOfReceipt() throws Exception {
    Result result = run(EVE, "parse", "suricata", "-", "--received", "2026-05-06T07:08:09Z");
    assertThat(result.out).contains("\"event.ingested\":\"2026-05-06T07:08:09Z\"");
    assertThat(run(EVE, "parse", "suricata", "-", "--received", "yesterday").exit).isEqualTo(2);
  }

  @Test
  void readsPackedFiles() throws Exception {
    Path file = folder.resolve("eve.json.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((EVE + "\n").getBytes(UTF_8));
    }
    assertThat(run("", "parse", "suricata", file.toString()).lines()).hasSize(1);
  }

  @Test
  void addsWhatIsKnownOfNetworks() throws Exception {
    Result result = run(EVE, "parse", "suricata", "-", "--enrich");
    assertThat(result.exit).isZero();
    assertThat(result.out).contains("\"network.direction\":\"internal\"");
  }

  @Test
  void namesTheSensorThatWasMeant() throws Exception {
    Result result = run("", "parse", "suricta", "-");
    assertThat(result.exit).isEqualTo(2);
    assertThat(result.err).contains("Did you mean 'suricata'?");
    assertThat(result.out).isEmpty();
  }

  @Test
  void failsOnAFileThatIsNotThere() throws Exception {
    Result result = run("", "parse", "suricata", folder.resolve("nothing").toString());
    assertThat(result.exit).isEqualTo(1);
    assertThat(result.err).contains("there is no file ");
  }

  @Test
  void wrongUseIsExitCodeTwo() throws Exception {
    assertThat(run("", "parse").exit).isEqualTo(2);
    assertThat(run("", "nothing").exit).isEqualTo(2);
    assertThat(run("", "sensors", "--colour").exit).isEqualTo(2);
  }

  @Test
  void listsSensors() throws Exception {
    assertThat(run("", "sensors").out).contains("zeek").contains("suricata");
    String json = run("", "sensors", "--json").out;
    assertThat(json)
        .startsWith("[")
        .contains("{\"name\":\"zeek\",\"aliases\":[")
        .contains("\"formats\":[");
  }

  @Test
  void saysWhereNoMetronRuns() throws Exception {
    for (String[] command :
        new String[][] {{"search", "*"}, {"ingest", "zeek", "-"}, {"intel", "list"}}) {
      Result result = run("", command);
      assertThat(result.exit).as(command[0]).isEqualTo(1);
      assertThat(result.err).contains("no Metron runs in " + folder);
    }
    assertThat(run("", "status").exit).isEqualTo(1);
    assertThat(run("", "status", "--json").out).isEqualTo("{\"status\":\"stopped\"}\n");
    assertThat(run("", "stop").exit).isZero();
  }

  @Test
  void takesAUsersSensorAndNamesItsFaults() throws Exception {
    Path sensors = Files.createDirectories(folder.resolve("conf/sensors"));
    Files.writeString(sensors.resolve("wrong.yaml"), "nmae: wrong\n");
    Result result = run("", "sensors");
    assertThat(result.exit).isEqualTo(1);
    assertThat(result.err)
        .contains("sensors/wrong.yaml:1: unknown key 'nmae'. Did you mean 'name'?");
  }

  @Test
  void testsTheConfiguration() throws Exception {
    Path triage = Files.createDirectories(folder.resolve("conf/triage"));
    Path transformations = Files.createDirectories(folder.resolve("conf/transformations"));
    Files.writeString(
        transformations.resolve("t.yaml"), "transformations: [{stellar: {labels.x: '1 + 1'}}]");
    Files.writeString(
        triage.resolve("a.yaml"),
        """
        rules: [{name: port, rule: ip_dst_port == 22, score: 30}]
        tests:
          - {event: {ip_dst_port: 22}, fires: [port]}
          - {event: {ip_dst_port: 23}, fires: [port]}
        """);
    String conf = folder.resolve("conf").toString();
    Result failing = run("", "test-config", conf);
    assertThat(failing.exit).isEqualTo(1);
    assertThat(failing.out).isEqualTo("1 of 2 tests passed, no faults\n");
    assertThat(failing.err).startsWith("failed: triage/a.yaml:4: expected that 'port' fires");
    assertThat(run("", "test-config", "--json", conf).out)
        .contains("\"tests\":2,\"passed\":1,\"failures\":[{\"file\":\"triage/a.yaml\",\"line\":4");
    assertThat(run(EVE, "parse", "suricata", "-").out).contains("\"labels.x\":2");
    Files.writeString(triage.resolve("a.yaml"), "rules: [{rule: 10 / 2 * 5 == 1, score: 30}]");
    Result doubtful = run("", "test-config", conf);
    assertThat(doubtful.exit).isZero();
    assertThat(doubtful.err).startsWith("warning: triage/a.yaml:1: ");
    Files.writeString(triage.resolve("b.yaml"), "rules: [{rule: a +, score: 30}]");
    Files.writeString(folder.resolve("conf/metron.yaml"), "detection: {agregator: max}");
    Result faulty = run("", "test-config", conf);
    assertThat(faulty.exit).isEqualTo(1);
    assertThat(faulty.err).contains("fault: triage/b.yaml:1: ", "fault: metron.yaml:1: ");
    assertThat(run(EVE, "parse", "suricata", "-").exit).isEqualTo(1);
  }

  @Test
  void triesChecksAndImportsSigmaRules() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("rules/sub"));
    Files.writeString(
        rules.resolve("a.yml"),
        """
        title: Shell
        id: rule-1
        logsource: {category: process_creation, product: windows}
        detection: {s: {Image|endswith: '\\cmd.exe'}, condition: s}
        """);
    String dir = folder.resolve("rules").toString();
    String sysmon =
        "{\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"EventID\":1,"
            + "\"Image\":\"C:\\\\cmd.exe\"}";
    Result result =
        run(
            sysmon
                + "\n{\"Channel\":\"Security\",\"EventID\":4688,\"NewProcessName\":\"C:\\\\CMD.exe\"}\n"
                + sysmon.replace(":1,", ":3,")
                + "\n",
            "sigma",
            "test",
            "--rules",
            dir,
            "-");
    assertThat(result.err).isEmpty();
    assertThat(result.lines()).containsExactly("[\"rule-1\"]", "[\"rule-1\"]", "[]");
    assertThat(result.exit).isZero();
    Files.writeString(rules.resolve("b.yml"), "title: broken\ndetection: {condition: s}\n");
    Result check = run("", "sigma", "check", "--json", dir);
    assertThat(check.exit).isEqualTo(1);
    assertThat(check.lines().get(0)).contains("\"id\":\"rule-1\"", "\"state\":\"loaded\"");
    assertThat(check.lines().get(1))
        .startsWith("{\"file\":\"sub/b.yml\",\"line\":2,\"state\":\"error\"");
    Result imported = run("", "sigma", "import", "--data", folder.toString(), dir);
    assertThat(imported.out).isEqualTo("1 files imported, 1 refused\n");
    assertThat(run("", "sigma", "list", "--data", folder.toString()).out)
        .isEqualTo("1 rules loaded, 0 inactive, 0 errors\n");
    assertThat(run("", "sigma", "test", "--rules", "nowhere", "-").exit).isEqualTo(1);
    assertThat(run("", "sigma").exit).isEqualTo(2);
  }

  @Test
  void keepsPacketsAndFindsThemAgain() throws Exception {
    // One UDP packet of 10.0.0.1:1000 to 10.0.0.2:53, in classic pcap.
    byte[] capture =
        java.util.HexFormat.of()
            .parseHex(
                "d4c3b2a1020004000000000000000000ffff000065000000"
                    + "00f15365000000001c0000001c000000"
                    + "4500001c0000000040110000"
                    + "0a0000010a000002"
                    + "03e8003500080000");
    Path file = folder.resolve("one.pcap");
    Files.write(file, capture);
    String store = folder.resolve("kept").toString();
    assertThat(packets("list", file.toString(), "--filter", "udp port 53").out)
        .isEqualTo("1 2023-11-14T22:13:20Z 10.0.0.1:1000 > 10.0.0.2:53 udp 28 ipv4 udp\n");
    assertThat(packets("info", file.toString(), "--json").out).contains("\"packets\":1,");
    assertThat(packets("import", "--store", store, file.toString()).exit).isZero();
    Path out = folder.resolve("out.pcapng");
    Result found =
        packets(
            "find",
            "--store",
            store,
            "--flow",
            "udp,10.0.0.2,53,10.0.0.1,1000",
            "-w",
            out.toString());
    assertThat(found.err).startsWith("1 packets; read 1 of 1 blocks");
    assertThat(packets("list", out.toString(), "--json").out).contains("\"source\":\"10.0.0.1\"");
    assertThat(packets("find", "--store", store, "host 10.0.0.300").exit).isEqualTo(2);
    assertThat(packets("segments", "--store", store).out).contains("1 packets");
    assertThat(packets("reindex", "--store", store, "--all").exit).isZero();
    Files.write(file, java.util.Arrays.copyOf(capture, 45));
    Result cut = packets("list", file.toString());
    assertThat(cut.exit).isEqualTo(1);
    assertThat(cut.err).contains("byte 24: the file ends inside packet 1");
  }

  private Result packets(String... arguments) throws IOException {
    var all = new java.util.ArrayList<>(List.of("packets"));
    all.addAll(List.of(arguments));
    return run("", all.toArray(String[]::new));
  }

  private Result run(String in, String... arguments) throws IOException {
    var all = new java.util.ArrayList<>(List.of(arguments));
    if (!WITHOUT_DATA.contains(arguments[0])) {
      int at = arguments[0].equals("intel") ? 2 : 1;
      all.add(at, folder.toString());
      all.add(at, "--data");
    }
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit;
    try (PrintStream o = new PrintStream(out, true, UTF_8);
        PrintStream e = new PrintStream(err, true, UTF_8)) {
      exit =
          Metron.run(
              new ByteArrayInputStream(in.getBytes(UTF_8)), o, e, all.toArray(String[]::new));
    }
    return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
  }
}
