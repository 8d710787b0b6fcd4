package metron.stellar.functions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import metron.stellar.function.Example;
import metron.stellar.function.Parameter;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.shell.ShellFunctions;
import org.jspecify.annotations.Nullable;

/// The reference of functions, made from what each says of itself.
public final class FunctionManual {
  private static final String DIFFERENCES =
      """

      ## Differences from Apache Metron

      Everything else answers what the final Metron answers, with the same types of numbers.

      - New: `JSON_PARSE`, `JSON_FORMAT`, `SORT`, `SSDEEP_SCORE`, and `SSDEEP` as an algorithm of `HASH`.
      - `IN_SUBNET` takes IPv6, prefix lengths from 0 to the longest, and counts the network and the broadcast
        address in.
      - A time zone that is unknown is a failure; Metron took it for GMT. Weeks begin on Sunday and names of
        days are English whatever the locale of the machine.
      - `DATE_FORMAT` takes any number for the time; Metron formatted the present time for an integer.
      - `BLOOM_INIT` uses the numbers that it is given; Metron used the first only when there was a second,
        and the second only when there was a third.
      - `STATS_MERGE` keeps minimum and maximum when one of the statistics is empty. `STATS_PERCENTILE` is
        exact for up to 300 numbers.
      - `HLLP_INIT` takes a precision of up to 21. Small counts are exact without `sparse`.
      - `GEO_GET`, `ASN_GET` and `ENRICHMENT_GET` fail where there is no database, and say so; Metron answered
        null. `ENRICHMENT_GET` and `ENRICHMENT_EXISTS` do not ask for an HBase table and column family.
      - `OBJECT_GET`, `ENRICHMENT_OBJECT_GET` and the functions of profiles ask the program that runs a rule, and
        fail where it keeps no objects or profiles. Metron read Java objects from HDFS and measurements from HBase.
      - A whole number of JSON that no long can hold becomes a double.
      - `GET`, `GET_FIRST` and `GET_LAST` take longs and sets where Metron failed to cast them.
      - `LIST_ADD`, `MAP_PUT` and `SET_ADD` refuse what would hold itself.
      - What a call can make is limited: `FORMAT` has widths up to 9,999, a window of statistics and a sample
        up to 1,048,576 values, `DOMAIN_TYPOSQUAT` names up to 63 characters, JSON 200 levels, and every
        program a budget of steps and memory.
      """;

  private FunctionManual() {}

  /// The page `docs/stellar/functions.md`.
  public static String markdown(Collection<StellarFunction> functions) {
    Map<String, List<StellarFunction>> groups = new TreeMap<>();
    for (StellarFunction function : functions) {
      groups.computeIfAbsent(function.group(), _ -> new ArrayList<>()).add(function);
    }
    groups.values().forEach(g -> g.sort((a, b) -> a.name().compareTo(b.name())));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Stellar functions

        %d functions, made from the code: the examples below are run as tests. In a signature, `?` stands after
        what may be left out and `...` after what may be given more than once. A *state* is an object that
        only functions of its group understand. Functions of Apache Metron that are not here are named
        at [the end](#not-here), each with its reason; see also what is
        [different](#differences-from-apache-metron).

        """
            .formatted(functions.size()));
    groups.forEach(
        (group, members) ->
            page.append("- [%s](#%s): ".formatted(group, anchor(group)))
                .append(
                    members.stream()
                        .map(f -> "[%s](#%s)".formatted(f.name(), anchor(f.name())))
                        .collect(Collectors.joining(" · ")))
                .append('\n'));
    groups.forEach(
        (group, members) -> {
          page.append("\n## ").append(group).append('\n');
          members.forEach(f -> page.append(entry(f)));
        });
    page.append("\n## Only in the shell\n\n");
    page.append("A rule must answer the same on every machine, and must not read its secrets.\n");
    ShellFunctions.ALL.forEach(f -> page.append(entry(f)));
    page.append(DIFFERENCES);
    page.append("\n## Not here\n\n| Function | Why |\n|---|---|\n");
    for (LeftOut.Reason reason : LeftOut.ALL) {
      page.append("| ")
          .append(reason.names().stream().map(n -> "`" + n + "`").collect(Collectors.joining(" ")))
          .append(" | ")
          .append(reason.text())
          .append(" |\n");
    }
    return page.toString();
  }

  /// What the shell shows for `?NAME`, as lines.
  public static List<String> help(StellarFunction function) {
    return entry(function)
        .lines()
        .filter(line -> !line.startsWith("```"))
        .map(line -> line.replaceFirst("^### ", "").replace("`", "").replace("**", ""))
        .toList();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String entry(StellarFunction function) {
    StringBuilder entry = new StringBuilder();
    entry.append("\n### ").append(function.name()).append("\n\n");
    entry.append('`').append(function.signature().text()).append('`');
    if (function.signature().result() != Type.ANY) {
      entry.append(" → ").append(function.signature().result().text());
    }
    entry.append("\n\n").append(function.meaning()).append("\n\n");
    for (Parameter parameter : function.signature().parameters()) {
      entry.append("- `%s` (%s): ".formatted(parameter.name(), parameter.typeText()));
      entry.append(parameter.meaning()).append('\n');
    }
    if (!function.returns().isBlank()) {
      entry.append("- **Answers** ").append(function.returns()).append(".\n");
    }
    entry.append("- **Fails:** ").append(function.fails()).append("\n\n```\n");
    for (Example example : function.examples()) {
      entry.append(example.source());
      if (!example.variables().isEmpty()) {
        Map<String, String> shown = new LinkedHashMap<>();
        example.variables().forEach((name, value) -> shown.put(name, shown(value)));
        entry.append("    where ");
        entry.append(
            shown.entrySet().stream()
                .map(e -> e.getKey() + " is " + e.getValue())
                .collect(Collectors.joining(", ")));
      }
      entry.append("\n  = ");
      if (example.answer() instanceof Example.Failure(String message)) {
        entry.append("failure: ").append(message);
      } else {
        entry.append(shown(example.answer()));
      }
      entry.append('\n');
    }
    return entry.append("```\n").toString();
  }

  /// A value as the language writes it, as far as it can.
  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text ->
          "'"
              + text.replace("\\", "\\\\")
                  .replace("'", "\\'")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r")
                  .replace("\t", "\\t")
              + "'";
      case Long number -> number + "L";
      case Float number -> number + "f";
      case Set<?> set ->
          set.stream()
              .map(FunctionManual::shown)
              .sorted()
              .collect(Collectors.joining(", ", "set of [", "]"));
      case Collection<?> list ->
          list.stream().map(FunctionManual::shown).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> shown(e.getKey()) + " : " + shown(e.getValue()))
              .sorted()
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }
}
