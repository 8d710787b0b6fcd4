package metron.enrichment.indicator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import metron.enrichment.CidrTable;
import metron.event.Cidr;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// All indicators, in memory, by what they are compared with.
///
/// Any thread may read and write at any time; readers take no lock and see each change whole. An indicator costs about 150
/// bytes with a 15-character value and shared texts.
///
/// Whether an indicator still counts is asked for the event's own time, so an old file is judged as it would have been.
public final class IndicatorTable {
  private final AddressTable addresses = new AddressTable();
  private final CidrTable<List<Indicator>> networks = new CidrTable<>();
  private final AtomicInteger networkCount = new AtomicInteger();
  private final TextTable domains = new TextTable(true);
  private final TextTable urls = new TextTable(false);
  // Hosts of the URL indicators, so that the URL of an event is brought to normal form only when
  // its host is among them.
  private final TextTable urlHosts = new TextTable(true);
  private final TextTable hashes = new TextTable(true);
  private final TextTable emails = new TextTable(true);

  /// How many indicators there are.
  public int size() {
    return addresses.size()
        + networkCount.get()
        + domains.size()
        + urls.size()
        + hashes.size()
        + emails.size();
  }

  /// Adds an indicator, or replaces the one of the same id.
  public synchronized void put(Indicator indicator) {
    String value = indicator.value();
    switch (indicator.type()) {
      case IP -> addresses.put(IpAddress.parse(value).orElseThrow(), indicator);
      case CIDR -> updateNetwork(value, indicator.source(), indicator);
      case DOMAIN -> domains.put(value, indicator);
      case URL -> {
        String key = urlKey(value);
        urls.put(key, indicator);
        urlHosts.put(hostOf(value), hostMark(value));
      }
      case HASH -> hashes.put(value, indicator);
      case EMAIL -> emails.put(value, indicator);
    }
  }

  /// @return whether there was one with that id
  public synchronized boolean remove(String id) {
    Indicator named = Indicator.ofId(id).orElse(null);
    if (named == null) {
      return false;
    }
    String value = named.value();
    return switch (named.type()) {
      case IP -> addresses.remove(IpAddress.parse(value).orElseThrow(), named.source());
      case CIDR -> updateNetwork(value, named.source(), null);
      case DOMAIN -> domains.remove(value, named.source());
      // The host stays in urlHosts: an extra host costs a normal form, a missing one a match.
      case URL -> urls.remove(urlKey(value), named.source());
      case HASH -> hashes.remove(value, named.source());
      case EMAIL -> emails.remove(value, named.source());
    };
  }

  /// Removes what no event from `now` on can match.
  ///
  /// @return how many
  public int removeExpired(Instant now) {
    List<String> expired = new ArrayList<>();
    forEach(
        i -> {
          if (i.validUntil() != null && i.validUntil().isBefore(now)) {
            expired.add(i.id());
          }
        });
    int removed = 0;
    for (String id : expired) {
      removed += remove(id) ? 1 : 0;
    }
    return removed;
  }

  /// The indicator of that id.
  public Optional<Indicator> get(String id) {
    return Indicator.ofId(id)
        .flatMap(
            named -> {
              List<Indicator> same = new ArrayList<>(1);
              Matches found = match(named.type(), named.value());
              if (found != null) {
                for (Matches.Match m : found.ranked()) {
                  if (m.indicator().id().equals(id)) {
                    same.add(m.indicator());
                  }
                }
              }
              return same.stream().findFirst();
            });
  }

  /// The first `count` indicators whose value starts with `prefix` (without case), by value; cost grows with the table.
  public List<Indicator> list(String prefix, int count) {
    Comparator<Indicator> order =
        Comparator.comparing(Indicator::value).thenComparing(Indicator::source);
    PriorityQueue<Indicator> last = new PriorityQueue<>(order.reversed());
    forEach(
        i -> {
          if (i.value().regionMatches(true, 0, prefix, 0, prefix.length())) {
            last.add(i);
            if (last.size() > count) {
              last.remove();
            }
          }
        });
    List<Indicator> out = new ArrayList<>(last);
    out.sort(order);
    return out;
  }

  /// Each indicator once, in no order, as of some moment during the call.
  public void forEach(Consumer<Indicator> action) {
    addresses.forEach(action);
    networks.values().forEach(list -> list.forEach(action));
    domains.forEach(action);
    urls.forEach(action);
    hashes.forEach(action);
    emails.forEach(action);
  }

