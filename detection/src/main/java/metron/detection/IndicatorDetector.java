package metron.detection;

import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;

/// Each indicator that the event touches contributes its confidence; 20 less where the traffic was denied, since a scanner that
/// a firewall turns away is not a visit to a C2 server.
///
/// In: `threat.enrichments.*` and `metron.indicators.confidence`, lists in step, as enrichment writes them.
public final class IndicatorDetector implements Detector {
  private static final Field NAME = f("threat.enrichments.indicator.name");
  private static final Field PROVIDER = f("threat.enrichments.indicator.provider");
  private static final Field DESCRIPTION = f("threat.enrichments.indicator.description");
  private static final Field MATCHED_FIELD = f("threat.enrichments.matched.field");
  private static final Field MATCHED_TYPE = f("threat.enrichments.matched.type");
  private static final Field MATCHED_ATOMIC = f("threat.enrichments.matched.atomic");
  private static final Field CONFIDENCE = f("metron.indicators.confidence");

  @Override
  public String name() {
    return "indicator-matches";
  }

  @Override
  public void detect(Event event, List<Contribution> contributions) {
    if (!event.has(Ecs.THREAT_INDICATOR_NAME)) {
      return;
    }
    List<Object> names = event.values(NAME);
    List<Object> providers = event.values(PROVIDER);
    List<Object> descriptions = event.values(DESCRIPTION);
    List<Object> fields = event.values(MATCHED_FIELD);
    List<Object> kinds = event.values(MATCHED_TYPE);
    List<Object> atomics = event.values(MATCHED_ATOMIC);
    List<Object> confidences = event.values(CONFIDENCE);
    boolean blocked = event.values(Ecs.EVENT_TYPE).contains("denied");
    for (int i = 0; i < names.size() && i < 16; i++) {
      String name = at(names, i);
      String feed = at(providers, i);
      String seen = at(atomics, i);
      String what = at(descriptions, i);
      long confidence =
          i < confidences.size() && confidences.get(i) instanceof Long c
              ? Math.clamp(c, 0, 100)
              : 50;
      // An address of a listed network, a name or mailbox of a listed domain: say what the list
      // has.
      boolean part = !at(kinds, i).equals("url") && !seen.isEmpty() && !seen.equalsIgnoreCase(name);
      String under = part ? " falls under " + name + ", which" : "";
      contributions.add(
          new Contribution(
              Contribution.Kind.INDICATOR,
              feed.isEmpty() ? "indicator" : feed,
              words(at(fields, i))
                  + " "
                  + (seen.isEmpty() ? name : seen)
                  + under
                  + " is listed"
                  + (feed.isEmpty() ? "" : " by " + feed)
                  + (what.isEmpty() ? "" : " as " + what)
                  + " (confidence "
                  + confidence
                  + ")"
                  + (blocked ? ", blocked by the sensor" : ""),
              blocked ? Math.max(5, confidence - 20) : confidence));
    }
  }

  /// What a field is called in a sentence.
  private static String words(String field) {
    return switch (field) {
      case "source.ip", "source.address", "source.domain", "client.ip" -> "Source";
      case "destination.ip", "destination.address", "destination.domain", "server.ip" ->
          "Destination";
      case "source.nat.ip" -> "Translated source";
      case "destination.nat.ip" -> "Translated destination";
      case "dns.question.name" -> "DNS query";
      case "dns.resolved_ip", "dns.answers.data", "dns.answers.name" -> "DNS answer";
      case "url.domain" -> "Web site";
      case "url.full", "url.original" -> "URL";
      case "http.request.referrer" -> "Referring page";
      case "tls.client.server_name" -> "TLS server name";
      case "tls.client.ja3" -> "TLS client fingerprint";
      case "tls.server.ja3s" -> "TLS server fingerprint";
      case "user.email" -> "Address of the user";
      case "host.name", "host.hostname" -> "Host";
      default -> {
        if (field.startsWith("email.")) {
          yield field.contains(".to.") || field.contains("cc.") ? "Mail recipient" : "Mail sender";
        }
        if (field.startsWith("tls.") || field.contains("x509")) {
          yield "TLS certificate";
        }
        if (field.startsWith("process.")) {
          yield "Process hash";
        }
        yield field.contains(".hash.") || field.equals("related.hash")
            ? "File hash"
            : field.isEmpty() ? "Observable" : field;
      }
    };
  }

  private static String at(List<Object> values, int i) {
    return i < values.size() ? values.get(i).toString() : "";
  }

  private static Field f(String name) {
    return FieldCatalogue.get()
        .entry(name)
        .orElseThrow(() -> new IllegalStateException("fields.tsv lacks " + name))
        .field();
  }
}
