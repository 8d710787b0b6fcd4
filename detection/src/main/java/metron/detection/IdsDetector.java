package metron.detection;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import org.jspecify.annotations.Nullable;

/// What an intrusion detection sensor already calls an alert contributes by the sensor's own severity.
///
/// | sensor | scale | score |
/// |---|---|---|
/// | Suricata, Snort | 1 is worst; by classtype in `classification.config` | 1: 80, 2: 55, 3: 30, 4 and more: 15 |
/// | Zeek notice | none: by the notice's name, see [#NOTICES] | 45 where the table is silent |
/// | CEF and LEEF products, 7 and more or `event.kind` = `alert` | 0 to 10, 10 is worst | ten times that |
/// | any other, `event.kind` = `alert` | unknown | 50 |
///
/// 80 and not 100 for the worst: a signature that fires says what a packet looks like, not that an attack worked; it is an
/// indicator or a second sign that makes it worse. What the sensor blocked scores 20 less.
public final class IdsDetector implements Detector {
  /// Why each notice weighs what it does: malware and exploitation far above reconnaissance, reconnaissance above hygiene.
  /// 0: about Zeek itself, no contribution.
  static final Map<String, Integer> NOTICES =
      Map.ofEntries(
          Map.entry("teamcymrumalwarehashregistry::match", 85), // the file is known malware
          Map.entry("heartbleed::ssl_heartbeat_attack_success", 95), // memory was read
          Map.entry("heartbleed::ssl_heartbeat_attack", 80),
          Map.entry("intel::notice", 75), // an indicator in Zeek's own list
          Map.entry("http::sql_injection_attacker", 70),
          Map.entry("http::sql_injection_victim", 70),
          Map.entry("ssh::password_guessing", 60),
          Map.entry("ftp::bruteforcing", 60),
          Map.entry("rdp::bruteforce", 60),
          Map.entry("ssh::login_by_password_guesser", 85), // the guessing worked
          Map.entry("ssh::interesting_hostname_login", 40),
          Map.entry("ssh::watched_country_login", 50),
          Map.entry("smtp::blocklist_error_message", 30),
          Map.entry("scan::port_scan", 50),
          Map.entry("scan::address_scan", 50),
          Map.entry("scan::random_scan", 50),
          Map.entry("signatures::sensitive_signature", 60),
          Map.entry("ssl::invalid_server_cert", 25), // hygiene, common inside
          Map.entry("ssl::certificate_expired", 15),
          Map.entry("ssl::certificate_expires_soon", 5),
          Map.entry("ssl::weak_key", 15),
          Map.entry("ssl::old_version", 15),
          Map.entry("traceroute::detected", 20),
          Map.entry("dns::external_name", 10),
          Map.entry("weird::activity", 10),
          Map.entry("captureloss::too_much_loss", 0),
          Map.entry("captureloss::too_little_traffic", 0),
          Map.entry("packetfilter::dropped_packets", 0));

  private static final Field NOTE = FieldCatalogue.get().field("zeek.notice.note");
  private static final Field NOTICE_MESSAGE = FieldCatalogue.get().field("zeek.notice.msg");

  private final double minimum;

  public IdsDetector() {
    this(0);
  }

  /// @param minimum a lower score is no contribution; 0 to 100
  public IdsDetector(double minimum) {
    this.minimum = minimum;
  }

  @Override
  public String name() {
    return "ids";
  }

  @Override
  public void detect(Event event, List<Contribution> contributions) {
    boolean notice = isNotice(event);
    if (!notice && !"alert".equals(event.string(Ecs.EVENT_KIND)) && !isSevere(event)) {
      return;
    }
    Contribution c = notice ? notice(event) : alert(event);
    if (c.score() > 0 && c.score() >= minimum) {
      contributions.add(c);
    }
  }

  private static boolean isNotice(Event event) {
    String dataset = event.string(Ecs.EVENT_DATASET);
    return dataset != null && dataset.equals("zeek.notice");
  }

  /// CEF has no word for "this is an alert"; its specification calls 7 and 8 high, 9 and 10 very high.
  private static boolean isSevere(Event event) {
    String sensor = event.string(Ecs.METRON_SENSOR);
    long severity = event.longValue(Ecs.EVENT_SEVERITY, -1);
    return severity >= 7
        && severity <= 10
        && sensor != null
        && (sensor.equals("cef") || sensor.equals("leef"));
  }

  private static Contribution notice(Event event) {
    String note = first(event.string(Ecs.RULE_NAME), event.string(NOTE), "notice");
    int score = NOTICES.getOrDefault(note.toLowerCase(Locale.ROOT), 45);
    String message = first(event.string(NOTICE_MESSAGE), event.string(Ecs.MESSAGE), "");
    return new Contribution(
        Contribution.Kind.IDS,
        note,
        "Zeek notice " + note + (message.isEmpty() ? Ends.of(event) : ": " + cut(message)),
        score);
  }

  private static Contribution alert(Event event) {
    String sensor =
        first(
                event.string(Ecs.METRON_SENSOR),
                event.string(Ecs.EVENT_MODULE),
                first(
                    event.string(Ecs.OBSERVER_PRODUCT),
                    event.string(Ecs.OBSERVER_VENDOR),
                    "sensor"))
            .toLowerCase(Locale.ROOT);
    String name = first(event.string(Ecs.RULE_NAME), event.string(Ecs.MESSAGE), "alert");
    long severity = event.longValue(Ecs.EVENT_SEVERITY, -1);
    String category = first(event.string(Ecs.RULE_CATEGORY), null, "");
    double score;
    String scale;
    String who;
    if (sensor.contains("suricata") || sensor.contains("snort") || sensor.contains("sourcefire")) {
      who = sensor.contains("suricata") ? "Suricata" : "Snort";
      score = severity == 1 ? 80 : severity == 2 ? 55 : severity == 3 ? 30 : severity < 0 ? 40 : 15;
      scale = severity < 0 ? "" : (who.equals("Snort") ? "priority " : "severity ") + severity;
    } else if (severity >= 0
        && severity <= 10
        && (sensor.contains("cef") || sensor.contains("leef"))) {
      who = first(event.string(Ecs.OBSERVER_PRODUCT), event.string(Ecs.OBSERVER_VENDOR), "Sensor");
      score = severity * 10.0;
      scale = "severity " + severity + " of 10";
    } else {
      who = first(event.string(Ecs.OBSERVER_PRODUCT), event.string(Ecs.OBSERVER_VENDOR), "Sensor");
      score = 50;
      scale = severity < 0 ? "" : "severity " + severity;
    }
    boolean blocked = event.values(Ecs.EVENT_TYPE).contains("denied");
    if (blocked) {
      score = Math.max(5, score - 20);
    }
    StringBuilder reason = new StringBuilder(who).append(" alert '").append(cut(name)).append('\'');
    reason.append(Ends.of(event));
    if (!scale.isEmpty() || !category.isEmpty()) {
      reason.append(" (").append(scale);
      if (!category.isEmpty()) {
        reason.append(scale.isEmpty() ? "" : ", ").append(cut(category));
      }
      reason.append(')');
    }
    if (blocked) {
      reason.append(", blocked by the sensor");
    }
    return new Contribution(Contribution.Kind.IDS, cut(name), reason.toString(), score);
  }

  private static String first(@Nullable String a, @Nullable String b, String otherwise) {
    return a != null && !a.isBlank() ? a : b != null && !b.isBlank() ? b : otherwise;
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 199) + "…";
  }
}
