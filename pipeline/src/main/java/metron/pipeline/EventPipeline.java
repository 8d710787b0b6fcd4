package metron.pipeline;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import metron.detection.Contribution;
import metron.detection.Detector;
import metron.enrichment.Enricher;
import metron.event.CommunityId;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.EventId;
import metron.event.Field;
import metron.event.RawMessage;
import metron.parsers.ParseResult;
import metron.parsers.Parser;
import metron.parsers.transform.Transformations;
import metron.stellar.function.Evaluation;
import org.jspecify.annotations.Nullable;

/// From a raw message to what becomes of it: parse, transform, enrich, detect, score, complete. The stream job, the console's previews,
/// the command line and the tests all call this object.
///
/// Pure: no thread, no I/O, no clock but the ones given. Whatever the bytes and whatever a step does, [#process] answers; a
/// step that throws makes a dead letter of the message.
///
/// One thread at a time: parsers and buffers inside are not shared. A new set of definitions is a new pipeline.
public final class EventPipeline {
  /// Gives the parser of a sensor; each pipeline asks once a sensor and keeps the answer.
  @FunctionalInterface
  public interface Parsers {
    /// @return empty if there is no such sensor
    Optional<Parser> parser(String sensor);
  }

  /// Makes one risk score of the contributions and writes them to the event; called only when there are some.
  @FunctionalInterface
  public interface Score {
    void apply(Event event, List<Contribution> contributions);
  }

  /// Field transformations with what one thread needs to run them.
  public record Transforms(Transformations transformations, Evaluation evaluation) {
    public static Transforms none() {
      return new Transforms(Transformations.NONE, Evaluation.standard());
    }
  }

  /// How long one enricher or detector may take with one event before it is marked in `metron.skipped`.
  public static final Duration STEP_BUDGET = Duration.ofMillis(50);

  /// Metadata key of a record that was cut off by the log: its true length in bytes, as decimal text.
  public static final String OVERSIZE = "oversize";

  private final Parsers parsers;
  private final Transforms transforms;
  private final List<Enricher> enrichers;
  private final List<TimeGuard> enricherGuards = new ArrayList<>();
  private final List<Detector> detectors;
  private final List<TimeGuard> detectorGuards = new ArrayList<>();
  private final Score score;
  private final Epochs epochs;
  private final StepFaults faults;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  private final Map<String, Optional<Parser>> parserOf = new HashMap<>();
  private final List<Contribution> contributions = new ArrayList<>();
  private final RelatedFields related = new RelatedFields();
  private final MessageDigest sha256;

  /// @param enrichers in the order they run
  /// @param faults where misbehaving steps are counted
  /// @param clock for the time on dead letters
  /// @param nanoTime as `System::nanoTime`, for the budget of steps
  public EventPipeline(
      Parsers parsers,
      Transforms transforms,
      List<Enricher> enrichers,
      List<Detector> detectors,
      Score score,
      Epochs epochs,
      StepFaults faults,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.parsers = parsers;
    this.transforms = transforms;
    this.enrichers = List.copyOf(enrichers);
    this.detectors = List.copyOf(detectors);
    this.score = score;
    this.epochs = epochs;
    this.faults = faults;
    this.clock = clock;
    this.nanoTime = nanoTime;
    for (Enricher enricher : this.enrichers) {
      enricherGuards.add(new TimeGuard(enricher.name(), STEP_BUDGET, faults));
    }
    for (Detector detector : this.detectors) {
      detectorGuards.add(new TimeGuard(detector.name(), STEP_BUDGET, faults));
    }
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Never throws.
  public Outcome process(RawMessage raw) {
    String oversize = raw.metadata().get(OVERSIZE);
    if (oversize != null) {
      return dead(
          raw,
          DeadLetter.Stage.PARSE,
          "the record is "
              + oversize
              + " bytes long, longer than a record may be; the first "
              + raw.bytes().length
              + " are kept");
    }
    Parser parser = parser(raw.sensor());
    if (parser == null) {
      return dead(
          raw,
          DeadLetter.Stage.PARSE,
          "there is no sensor '"
              + raw.sensor()
              + "': `metron sensors` lists those there are; add sensors/"
              + raw.sensor()
              + ".yaml, then replay");
    }
    ParseResult result;
    try {
      result = parser.parse(raw);
    } catch (RuntimeException | StackOverflowError e) {
      return bug(raw, DeadLetter.Stage.PARSE, "parser " + raw.sensor(), e);
    }
    return switch (result) {
      case ParseResult.Skipped(String filter) -> new Outcome.Filtered(filter);
      case ParseResult.Rejected(String reason, int offset) ->
          dead(
              raw,
              DeadLetter.Stage.PARSE,
              offset < 0 || reason.contains("at byte ")
                  ? reason
                  : "at byte " + offset + ": " + reason);
      case ParseResult.Parsed(List<Event> events) -> complete(raw, events);
    };
  }

  private Outcome complete(RawMessage raw, List<Event> events) {
    if (events.isEmpty()) {
      return new Outcome.Filtered("no events");
    }
    String original = raw.text();
    sha256.update(raw.bytes());
    String hash = HexFormat.of().formatHex(sha256.digest());
    List<Event> kept = events;
    String filter = null;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      try {
        identify(event, raw, i, original, hash);
        switch (transform(raw, event)) {
          case Transformations.Result.Kept _ -> {}
          case Transformations.Result.Filtered(String by) -> {
            filter = by;
            if (kept == events) {
              kept = new ArrayList<>(events.subList(0, i));
            }
            continue;
          }
          case Transformations.Result.Failed(String reason) -> {
            return dead(raw, DeadLetter.Stage.TRANSFORM, reason);
          }
        }
        CommunityId.addTo(event);
        // Before the enrichers: indicators are looked up for every entity.
        related.complete(event);
      } catch (RuntimeException e) {
        return bug(raw, DeadLetter.Stage.TRANSFORM, "identify", e);
      }
      Outcome.@Nullable Dead dead = enrich(raw, event);
      if (dead == null) {
        dead = detect(raw, event);
      }
      if (dead != null) {
        return dead;
      }
      if (kept != events) {
        kept.add(event);
      }
    }
    return kept.isEmpty() && filter != null
        ? new Outcome.Filtered(filter)
        : new Outcome.Accepted(kept);
  }

