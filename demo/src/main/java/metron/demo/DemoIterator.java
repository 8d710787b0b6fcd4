package metron.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Merges the ordinary day with the intrusions. A session of the day gives a handful of lines at once, which wait in a ring;
/// the clock moves by one interval a line.
final class DemoIterator implements Iterator<DemoRecord> {
  private final DemoScenario scenario;
  private final Company company;
  private final SplittableRandom random;
  private final Output day;
  private final Background background;
  private final PriorityQueue<Intrusion.Step> plan = new PriorityQueue<>();
  private final Output attack;
  private final long interval;
  private long nowNanos;
  private long made;
  private long nextIntrusion = Long.MAX_VALUE;
  private int intrusions;

  DemoIterator(DemoScenario scenario) {
    this.scenario = scenario;
    this.random = new SplittableRandom(scenario.seed());
    long start = ChronoUnit.NANOS.between(Instant.EPOCH, scenario.start());
    this.interval = Math.round(1e9 / scenario.rate());
    this.company = new Company(random.split());
    this.day = new Output(new Lines(start, random.split(), scenario.firstNumber()));
    this.background = new Background(company, day, random.split(), scenario.firstNumber() >= 0);
    this.attack = new Output(new Lines(start, random.split(), -1));
    if (!scenario.background()) {
      nextIntrusion = scenario.intrusionAfter().toNanos();
    }
  }

  @Override
  public boolean hasNext() {
    return scenario.limit() == 0 || made < scenario.limit();
  }

  @Override
  public DemoRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the scenario ends after " + made + " lines");
    }
    made++;
    if (!scenario.background()) {
      DemoRecord record = intrusionLine();
      if (record != null) {
        return record;
      }
    }
    DemoRecord record = day.poll();
    while (record == null) {
      background.session(nowNanos, interval);
      record = day.poll();
    }
    nowNanos += interval;
    return record;
  }

  private @Nullable DemoRecord intrusionLine() {
    long now = nowNanos;
    if (now >= nextIntrusion) {
      plan.addAll(
          Intrusion.plan(company, random.split(), intrusions++, nextIntrusion, scenario.pace()));
      nextIntrusion += scenario.intrusionEvery().toNanos();
    }
    DemoRecord waiting = attack.poll();
    if (waiting != null) {
      return waiting;
    }
    Intrusion.Step step = plan.peek();
    if (step == null || step.at() > now) {
      return null;
    }
    plan.remove();
    // Written at the stream's present, so that times never run back; at most one interval after the
    // plan.
    step.write(attack, now);
    return attack.poll();
  }
}
