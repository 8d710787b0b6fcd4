package metron.testing.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.event.Ecs;
import metron.event.Event;
import metron.testing.process.Api;
import metron.testing.process.Product;
import metron.testing.process.StartedMetron;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Ingests numbered events into a real process, kills it with `kill -9` at random moments, starts it again each time, and counts
/// what is there after the last start.
///
/// One `metron ingest` client a sensor lives through all the kills. The events are handed out in as many portions as there are
/// lives, so each kill falls into an ingest. A quarter of the kills fall into the start, at a random moment of it; the others at
/// a random moment of handing out the portion, or up to [#LIFE] after it, which is a checkpoint and more.
public final class CrashProof {
  private static final Duration LIFE = Duration.ofSeconds(12);
  private static final Duration PORTION = Duration.ofMinutes(2);
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration CATCH_UP = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final double KILLED_IN_START = 0.25;
  private static final int SLICES = 64;
  private static final int KEPT = 20;
  private static final int PAGE = 1000;
  private static final Pattern NUMBER =
      Pattern.compile(
          "\"uid\":\"Cn(\\d{16})\"|\"flow_id\":(\\d+)|connection (\\d+) |[?&]seq=(\\d+)"
              + "|sequenceId=\"(\\d+)\"|externalId=(\\d+)");

  /// @param home tree that has the built product
  /// @param work an empty folder for its data; kept
  /// @param limit when no further kill is made
  public record Config(Path home, Path work, long events, int kills, long seed, Duration limit) {}

  /// What was found after the last start.
  ///
  /// @param sent records that the clients were told are in the log
  /// @param found events in the index
  /// @param missing,doubled numbers that are not there, or more than once
  /// @param strange events without a number of ours, at most some of them
  /// @param alertEvents events in the index that are alerts
  /// @param alerts in the alert store
  /// @param alertFaults ids that are in one of the two only, or twice; at most some of them
  /// @param ledger of `GET /api/v1/health`
  public record Found(
      long seed,
      int kills,
      int killsInStart,
      long sent,
      long found,
      long missing,
      long doubled,
      List<String> strange,
      long alertEvents,
      long alerts,
      List<String> alertFaults,
      JsonNode ledger,
      int exit,
      Duration took) {}

  private final Config config;
  private final PrintStream out;
  private final Product product;
  private final SplittableRandom random;
  private int killsInStart;
  private Duration startTook = Duration.ofSeconds(10);

  private CrashProof(Config config, PrintStream out) throws IOException {
    this.config = config;
    this.out = out;
    this.product = Product.of(config.home(), config.work().resolve("data"), Product.Ports.free());
    this.random = new SplittableRandom(config.seed());
  }

  /// @throws IOException if Metron does not start again after a kill, or a client gives up
  public static Found run(Config config, PrintStream out) throws IOException, InterruptedException {
    return new CrashProof(config, out).run();
  }

