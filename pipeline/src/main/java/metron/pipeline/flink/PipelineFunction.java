package metron.pipeline.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import metron.event.DeadLetter;
import metron.event.Event;
import metron.event.RawMessage;
import metron.pipeline.EventPipeline;
import metron.pipeline.Ledger;
import metron.pipeline.Outcome;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.SensorMeters;
import metron.pipeline.kafka.DeadLetterTail;
import metron.storage.EventStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/// Runs [EventPipeline] and keeps the [Ledger]. Main output: events with their places; side output [#DEAD_LETTERS].
///
/// A new definition is taken up between two messages. State: the ledger, and where the topic of dead letters ended, so that
/// a letter written after the last checkpoint is not written again.
final class PipelineFunction extends ProcessFunction<RawMessage, EventStore.Positioned>
    implements CheckpointedFunction {
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);
  private static final long serialVersionUID = 1;

  private final String partsName;
  private final String brokers;

  private transient @Nullable Running running;

  PipelineFunction(String partsName, String brokers) {
    this.partsName = partsName;
    this.brokers = brokers;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    ListState<byte[]> ledgerState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "ledger", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    ListState<Long> endState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("dead-letters-end", Types.LONG));
    PipelineParts parts = PipelineParts.named(partsName);
    Running started =
        new Running(
            parts,
            parts.ledger().writer(subtask),
            parts.meters().meter(subtask),
            brokers,
            ledgerState,
            endState);
    running = started;
    started.restore(subtask == 0);
  }

  @Override
  public void processElement(
      RawMessage raw, Context context, Collector<EventStore.Positioned> out) {
    running().process(raw, context, out);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    running().snapshot();
  }

  @Override
  public void close() {
    Running open = running;
    if (open != null) {
      open.deadLetterTail.close();
    }
  }

  private Running running() {
    Running open = running;
    if (open == null) {
      throw new IllegalStateException("Flink calls initializeState first");
    }
    return open;
  }

  /// What exists from the start of the task to its end; Flink makes the function itself elsewhere and copies it.
  private static final class Running {
    private final PipelineParts parts;
    private final Ledger.Writer ledger;
    private final SensorMeters.Meter meter;
    private final DeadLetterTail deadLetterTail;
    private final ListState<byte[]> ledgerState;
    private final ListState<Long> endState;
    private Set<String> alreadyWritten = Set.of();
    private long deadLettersEnd;
    private boolean deadSinceSnapshot;
    private PipelineDefinition definition;
    private EventPipeline pipeline;

    Running(
        PipelineParts parts,
        Ledger.Writer ledger,
        SensorMeters.Meter meter,
        String brokers,
        ListState<byte[]> ledgerState,
        ListState<Long> endState) {
      this.parts = parts;
      this.ledger = ledger;
      this.meter = meter;
      this.ledgerState = ledgerState;
      this.endState = endState;
      this.deadLetterTail = new DeadLetterTail(brokers);
      this.definition = parts.definition().get();
      this.pipeline = definition.newPipeline(parts.faults(), parts.clock());
    }

    void restore(boolean takesLedger) throws Exception {
      List<Ledger.Count> counts = new ArrayList<>();
      for (byte[] bytes : ledgerState.get()) {
        counts.addAll(LedgerState.read(bytes));
      }
      ledger.restore(takesLedger ? Ledger.merged(counts) : List.of());
      long end = Long.MAX_VALUE;
      for (long one : endState.get()) {
        end = Math.min(end, one);
      }
      deadLettersEnd = end == Long.MAX_VALUE ? 0 : end;
      alreadyWritten = deadLetterTail.originsSince(deadLettersEnd);
    }

    // A definition is taken up when it is another object; comparing contents would cost more than
    // the rest of this method.
    @SuppressWarnings("ReferenceEquality")
    void process(
        RawMessage raw,
        ProcessFunction<RawMessage, EventStore.Positioned>.Context context,
        Collector<EventStore.Positioned> out) {
      long start = System.nanoTime();
      PipelineDefinition newest = parts.definition().get();
      if (newest != definition) {
        definition = newest;
        pipeline = newest.newPipeline(parts.faults(), parts.clock());
      }
      Outcome outcome = pipeline.process(raw);
      if (outcome instanceof Outcome.Accepted(List<Event> events)) {
        String refusal = refusal(raw, events);
        if (refusal != null) {
          outcome =
              new Outcome.Dead(
                  new DeadLetter(raw, DeadLetter.Stage.STORE, refusal, parts.clock().instant()));
        }
      }
      switch (outcome) {
        case Outcome.Accepted(List<Event> events) -> {
          ledger.accepted(
              raw.topic(), raw.partition(), raw.offset(), raw.received(), events.size());
          for (int i = 0; i < events.size(); i++) {
            out.collect(
                new EventStore.Positioned(
                    events.get(i), raw.topic(), raw.partition(), raw.offset(), i));
          }
        }
        case Outcome.Filtered _ ->
            ledger.filtered(raw.topic(), raw.partition(), raw.offset(), raw.received());
        case Outcome.Dead(DeadLetter letter) -> {
          ledger.dead(raw.topic(), raw.partition(), raw.offset(), raw.received());
          if (alreadyWritten.isEmpty() || !alreadyWritten.remove(raw.origin())) {
            context.output(DEAD_LETTERS, letter);
            deadSinceSnapshot = true;
          }
        }
      }
      // With the sinks, which run within collect and output.
      meter.add(raw.topic(), System.nanoTime() - start, outcome instanceof Outcome.Dead);
    }

    /// Why the store can't have the events of a message; asked before any of them is written, so that a message is stored
    /// whole or not at all.
    private @Nullable String refusal(RawMessage raw, List<Event> events) {
      if (parts.refusals().any()) {
        String known = parts.refusals().reason(raw.origin());
        if (known != null) {
          return "the store can't take it: " + known;
        }
      }
      for (Event event : events) {
        String refusal = parts.events().refusal(event);
        if (refusal != null) {
          return "the store can't take it: " + refusal;
        }
      }
      return null;
    }

    // Sinks are flushed before, so what they wrote for messages up to here lies before the end read
    // here; what comes after the checkpoint lies behind it. An older end is right too, only longer
    // to
    // read, so the broker is asked only when there were letters.
    void snapshot() throws Exception {
      if (deadSinceSnapshot) {
        deadLettersEnd = deadLetterTail.end();
        deadSinceSnapshot = false;
      }
      ledgerState.update(List.of(LedgerState.write(ledger.snapshot())));
      endState.update(List.of(deadLettersEnd));
    }
  }
}
