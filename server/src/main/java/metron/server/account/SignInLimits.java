package metron.server.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How often passwords may be tried, for each account and for each network address.
///
/// A virtual schedule for each key (GCRA): each try moves the key's time by one interval, and a try is refused while that
/// time is more than a burst ahead of the clock. One moment for each key is all that is kept. A try counts before the
/// password is looked at, so that many at once do not slip through; the right password gives it back.
///
/// An account is limited even when the password is right, so a stranger can keep its owner waiting for half a minute at a
/// time. That is the price for a limit that many addresses together can't get around.
public final class SignInLimits {
  private static final int MOST_KEYS = 20_000;
  private static final Limit ACCOUNT = new Limit(10, Duration.ofSeconds(30));
  private static final Limit ADDRESS = new Limit(30, Duration.ofSeconds(10));

  /// @param burst tries that may come at once
  /// @param interval one more try for each of these
  private record Limit(int burst, Duration interval) {}

  private final InstantSource clock;
  private final Map<String, Instant> accounts = new Recent();
  private final Map<String, Instant> addresses = new Recent();

  public SignInLimits(InstantSource clock) {
    this.clock = clock;
  }

  /// Counts a try.
  ///
  /// @return how long to wait, if it is one too many; then it is not counted
  synchronized Optional<Duration> take(String account, String address) {
    Instant now = clock.instant();
    String name = account.toLowerCase(Locale.ROOT);
    Duration wait = max(wait(accounts, name, ACCOUNT, now), wait(addresses, address, ADDRESS, now));
    if (!wait.isZero()) {
      return Optional.of(wait);
    }
    move(accounts, name, ACCOUNT, now);
    move(addresses, address, ADDRESS, now);
    return Optional.empty();
  }

  /// The password was right: the tries of this account are forgotten, the one of the address is given back.
  synchronized void succeeded(String account, String address) {
    accounts.remove(account.toLowerCase(Locale.ROOT));
    addresses.computeIfPresent(address, (k, t) -> t.minus(ADDRESS.interval()));
  }

  private static Duration wait(Map<String, Instant> times, String key, Limit limit, Instant now) {
    Instant time = times.get(key);
    if (time == null) {
      return Duration.ZERO;
    }
    Instant earliest = time.minus(limit.interval().multipliedBy(limit.burst() - 1L));
    return earliest.isAfter(now) ? Duration.between(now, earliest) : Duration.ZERO;
  }

  private static void move(Map<String, Instant> times, String key, Limit limit, Instant now) {
    Instant old = times.get(key);
    times.put(key, (old == null || old.isBefore(now) ? now : old).plus(limit.interval()));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /// The keys used last; so many names can't fill the memory.
  private static final class Recent extends LinkedHashMap<String, Instant> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > MOST_KEYS;
    }
  }
}
