package metron.stellar.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Functions of Apache Metron that are not here, each with the reason and what takes its place.
public final class LeftOut {
  /// Functions that are left out for one reason.
  public record Reason(List<String> names, String text) {
    public Reason {
      names = List.copyOf(names);
    }
  }

  public static final List<Reason> ALL =
      List.of(
          new Reason(
              List.of("HDFS_LS", "HDFS_READ", "HDFS_READ_LINES", "HDFS_RM", "HDFS_WRITE"),
              "There is no HDFS. Load what it holds into a reference table and ask ENRICHMENT_GET."),
          new Reason(
              List.of("LOCAL_LS", "LOCAL_READ", "LOCAL_READ_LINES", "LOCAL_RM", "LOCAL_WRITE"),
              "A rule must not reach files; on the command line the system's own commands do it"
                  + " better."),
          new Reason(
              List.of("REST_GET", "REST_POST"),
              "A rule that waits for a server stops the stream, and can be made to reach into the"
                  + " network of the server it runs on. Enrichment sources do such lookups, with"
                  + " caches and limits."),
          new Reason(
              List.of("MAAS_GET_ENDPOINT", "MAAS_MODEL_APPLY"),
              "Models ran as YARN applications. Let the service that runs a model write its score into a"
                  + " field of the event."),
          new Reason(
              List.of("PROFILER_APPLY", "PROFILER_FLUSH", "PROFILER_INIT"),
              "They try profiles out in the shell. A profile has samples and tests beside it."),
          new Reason(
              List.of(
                  "CONFIG_GET",
                  "CONFIG_PUT",
                  "ENRICHMENT_STELLAR_TRANSFORM_ADD",
                  "ENRICHMENT_STELLAR_TRANSFORM_PRINT",
                  "ENRICHMENT_STELLAR_TRANSFORM_REMOVE",
                  "INDEXING_SET_BATCH",
                  "INDEXING_SET_ENABLED",
                  "INDEXING_SET_INDEX",
                  "PARSER_STELLAR_TRANSFORM_ADD",
                  "PARSER_STELLAR_TRANSFORM_PRINT",
                  "PARSER_STELLAR_TRANSFORM_REMOVE",
                  "THREAT_TRIAGE_ADD",
                  "THREAT_TRIAGE_PRINT",
                  "THREAT_TRIAGE_REMOVE",
                  "THREAT_TRIAGE_SET_AGGREGATOR"),
              "They edit configuration in ZooKeeper. Configuration is files under `conf/`, with a"
                  + " history, and an editor edits them."),
          new Reason(
              List.of(
                  "GROK_EVAL",
                  "GROK_PREDICT",
                  "PARSER_CONFIG",
                  "PARSER_INIT",
                  "PARSER_PARSE",
                  "THREAT_TRIAGE_CONFIG",
                  "THREAT_TRIAGE_INIT",
                  "THREAT_TRIAGE_SCORE"),
              "They try parsers and rules out in the shell. Sensors and rules have samples and tests"
                  + " beside them."),
          new Reason(
              List.of(
                  "KAFKA_FIND",
                  "KAFKA_GET",
                  "KAFKA_PROPS",
                  "KAFKA_PUT",
                  "KAFKA_SEEK",
                  "KAFKA_TAIL"),
              "Kafka's own command line does this, with all of its options."),
          new Reason(
              List.of("SHELL_EDIT", "SHELL_GET_EXPRESSION", "SHELL_LIST_VARS", "SHELL_VARS2MAP"),
              "The shell's `%vars` shows each variable with its expression, `_` is the map of them,"
                  + " and the shell edits lines itself."),
          new Reason(
              List.of("BYTEARRAY_MATCHER"),
              "It matches the bytes of packets. Use the filters of `metron packets`."));

  private LeftOut() {}

  /// The reasons by function name.
  public static Map<String, String> byName() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Reason reason : ALL) {
      for (String name : reason.names()) {
        reasons.put(name, reason.text());
      }
    }
    return reasons;
  }

  /// All names in order.
  public static Set<String> names() {
    return new TreeSet<>(byName().keySet());
  }
}