  private Transformations.Result transform(RawMessage raw, Event event) {
    return transforms.transformations().apply(raw.sensor(), event, transforms.evaluation());
  }

  private void identify(Event event, RawMessage raw, int index, String original, String hash) {
    event.set(Ecs.EVENT_ID, EventId.of(raw, index));
    event.set(Ecs.EVENT_ORIGINAL, original);
    event.set(Ecs.EVENT_HASH, hash);
    // When Metron took it in, not when this line runs: a replay gives the same event.
    event.set(Ecs.EVENT_INGESTED, raw.received());
    setIfAbsent(event, Ecs.TIMESTAMP, raw.received());
    setIfAbsent(event, Ecs.EVENT_KIND, "event");
    setIfAbsent(event, Ecs.EVENT_MODULE, raw.sensor());
    setIfAbsent(event, Ecs.EVENT_DATASET, raw.sensor());
    event.set(Ecs.METRON_SENSOR, raw.sensor());
    event.set(Ecs.METRON_ORIGIN, raw.origin());
    event.set(Ecs.METRON_EPOCH_PARSER, epochs.parser());
    event.set(Ecs.METRON_EPOCH_ENRICHMENT, epochs.enrichment());
    event.set(Ecs.METRON_EPOCH_RULES, epochs.rules());
  }

  private Outcome.@Nullable Dead enrich(RawMessage raw, Event event) {
    long start = nanoTime.getAsLong();
    for (int i = 0; i < enrichers.size(); i++) {
      TimeGuard guard = enricherGuards.get(i);
      if (!guard.mayRun(start)) {
        event.add(Ecs.METRON_SKIPPED, guard.step());
        continue;
      }
      try {
        enrichers.get(i).enrich(event);
      } catch (RuntimeException | StackOverflowError e) {
        return bug(raw, DeadLetter.Stage.ENRICH, guard.step(), e);
      }
      long end = nanoTime.getAsLong();
      if (guard.over(start, end, raw)) {
        event.add(Ecs.METRON_SKIPPED, guard.step());
      }
      start = end;
    }
    return null;
  }

  private Outcome.@Nullable Dead detect(RawMessage raw, Event event) {
    contributions.clear();
    long start = nanoTime.getAsLong();
    for (int i = 0; i < detectors.size(); i++) {
      TimeGuard guard = detectorGuards.get(i);
      if (!guard.mayRun(start)) {
        event.add(Ecs.METRON_SKIPPED, guard.step());
        continue;
      }
      try {
        detectors.get(i).detect(event, contributions);
      } catch (RuntimeException | StackOverflowError e) {
        return bug(raw, DeadLetter.Stage.DETECT, guard.step(), e);
      }
      long end = nanoTime.getAsLong();
      if (guard.over(start, end, raw)) {
        event.add(Ecs.METRON_SKIPPED, guard.step());
      }
      start = end;
    }
    if (!contributions.isEmpty()) {
      try {
        score.apply(event, contributions);
      } catch (RuntimeException e) {
        return bug(raw, DeadLetter.Stage.DETECT, "score", e);
      }
    }
    return null;
  }

  private @Nullable Parser parser(String sensor) {
    Optional<Parser> known = parserOf.get(sensor);
    if (known == null) {
      known = parsers.parser(sensor);
      parserOf.put(sensor, known);
    }
    return known.orElse(null);
  }

  private Outcome.Dead bug(RawMessage raw, DeadLetter.Stage stage, String step, Throwable failure) {
    faults.thrown(step, raw.origin(), failure);
    String message = failure.getMessage();
    return dead(
        raw,
        stage,
        "a fault in Metron: "
            + step
            + " failed with "
            + failure.getClass().getSimpleName()
            + (message == null ? "" : ": " + excerpt(message)));
  }

  private Outcome.Dead dead(RawMessage raw, DeadLetter.Stage stage, String reason) {
    return new Outcome.Dead(new DeadLetter(raw, stage, reason, clock.instant()));
  }

  private static void setIfAbsent(Event event, Field field, String value) {
    if (!event.has(field)) {
      event.set(field, value);
    }
  }

  private static void setIfAbsent(Event event, Field field, Instant value) {
    if (!event.has(field)) {
      event.set(field, value);
    }
  }

  private static String excerpt(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
