package metron.event.query;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import metron.event.FieldCatalogue;
import org.jspecify.annotations.Nullable;

/// Finds the field that was meant by a name that no field has.
final class FieldNames {
  /// What people type who know other products.
  private static final Map<String, String> COMMON =
      Map.ofEntries(
          Map.entry("ip", "source.ip"),
          Map.entry("src", "source.ip"),
          Map.entry("src_ip", "source.ip"),
          Map.entry("srcip", "source.ip"),
          Map.entry("src.ip", "source.ip"),
          Map.entry("dst", "destination.ip"),
          Map.entry("dst_ip", "destination.ip"),
          Map.entry("dstip", "destination.ip"),
          Map.entry("dst.ip", "destination.ip"),
          Map.entry("dest_ip", "destination.ip"),
          Map.entry("dest.ip", "destination.ip"),
          Map.entry("port", "destination.port"),
          Map.entry("src_port", "source.port"),
          Map.entry("sport", "source.port"),
          Map.entry("dst_port", "destination.port"),
          Map.entry("dest_port", "destination.port"),
          Map.entry("dport", "destination.port"),
          Map.entry("proto", "network.transport"),
          Map.entry("host", "host.name"),
          Map.entry("observer", "observer.name"),
          Map.entry("file.hash", "file.hash.sha256"),
          Map.entry("process.hash", "process.hash.sha256"),
          Map.entry("host.risk", "host.risk.calculated_score"),
          Map.entry("hostname", "host.name"),
          Map.entry("username", "user.name"),
          Map.entry("domain", "dns.question.name"),
          Map.entry("query", "dns.question.name"),
          Map.entry("hash", "related.hash"),
          Map.entry("md5", "file.hash.md5"),
          Map.entry("sha1", "file.hash.sha1"),
          Map.entry("sha256", "file.hash.sha256"),
          Map.entry("signature", "rule.name"),
          Map.entry("severity", "event.severity"),
          Map.entry("risk", "event.risk_score"),
          Map.entry("score", "event.risk_score"),
          Map.entry("action", "event.action"),
          Map.entry("category", "event.category"),
          Map.entry("sensor", "metron.sensor"),
          Map.entry("country", "source.geo.country_iso_code"),
          Map.entry("status", "http.response.status_code"),
          Map.entry("time", "@timestamp"),
          Map.entry("community_id", "network.community_id"));

  /// The same for fields that are there once a sensor has registered them.
  private static final Map<String, String> OF_SENSORS =
      Map.of("flow_id", "suricata.eve.flow_id", "flow.id", "suricata.eve.flow_id");

  private static final Set<String> LEAVES =
      Set.of("name", "ip", "original", "question.name", "address", "id", "request.method");

  private FieldNames() {}

  /// Names of other products that have a suggestion.
  static Set<String> common() {
    return COMMON.keySet();
  }

  /// @return empty if `typed` is not near any name: then it may well be a field outside the catalogue
  static Optional<String> meant(String typed) {
    FieldCatalogue fields = FieldCatalogue.get();
    String common = COMMON.getOrDefault(typed, OF_SENSORS.get(typed));
    if (common != null && fields.entry(common).isPresent()) {
      return Optional.of(common);
    }
    String whole = whole(typed);
    if (whole != null) {
      return Optional.of(whole);
    }
    String best = null;
    int limit = Math.max(1, Math.min(3, typed.length() / 5)) + 1;
    boolean group = false;
    String groupFirst = null;
    for (FieldCatalogue.Entry entry : fields.all()) {
      String name = entry.field().name();
      if (name.startsWith(typed) && name.length() > typed.length() + 1) {
        if (name.charAt(typed.length()) == '.') {
          group = true;
          String leaf = name.substring(typed.length() + 1);
          if (LEAVES.contains(leaf)
              && (groupFirst == null || rank(leaf) < rankOf(typed, groupFirst))) {
            groupFirst = name;
          }
        }
      }
      int distance = distance(typed, name, limit);
      if (distance < limit || (distance == limit - 1 && best != null && name.compareTo(best) < 0)) {
        limit = distance;
        best = name;
      }
    }
    if (group) {
      return Optional.ofNullable(groupFirst != null ? groupFirst : firstOf(typed));
    }
    return Optional.ofNullable(best);
  }

  /// The one field that `typed` names without its middle, such as `suricata.eve.flow_id` for `suricata.flow_id`.
  private static @Nullable String whole(String typed) {
    int dot = typed.indexOf('.');
    if (dot < 1) {
      return null;
    }
    String group = typed.substring(0, dot + 1);
    String leaf = typed.substring(dot);
    String found = null;
    for (String name : FieldCatalogue.get().startingWith(group)) {
      if (name.endsWith(leaf)) {
        if (found != null) {
          return null;
        }
        found = name;
      }
    }
    return found;
  }

  private static int rankOf(String group, String name) {
    return rank(name.substring(group.length() + 1));
  }

  private static int rank(String leaf) {
    return switch (leaf) {
      case "ip" -> 0;
      case "name" -> 1;
      case "question.name" -> 2;
      case "original" -> 3;
      case "request.method" -> 4;
      case "address" -> 5;
      default -> 6;
    };
  }

  private static String firstOf(String group) {
    return FieldCatalogue.get().startingWith(group + ".").getFirst();
  }

  /// Optimal string alignment distance: insert, delete, replace, swap of neighbours.
  ///
  /// @return the distance, or `limit` if it is that or more
  static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] older = new int[b.length() + 1];
    int[] old = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      old[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost =
            Math.min(
                old[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                Math.min(old[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost = Math.min(cost, older[j - 2] + 1);
        }
        row[j] = cost;
        least = Math.min(least, cost);
      }
      if (least >= limit) {
        return limit;
      }
      int[] free = older;
      older = old;
      old = row;
      row = free;
    }
    return Math.min(old[b.length()], limit);
  }
}