  private Found run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    say(
        String.format(
            Locale.ROOT,
            "%,d events, %d kills, seed %d, data in %s",
            config.events(),
            config.kills(),
            config.seed(),
            product.data()));
    int kills = 0;
    try (Feed feed = new Feed(config, product)) {
      for (; kills < config.kills() && since(begin).compareTo(config.limit()) < 0; kills++) {
        try (StartedMetron metron = product.start()) {
          live(metron, kills, feed);
        }
      }
      feed.allow(1);
      try (StartedMetron metron = product.start()) {
        try (Api api = metron.awaitReady(READY)) {
          if (kills == 0) {
            feed.begin();
          }
          long sent = feed.finish(CATCH_UP);
          say(
              String.format(
                  Locale.ROOT,
                  "all sent after %.0f s, the clients counted %,d",
                  seconds(begin),
                  sent));
          JsonNode ledger = awaitAll(api);
          say(
              String.format(
                  Locale.ROOT,
                  "all through after %.0f s, the ledger says %s",
                  seconds(begin),
                  ledger));
          return count(api, metron, ledger, sent, kills, begin);
        }
      }
    }
  }

  private void live(StartedMetron metron, int kill, Feed feed)
      throws IOException, InterruptedException {
    long launched = System.nanoTime();
    // The first start prints the ports that the clients need.
    if (kill > 0 && random.nextDouble() < KILLED_IN_START) {
      feed.allow(share(kill));
      Duration moment = startTook.multipliedBy(random.nextInt(1000)).dividedBy(1000);
      Thread.sleep(moment);
      metron.kill();
      killsInStart++;
      say(String.format(Locale.ROOT, "kill %d: %d ms into the start", kill + 1, moment.toMillis()));
      return;
    }
    try (Api api = metron.awaitReady(READY)) {
      startTook = since(launched);
      if (kill == 0) {
        feed.begin();
      }
      // Half of the kills while the portion is handed out, half while it goes through.
      long before = feed.written();
      feed.allow(share(kill));
      if (kill == 0) {
        awaitClients(api, feed);
      }
      long portion = (long) (config.events() * share(kill)) - before;
      boolean handingOut = random.nextBoolean();
      feed.await(before + (handingOut ? random.nextLong(portion + 1) : portion), PORTION);
      Duration moment =
          handingOut ? Duration.ZERO : LIFE.multipliedBy(random.nextInt(1000)).dividedBy(1000);
      Thread.sleep(moment);
      long indexed = api.get("/api/v1/health").path("ledger").path("indexed").asLong();
      metron.kill();
      say(
          String.format(
              Locale.ROOT,
              "kill %d: up after %.1f s, killed with %,d handed out and %,d indexed, %d ms after"
                  + " the portion",
              kill + 1,
              startTook.toMillis() / 1e3,
              feed.written(),
              indexed,
              moment.toMillis()));
    }
  }

  /// A client that comes up when Metron is dead rightly says so and ends; so the first kill waits for them all.
  private void awaitClients(Api api, Feed feed) throws IOException, InterruptedException {
    feed.await((long) (config.events() * share(0)), PORTION);
    long giveUp = System.nanoTime() + PORTION.toNanos();
    while (api.get("/api/v1/health").path("sensors").size() < feed.clients()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("of some clients nothing has arrived after " + PORTION);
      }
      Thread.sleep(LOOK);
    }
  }

  private double share(int kill) {
    return (kill + 1.0) / (config.kills() + 1);
  }

  private JsonNode awaitAll(Api api) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + CATCH_UP.toNanos();
    while (true) {
      JsonNode ledger = api.get("/api/v1/health").path("ledger");
      long through =
          ledger.path("indexed").asLong()
              + ledger.path("filtered").asLong()
              + ledger.path("deadLetters").asLong();
      if ((through >= config.events() && ledger.path("waiting").asLong() == 0)
          || System.nanoTime() - giveUp > 0) {
        return ledger;
      }
      Thread.sleep(LOOK);
    }
  }

  private Found count(
      Api api, StartedMetron metron, JsonNode ledger, long sent, int kills, long begin)
      throws IOException, InterruptedException {
    BitSet seen = new BitSet((int) config.events());
    List<String> strange = new ArrayList<>();
    long[] counts = new long[2];
    // In slices of time: the search behind an export then looks at little each time.
    Instant first = Feed.start(config);
    Duration slice = Duration.between(first, Feed.end(config)).dividedBy(SLICES);
    for (int i = -1; i <= SLICES; i++) {
      api.export(
          "",
          "event.original",
          i < 0 ? null : first.plus(slice.multipliedBy(i)),
          i == SLICES ? null : first.plus(slice.multipliedBy(i + 1)),
          event -> {
            counts[0]++;
            long number = number(event);
            if (number < 0 || number >= config.events()) {
              if (strange.size() < KEPT) {
                strange.add(event.toString());
              }
            } else if (seen.get((int) number)) {
              counts[1]++;
            } else {
              seen.set((int) number);
            }
          });
    }
    say(String.format(Locale.ROOT, "counted %,d events after %.0f s", counts[0], seconds(begin)));
    Map<String, Integer> alertEvents = new HashMap<>();
    api.export(
        "metron.is_alert:true",
        "event.id",
        null,
        null,
        event -> alertEvents.merge(String.valueOf(event.get(Ecs.EVENT_ID)), 1, Integer::sum));
    List<String> alertFaults = new ArrayList<>();
    alertEvents.forEach((id, times) -> fault(alertFaults, times == 1, id + " is indexed twice"));
    Map<String, Integer> alerts = alerts(api);
    alerts.forEach((id, times) -> fault(alertFaults, times == 1, id + " is an alert twice"));
    for (String id : alertEvents.keySet()) {
      fault(alertFaults, alerts.containsKey(id), id + " is indexed and no alert");
    }
    for (String id : alerts.keySet()) {
      fault(alertFaults, alertEvents.containsKey(id), id + " is an alert and not indexed");
    }
    int exit = metron.terminate();
    Found found =
        new Found(
            config.seed(),
            kills,
            killsInStart,
            sent,
            counts[0],
            config.events() - seen.cardinality(),
            counts[1],
            List.copyOf(strange),
            alertEvents.size(),
            alerts.size(),
            List.copyOf(alertFaults),
            ledger,
            exit,
            since(begin));
    say(
        String.format(
            Locale.ROOT,
            "%,d events found, %,d missing, %,d doubled; %,d alerts, %d faults; exit %d; %.0f s",
            found.found(),
            found.missing(),
            found.doubled(),
            found.alerts(),
            found.alertFaults().size(),
            exit,
            seconds(begin)));
    return found;
  }

  private static void fault(List<String> faults, boolean fine, String text) {
    if (!fine && faults.size() < KEPT) {
      faults.add(text);
    }
  }

  private static Map<String, Integer> alerts(Api api) throws IOException, InterruptedException {
    Map<String, Integer> found = new HashMap<>();
    String cursor = null;
    do {
      JsonNode page = api.search("alerts", "", PAGE, cursor);
      for (JsonNode hit : page.path("hits")) {
        found.merge(hit.path("event").path("event.id").asString(), 1, Integer::sum);
      }
      cursor = text(page.path("next"));
    } while (cursor != null);
    return found;
  }

  private static @Nullable String text(JsonNode node) {
    String text = node.asString("");
    return text.isEmpty() ? null : text;
  }

  /// @return the number of the line that an event was made of; -1 if it has none
  static long number(Event event) {
    Matcher m = NUMBER.matcher(String.valueOf(event.get(Ecs.EVENT_ORIGINAL)));
    if (m.find()) {
      for (int g = 1; g <= m.groupCount(); g++) {
        String digits = m.group(g);
        if (digits != null) {
          return Long.parseLong(digits);
        }
      }
    }
    return -1;
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void say(String text) {
    out.println("crash proof: " + text);
    out.flush();
  }
}
