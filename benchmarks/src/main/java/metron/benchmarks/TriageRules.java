package metron.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A thousand triage rules as a busy site has them, over the fields of six sensors, and one event for
/// which ten of them are true. Each tenth of the rules has a shape of its own, from signatures to
/// regular expressions, and no two rules are the same. About two thirds could be true of the event's
/// kind; the rest name fields or sensors that it does not have.
final class TriageRules {
  static final int SIZE = 1000;
  static final int TRUE = 10;

  private static final String[] SENSORS = {"squid", "snort", "bro", "asa", "yaf", "windows"};
  private static final String[] COUNTRIES = {"KP", "IR", "RU", "CN", "BY", "SY", "VE", "MM"};

  private TriageRules() {}

  /// A request that a proxy let through.
  static Map<String, Object> event() {
    Map<String, Object> event = new HashMap<>();
    event.put("source.type", "squid");
    event.put("timestamp", 1_764_000_000_000L);
    event.put("ip_src_addr", "10.20.30.40");
    event.put("ip_src_port", 51234);
    event.put("ip_dst_addr", "198.51.100.23");
    event.put("ip_dst_port", 8443);
    event.put("protocol", "tcp");
    event.put("method", "CONNECT");
    event.put("action", "TCP_TUNNEL");
    event.put("code", 200);
    event.put("bytes", 734_003_200L);
    event.put("elapsed", 915_000L);
    event.put("url", "https://cdn7.update-service.example.net:8443/a/b/c/gate.php?id=7");
    event.put("domain", "cdn7.update-service.example.net");
    event.put("host", "ws-0417");
    event.put("user", "j.doe");
    event.put("user_agent", "curl/8.5.0");
    event.put("enrichments.geo.ip_dst_addr.country", "RU");
    event.put("enrichments.asset.criticality", "high");
    event.put("threatintels.domain", "c2");
    event.put("guid", "b6e1f1de-0417-4f3c-9a0c-6c0c3a3f4a11");
    event.put(
        "original_string", "1764000000.000 915000 10.20.30.40 TCP_TUNNEL/200 734003200 CONNECT …");
    return event;
  }

  /// A flow within the site, of which no rule is true.
  static Map<String, Object> ordinary() {
    Map<String, Object> event = new HashMap<>();
    event.put("source.type", "yaf");
    event.put("timestamp", 1_764_000_000_000L);
    event.put("ip_src_addr", "10.20.30.40");
    event.put("ip_src_port", 51234);
    event.put("ip_dst_addr", "10.1.1.9");
    event.put("ip_dst_port", 445);
    event.put("protocol", "tcp");
    event.put("bytes", 1200L);
    event.put("pkt", 9);
    event.put("original_string", "10.20.30.40 51234 10.1.1.9 445 tcp 9 1200");
    return event;
  }

  static List<String> rules() {
    List<String> rules = new ArrayList<>(SIZE);
    for (int i = 0; i < SIZE; i++) {
      rules.add(rule(i % 10, i / 10));
    }
    return rules;
  }

  /// @param n the number of the rule among those of its shape; the rule 7 of each shape is true
  private static String rule(int shape, int n) {
    boolean fires = n == 7;
    String sensor = SENSORS[n % SENSORS.length];
    return switch (shape) {
      case 0 ->
          fires
              ? "source.type == 'squid' and action == 'TCP_TUNNEL'"
              : n % 2 == 0
                  ? "source.type == 'snort' and sig_id == " + (2_000_000 + n)
                  : "source.type == '%s' and action == 'RULE_%d' and exists(ip_src_addr)"
                      .formatted(sensor, n);
      case 1 ->
          "not(IN_SUBNET(ip_dst_addr, '10.0.0.0/8', '192.168.0.0/16')) and ip_dst_port in [%d, %d]"
              .formatted(fires ? 8443 : 1000 + n, 5000 + n);
      case 2 ->
          "IN_SUBNET(ip_src_addr, '%s') and bytes > %d"
              .formatted(fires ? "10.0.0.0/8" : "172.16." + n + ".0/24", 1_000_000L * (n + 1));
      case 3 ->
          "exists(domain) and ENDS_WITH(domain, '%s')"
              .formatted(fires ? ".example.net" : ".bad" + n + ".example.org");
      case 4 ->
          n % 2 == 0
              ? "user in ['svc-%d', 'adm-%d'] and hour_of_day < 6".formatted(n, n)
              : "user == '%s' and host != 'ws-%04d'".formatted(fires ? "j.doe" : "u" + n, n);
      case 5 ->
          "enrichments.geo.ip_dst_addr.country == '%s' and bytes > %d"
              .formatted(
                  fires ? "RU" : COUNTRIES[n % COUNTRIES.length],
                  fires ? 100_000_000L : 734_003_200L + n);
      case 6 ->
          n % 3 == 1
              ? "REGEXP_MATCH(url, '.*/%s\\\\.php.*')".formatted(fires ? "gate" : "kit" + n)
              : "source.type == '%s' and REGEXP_MATCH(query, '[a-z0-9]{%d,}\\\\..*')"
                  .formatted(SENSORS[1 + n % 5], 20 + n);
      case 7 ->
          "LENGTH(domain) > %d and STRING_ENTROPY(domain) > %s"
              .formatted(fires ? 20 : 32 + n, fires ? "3.0" : "4.1");
      case 8 ->
          "if exists(threatintels.%s) then %s else false"
              .formatted(
                  fires ? "domain" : "feed" + n,
                  "TO_LOWER(enrichments.asset.criticality) == 'high' or bytes > " + n);
      default ->
          fires
              ? "protocol == 'tcp' and elapsed / 1000 > 900 and code == 200"
              : switch (n % 4) {
                case 0 -> "protocol == 'udp' and ip_dst_port == 53 and bytes > " + (512 + n);
                case 1 -> "failed_logins / (attempts + 1) > 0.%d and exists(user)".formatted(n);
                case 2 ->
                    "STARTS_WITH(user_agent, 'tool-%d') or user_agent == 'x%d'".formatted(n, n);
                default -> "code >= 400 and code < %d and method == 'POST'".formatted(400 + n);
              };
    };
  }
}
