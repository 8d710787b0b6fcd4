package metron.enrichment.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import metron.enrichment.Enricher;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Compares every observable of an event with the [IndicatorTable].
///
/// What each catalogued field holds is decided once, here: addresses are all fields of type IP that name a party of the
/// event, then names, URLs, hashes and e-mail addresses by field. An event that touches nothing costs one pass over its
/// slots and one hash per observable, and allocates nothing.
///
/// A match sets `threat.indicator.*` and `threat.feed.name` of the most confident indicator, and `threat.enrichments.*` as
/// lists in step, one entry an indicator, with the numeric confidences in `metron.indicators.confidence`: ECS keeps
/// only the words of STIX.
public final class IndicatorEnricher implements Enricher {
  private static final byte NONE = 0;
  private static final byte ADDRESS = 1;
  private static final byte DOMAIN = 2;
  private static final byte URL = 3;
  private static final byte HASH = 4;
  private static final byte EMAIL = 5;
  // related.* repeats the others, so it is asked last and names only what no better field had.
  private static final byte RELATED = 6;
  // Name or address, as the sensor wrote it; an address stands in `*.ip` too.
  private static final byte PARTY = 7;

  private static final Field ENRICHMENT_TYPE = f("threat.enrichments.indicator.type");
  private static final Field ENRICHMENT_NAME = f("threat.enrichments.indicator.name");
  private static final Field ENRICHMENT_PROVIDER = f("threat.enrichments.indicator.provider");
  private static final Field ENRICHMENT_CONFIDENCE = f("threat.enrichments.indicator.confidence");
  private static final Field ENRICHMENT_DESCRIPTION = f("threat.enrichments.indicator.description");
  private static final Field ENRICHMENT_REFERENCE = f("threat.enrichments.indicator.reference");
  private static final Field ENRICHMENT_TLP = f("threat.enrichments.indicator.marking.tlp");
  private static final Field MATCHED_FIELD = f("threat.enrichments.matched.field");
  private static final Field MATCHED_ATOMIC = f("threat.enrichments.matched.atomic");
  private static final Field MATCHED_TYPE = f("threat.enrichments.matched.type");
  private static final Field INDICATOR_URL_FULL = f("threat.indicator.url.full");
  private static final Field INDICATOR_URL_DOMAIN = f("threat.indicator.url.domain");
  private static final Field INDICATOR_EMAIL = f("threat.indicator.email.address");
  private static final Field IDS = f("metron.indicators.id");
  private static final Field CONFIDENCES = f("metron.indicators.confidence");
  private static final Field TAGS = f("metron.indicators.tags");

  private static final byte[] ROLES = roles();

  private final IndicatorTable table;

  public IndicatorEnricher(IndicatorTable table) {
    this.table = table;
  }

  @Override
  public String name() {
    return "indicators";
  }

  @Override
  public void enrich(Event event) {
    if (table.size() == 0) {
      return;
    }
    long at = event.nanos(Ecs.TIMESTAMP, Long.MIN_VALUE);
    Matches found = null;
    boolean related = false;
    int size = event.size();
    for (int i = 0; i < size; i++) {
      byte role = role(event.fieldAt(i));
      if (role == RELATED) {
        related = true;
      } else if (role != NONE) {
        found = slot(event, i, role, at, found);
      }
    }
    if (table.hasUrls()) {
      found = path(event, at, found);
    }
    for (int i = 0; related && i < size; i++) {
      if (role(event.fieldAt(i)) == RELATED) {
        found = related(event, i, at, found);
      }
    }
    if (found != null) {
      apply(event, found.ranked());
    }
  }

  private @Nullable Matches slot(Event event, int i, byte role, long at, @Nullable Matches found) {
    Object value = event.refAt(i);
    if (value instanceof List<?> list) {
      for (Object each : list) {
        found = one(event.fieldAt(i), each, role, at, found);
      }
      return found;
    }
    return value == null ? found : one(event.fieldAt(i), value, role, at, found);
  }