  @Nullable Matches matchIp(IpAddress ip, long nanos, @Nullable Matches found) {
    found = addresses.match(ip, nanos, found);
    if (networks.size() > 0) {
      // The lambda would need a holder for `found`; a network match is rare enough for one.
      Matches[] holder = {found};
      networks.forEachContaining(
          ip,
          list -> {
            for (Indicator i : list) {
              if (i.validAt(nanos)) {
                holder[0] = added(holder[0], i, "cidr");
              }
            }
          });
      found = holder[0];
    }
    return found;
  }

  @Nullable Matches matchDomain(
      String text, int from, int to, long nanos, @Nullable Matches found) {
    if (to > from && text.charAt(to - 1) == '.') {
      to--;
    }
    return domains.size() == 0 || to - from > 253
        ? found
        : domains.matchSuffixes(text, from, to, "domain", "subdomain", nanos, found);
  }

  boolean hasUrls() {
    return urls.size() > 0;
  }

  /// Whether some URL indicator may have that host.
  boolean listsUrlsOf(String host) {
    return urlHosts.match(host, 0, host.length(), "", Long.MIN_VALUE, null) != null;
  }

  @Nullable Matches matchUrl(String url, long nanos, @Nullable Matches found) {
    if (urls.size() == 0) {
      return found;
    }
    long host = Url.host(url);
    if (host < 0 || urlHosts.match(url, Url.start(host), Url.end(host), "", nanos, null) == null) {
      return found;
    }
    String key = urlKey(url);
    found = urls.match(key, 0, key.length(), "url", nanos, found);
    int query = key.indexOf('?');
    return query < 0 ? found : urls.match(key, 0, query, "url", nanos, found);
  }

  @Nullable Matches matchHash(String hash, long nanos, @Nullable Matches found) {
    return hashes.size() == 0 ? found : hashes.match(hash, 0, hash.length(), "hash", nanos, found);
  }

  @Nullable Matches matchEmail(String address, long nanos, @Nullable Matches found) {
    int from = address.startsWith("<") ? 1 : 0;
    int to = address.endsWith(">") ? address.length() - 1 : address.length();
    if (emails.size() > 0 && to > from) {
      found = emails.match(address, from, to, "email", nanos, found);
    }
    int at = address.lastIndexOf('@');
    return at < 0 || at + 1 >= to ? found : matchDomain(address, at + 1, to, nanos, found);
  }

  private @Nullable Matches match(IndicatorType type, String value) {
    long whenever = Long.MIN_VALUE;
    return switch (type) {
      case IP -> matchIp(IpAddress.parse(value).orElseThrow(), whenever, null);
      case CIDR -> {
        Matches found = new Matches();
        networks
            .get(Cidr.parse(value).orElseThrow())
            .ifPresent(list -> list.forEach(i -> found.add(i, "cidr")));
        yield found;
      }
      case DOMAIN -> matchDomain(value, 0, value.length(), whenever, null);
      case URL -> matchUrl(value, whenever, null);
      case HASH -> matchHash(value, whenever, null);
      case EMAIL -> matchEmail(value, whenever, null);
    };
  }

  /// @param with what the source says of the network from now on, or null for nothing
  /// @return whether the source had said something
  private boolean updateNetwork(String value, String source, @Nullable Indicator with) {
    Cidr network = Cidr.parse(value).orElseThrow();
    List<Indicator> old = networks.get(network).orElse(List.of());
    List<Indicator> now = new ArrayList<>();
    for (Indicator i : old) {
      if (!i.source().equals(source)) {
        now.add(i);
      }
    }
    boolean had = now.size() < old.size();
    if (with != null) {
      now.add(with);
    }
    networks.update(network, ignored -> now.isEmpty() ? null : List.copyOf(now));
    networkCount.addAndGet(now.size() - old.size());
    return had;
  }

  private static Matches added(@Nullable Matches found, Indicator indicator, String kind) {
    Matches all = found == null ? new Matches() : found;
    all.add(indicator, kind);
    return all;
  }

  private static String urlKey(String url) {
    String key = Url.key(url);
    if (key == null) {
      throw new IllegalArgumentException("'" + Indicator.excerpt(url) + "' has no host");
    }
    return key;
  }

  private static String hostOf(String url) {
    long host = Url.host(url);
    return url.substring(Url.start(host), Url.end(host)).toLowerCase(Locale.ROOT);
  }

  // One entry a host, whoever lists it.
  private static Indicator hostMark(String url) {
    return new Indicator(IndicatorType.URL, url, 0, "host", "", "", List.of(), null, null, "");
  }
}
