package metron.pipeline.flink;

/// Whose turn it is at one reader of the log, when some of its topics bring nearly nothing but dead letters.
///
/// By bytes, which is how Kafka's client shares, a storm of short rubbish takes as much as the rest together. So it is shared
/// by time: rubbish gets [#SHARE] of it while other topics wait, and all that is left when they have nothing.
///
/// Pure; one thread. [#next] before each fetch, [#fetched] after it.
final class Turns {
  enum Turn {
    /// No rubbish, or nothing else.
    ALL,
    WITHOUT_RUBBISH,
    RUBBISH_ONLY
  }

  /// Part of the time that rubbish gets while others wait.
  static final double SHARE = 0.05;

  /// How long a turn waits for records before it is over.
  static final long LONGEST_NANOS = 20_000_000;

  // What is fetched lies in a queue and its cost is known only when it was taken out.
  private static final int IN_QUEUE = FairSource.QUEUE + 2;
  private static final long WAITED_NANOS = 3_000_000;
  private static final long NOTHING_THERE_NANOS = 100_000_000;
  private static final double MOST_CREDIT_NANOS = 20_000_000;

  private double debt;
  private long rubbishBefore;
  private long othersBefore;
  private int sinceRubbish = IN_QUEUE;
  private int extra;
  private boolean rubbishWasEmpty;
  private long rubbishEmptyAt;

  /// @param rubbish whether some topic brings rubbish
  /// @param others whether some topic does not
  /// @param rubbishNanos time spent on rubbish so far; it may fall when a topic gets better
  /// @param othersNanos time spent on the others so far
  /// @param now reading of the nanosecond clock
  Turn next(boolean rubbish, boolean others, long rubbishNanos, long othersNanos, long now) {
    long onRubbish = Math.max(0, rubbishNanos - rubbishBefore);
    long onOthers = Math.max(0, othersNanos - othersBefore);
    rubbishBefore = rubbishNanos;
    othersBefore = othersNanos;
    if (!rubbish || !others) {
      debt = 0;
      extra = 0;
      sinceRubbish = IN_QUEUE;
      return Turn.ALL;
    }
    debt = Math.max(-MOST_CREDIT_NANOS, debt + onRubbish * (1 / SHARE - 1) - onOthers);
    boolean mayTry = !rubbishWasEmpty || now - rubbishEmptyAt > NOTHING_THERE_NANOS;
    if (mayTry && extra > 0) {
      extra--;
      return Turn.RUBBISH_ONLY;
    }
    if (mayTry && debt <= 0 && sinceRubbish >= IN_QUEUE) {
      return Turn.RUBBISH_ONLY;
    }
    return Turn.WITHOUT_RUBBISH;
  }

  /// @param empty whether nothing came
  /// @param waitedNanos how long it took
  /// @param processorHungry whether all that was fetched before has been taken for processing
  void fetched(Turn turn, boolean empty, long waitedNanos, boolean processorHungry, long now) {
    switch (turn) {
      case ALL -> {}
      case RUBBISH_ONLY -> {
        sinceRubbish = 0;
        rubbishWasEmpty = empty;
        if (empty) {
          rubbishEmptyAt = now;
          extra = 0;
        }
      }
      case WITHOUT_RUBBISH -> {
        sinceRubbish++;
        if (processorHungry && waitedNanos > WAITED_NANOS) {
          // The others have nothing: as much rubbish as the queue holds, free of charge.
          debt = 0;
          extra = FairSource.QUEUE;
        }
      }
    }
  }
}