  /// `related.*` is gathered from the other fields, and mostly holds the very same objects.
  // The same object is the same value; equal ones that differ are looked up once more, no harm
  // done.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Matches related(Event event, int i, long at, @Nullable Matches found) {
    Field field = event.fieldAt(i);
    byte role = relatedRole(field);
    for (Object value : event.values(field)) {
      boolean seen = false;
      for (int j = 0; j < event.size() && !seen; j++) {
        seen = j != i && event.refAt(j) == value;
      }
      if (!seen) {
        found = one(field, value, role, at, found);
      }
    }
    return found;
  }

  /// A sensor that logs host and path apart, as Zeek and Suricata do.
  private @Nullable Matches path(Event event, long at, @Nullable Matches found) {
    String original = event.string(Ecs.URL_ORIGINAL);
    String domain = event.string(Ecs.URL_DOMAIN);
    if (original == null
        || domain == null
        || original.isEmpty()
        || original.charAt(0) != '/'
        || !table.listsUrlsOf(domain)) {
      return found;
    }
    long port = event.longValue(Ecs.URL_PORT, event.longValue(Ecs.DESTINATION_PORT, 80));
    String url =
        (domain.indexOf(':') >= 0 ? "[" + domain + "]" : domain)
            + (port == 80 || port == 443 ? "" : ":" + port)
            + original;
    found = table.matchUrl(url, at, found);
    if (found != null) {
      found.name(Ecs.URL_ORIGINAL.name(), url);
    }
    return found;
  }

  private @Nullable Matches one(
      Field field, Object value, byte role, long at, @Nullable Matches found) {
    if (value instanceof IpAddress ip) {
      found = table.matchIp(ip, at, found);
    } else if (value instanceof String text && !text.isEmpty()) {
      found =
          switch (role) {
            case DOMAIN -> host(text, 0, text.length(), at, found);
            case PARTY ->
                isAddress(text) ? found : table.matchDomain(text, 0, text.length(), at, found);
            case URL -> url(text, at, found);
            case HASH -> table.matchHash(text, at, found);
            case EMAIL -> table.matchEmail(text, at, found);
            default -> found;
          };
    }
    if (found != null) {
      found.name(field.name(), value.toString());
    }
    return found;
  }

  private @Nullable Matches url(String url, long at, @Nullable Matches found) {
    // A bare path has no host of its own.
    if (url.charAt(0) == '/') {
      return found;
    }
    found = table.matchUrl(url, at, found);
    long host = Url.host(url);
    return host < 0 ? found : host(url, Url.start(host), Url.end(host), at, found);
  }

  /// A host is a name or an address; only an address ends in a digit or has a colon.
  private @Nullable Matches host(String text, int from, int to, long at, @Nullable Matches found) {
    char last = text.charAt(to - 1);
    if ((last >= '0' && last <= '9') || text.indexOf(':', from) >= 0) {
      IpAddress ip = IpAddress.parseOrNull(text, from, to);
      if (ip != null) {
        return table.matchIp(ip, at, found);
      }
    }
    return table.matchDomain(text, from, to, at, found);
  }

  private static boolean isAddress(String text) {
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9') || text.indexOf(':') >= 0;
  }

  private static void apply(Event event, List<Matches.Match> matches) {
    Matches.Match best = matches.getFirst();
    Indicator i = best.indicator();
    event.set(Ecs.THREAT_INDICATOR_TYPE, observable(best));
    event.set(Ecs.THREAT_INDICATOR_NAME, i.value());
    event.set(Ecs.THREAT_INDICATOR_CONFIDENCE, word(i.confidence()));
    event.set(Ecs.THREAT_INDICATOR_PROVIDER, i.source());
    event.set(Ecs.THREAT_FEED_NAME, i.source());
    setIfKnown(event, Ecs.THREAT_INDICATOR_DESCRIPTION, i.description());
    setIfKnown(event, Ecs.THREAT_INDICATOR_MARKING_TLP, i.tlp());
    setIfKnown(event, Ecs.THREAT_INDICATOR_REFERENCE, i.reference());
    if (i.firstSeen() != null) {
      event.set(Ecs.THREAT_INDICATOR_FIRST_SEEN, i.firstSeen());
    }
    switch (i.type()) {
      case IP -> IpAddress.parse(i.value()).ifPresent(ip -> event.set(Ecs.THREAT_INDICATOR_IP, ip));
      case CIDR -> {}
      case DOMAIN -> event.set(INDICATOR_URL_DOMAIN, i.value());
      case URL -> event.set(INDICATOR_URL_FULL, i.value());
      case HASH -> event.set(f("threat.indicator.file.hash." + algorithm(i.value())), i.value());
      case EMAIL -> event.set(INDICATOR_EMAIL, i.value());
    }
    list(event, IDS, matches, m -> m.indicator().id());
    list(event, CONFIDENCES, matches, m -> (long) m.indicator().confidence());
    list(event, ENRICHMENT_TYPE, matches, IndicatorEnricher::observable);
    list(event, ENRICHMENT_NAME, matches, m -> m.indicator().value());
    list(event, ENRICHMENT_PROVIDER, matches, m -> m.indicator().source());
    list(event, ENRICHMENT_CONFIDENCE, matches, m -> word(m.indicator().confidence()));
    list(event, MATCHED_FIELD, matches, Matches.Match::field);
    list(event, MATCHED_ATOMIC, matches, Matches.Match::atomic);
    list(event, MATCHED_TYPE, matches, Matches.Match::kind);
    // In step with the others, so one that is absent is empty text; set at all only if some
    // indicator has it.
    known(event, ENRICHMENT_DESCRIPTION, matches, m -> m.indicator().description());
    known(event, ENRICHMENT_REFERENCE, matches, m -> m.indicator().reference());
    known(event, ENRICHMENT_TLP, matches, m -> m.indicator().tlp());
    for (Matches.Match m : matches) {
      for (String tag : m.indicator().tags()) {
        event.add(TAGS, tag);
      }
    }
  }

  private static void list(
      Event event, Field field, List<Matches.Match> matches, Function<Matches.Match, Object> of) {
    List<Object> values = new ArrayList<>(matches.size());
    for (Matches.Match m : matches) {
      values.add(of.apply(m));
    }
    event.set(field, values);
  }

  private static void known(
      Event event, Field field, List<Matches.Match> matches, Function<Matches.Match, String> of) {
    for (Matches.Match m : matches) {
      if (!of.apply(m).isEmpty()) {
        list(event, field, matches, of::apply);
        return;
      }
    }
  }

  private static void setIfKnown(Event event, Field field, String value) {
    if (!value.isEmpty()) {
      event.set(field, value);
    }
  }

  /// The STIX 2.1 word (appendix A of that standard) that ECS asks for.
  static String word(int confidence) {
    return confidence == 0 ? "None" : confidence < 30 ? "Low" : confidence < 70 ? "Medium" : "High";
  }

  /// The ECS word for the type, after STIX's cyber observables.
  private static String observable(Matches.Match m) {
    Indicator i = m.indicator();
    return switch (i.type()) {
      case IP, CIDR -> i.value().indexOf(':') >= 0 ? "ipv6-addr" : "ipv4-addr";
      case DOMAIN -> "domain-name";
      case URL -> "url";
      case HASH -> m.field().startsWith("tls.") ? "x509-certificate" : "file";
      case EMAIL -> "email-addr";
    };
  }

  private static String algorithm(String hash) {
    return switch (hash.length()) {
      case 32 -> "md5";
      case 40 -> "sha1";
      case 64 -> "sha256";
      case 96 -> "sha384";
      default -> "sha512";
    };
  }

  private static byte role(Field field) {
    int id = field.id();
    return id >= 0 && id < ROLES.length ? ROLES[id] : NONE;
  }

  private static byte relatedRole(Field field) {
    return switch (field.name()) {
      case "related.ip" -> ADDRESS;
      case "related.hosts" -> DOMAIN;
      default -> HASH;
    };
  }

  private static byte[] roles() {
    List<FieldCatalogue.Entry> all = new ArrayList<>(FieldCatalogue.get().all());
    byte[] roles = new byte[all.size() + 1];
    for (FieldCatalogue.Entry entry : all) {
      Field field = entry.field();
      if (field.id() >= roles.length) {
        continue;
      }
      roles[field.id()] = roleOf(field);
    }
    return roles;
  }

  private static byte roleOf(Field field) {
    String name = field.name();
    if (name.startsWith("threat.") || name.startsWith("observer.")) {
      return NONE;
    }
    if (field.type() == FieldType.IP) {
      return name.startsWith("related.") ? RELATED : ADDRESS;
    }
    return switch (name) {
      case "dns.question.name",
          "dns.answers.data",
          "dns.answers.name",
          "url.domain",
          "source.domain",
          "destination.domain",
          "client.domain",
          "server.domain",
          "host.name",
          "host.hostname",
          "host.domain",
          "tls.client.server_name",
          "tls.server.x509.subject.common_name",
          "tls.server.x509.alternative_names" ->
          DOMAIN;
      case "source.address", "destination.address", "client.address", "server.address" -> PARTY;
      case "url.full", "url.original", "http.request.referrer" -> URL;
      case "related.hosts", "related.hash" -> RELATED;
      case "tls.client.ja3", "tls.server.ja3s" -> HASH;
      case "user.email" -> EMAIL;
      default ->
          name.startsWith("email.") && name.endsWith(".address")
              ? EMAIL
              : name.matches(".*\\.hash\\.(md5|sha1|sha256|sha384|sha512)") ? HASH : NONE;
    };
  }

  private static Field f(String name) {
    return FieldCatalogue.get()
        .entry(name)
        .orElseThrow(() -> new IllegalStateException("fields.tsv lacks " + name))
        .field();
  }
}
