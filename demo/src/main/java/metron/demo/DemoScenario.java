package metron.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A day of the company, as a stream of lines; the same seed, start and options give the same bytes.
///
/// ```java
/// new DemoScenario(42, Instant.now()).withRate(200).events()          // for ever, with an intrusion every hour
/// new DemoScenario(42, start).withBackgroundOnly().withLimit(1_000_000) // load
/// new DemoScenario(42, start).withNumbers(0).withLimit(1_000_000)       // crash tests
/// ```
///
/// @param seed decides everything that is not given here
/// @param start time of the first line
/// @param rate lines a second of the company's time; above 0. It sets the times in the lines, not how fast they are made
/// @param limit how many lines; 0 for ever
/// @param intrusionAfter from the start to the first phishing mail
/// @param intrusionEvery from one intrusion to the next, each against another employee
/// @param pace how much of its real time the intrusion takes; 1 is 25 minutes, 0.2 five
/// @param background whether only the ordinary day happens
/// @param firstNumber -1, or the number of the first line: then every line carries a number of its own, one more than the
///     line before, in a field that parsers keep ([#NUMBER_FIELDS])
public record DemoScenario(
    long seed,
    Instant start,
    double rate,
    long limit,
    Duration intrusionAfter,
    Duration intrusionEvery,
    double pace,
    boolean background,
    long firstNumber) {
  /// Where the number of a line stands in numbered mode, by sensor: Zeek `uid` (`Cn` and 16 digits), Suricata `flow_id`, the
  /// connection of ASA's messages, `seq=` in Squid's URL, `sequenceId` in RFC 5424 structured data (its section
  /// 7.3.1), `externalId` in CEF.
  public static final List<String> NUMBER_FIELDS =
      List.of(
          "zeek uid",
          "suricata flow_id",
          "asa connection",
          "squid seq=",
          "syslog sequenceId",
          "cef externalId");

  public DemoScenario {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate is " + rate + ", expected lines a second above 0");
    }
    if (limit < 0 || firstNumber < -1 || !(pace > 0)) {
      throw new IllegalArgumentException(
          "limit is "
              + limit
              + ", first number "
              + firstNumber
              + ", pace "
              + pace
              + "; expected 0 or more, -1 or more, above 0");
    }
  }

  /// 200 lines a second for ever; an intrusion after 20 s and every hour, five minutes long.
  public DemoScenario(long seed, Instant start) {
    this(seed, start, 200, 0, Duration.ofSeconds(20), Duration.ofHours(1), 0.2, false, -1);
  }

  public DemoScenario withRate(double linesPerSecond) {
    return new DemoScenario(
        seed,
        start,
        linesPerSecond,
        limit,
        intrusionAfter,
        intrusionEvery,
        pace,
        background,
        firstNumber);
  }

  /// @param lines 0 for ever
  public DemoScenario withLimit(long lines) {
    return new DemoScenario(
        seed, start, rate, lines, intrusionAfter, intrusionEvery, pace, background, firstNumber);
  }

  public DemoScenario withIntrusion(Duration after, Duration every, double ofRealTime) {
    return new DemoScenario(
        seed, start, rate, limit, after, every, ofRealTime, background, firstNumber);
  }

  /// The ordinary day alone: for load and benchmarks.
  public DemoScenario withBackgroundOnly() {
    return new DemoScenario(
        seed, start, rate, limit, intrusionAfter, intrusionEvery, pace, true, firstNumber);
  }

  /// The ordinary day alone, every line numbered.
  public DemoScenario withNumbers(long first) {
    return new DemoScenario(
        seed, start, rate, limit, intrusionAfter, intrusionEvery, pace, true, first);
  }

  /// The lines, in order of time. Each call starts anew; an iterator belongs to one thread.
  public Iterator<DemoRecord> iterator() {
    return new DemoIterator(this);
  }

  public Stream<DemoRecord> events() {
    Iterable<DemoRecord> lines = this::iterator;
    return StreamSupport.stream(lines.spliterator(), false);
  }

  /// The indicator list that knows the intruder, as CSV with a header row: load it with `bin/metron intel load`.
  public static String indicatorFeed() {
    return Intrusion.feed();
  }
}
