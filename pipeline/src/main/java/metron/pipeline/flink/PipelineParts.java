package metron.pipeline.flink;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import metron.pipeline.Ledger;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.Refusals;
import metron.pipeline.SensorMeters;
import metron.pipeline.StepFaults;
import metron.storage.AlertStore;
import metron.storage.EventStore;
import org.jspecify.annotations.Nullable;

/// What the operators of a job in this process work with. Flink serializes operators, and a store can't be; so the job
/// carries a name, and each operator looks its parts up under it when it opens.
///
/// @param definition the newest valid one; asked for each message, so cheap
/// @param refusals messages that the stores could not take
/// @param meters what the messages of each topic cost
/// @param storeFault why the last write or commit failed; null: something was committed since
/// @param clock for the time on dead letters
public record PipelineParts(
    EventStore events,
    AlertStore alerts,
    Supplier<PipelineDefinition> definition,
    StepFaults faults,
    Ledger ledger,
    Refusals refusals,
    SensorMeters meters,
    AtomicReference<@Nullable String> storeFault,
    InstantSource clock) {
  /// With no refusals yet, on the system's clock.
  public PipelineParts(
      EventStore events,
      AlertStore alerts,
      Supplier<PipelineDefinition> definition,
      StepFaults faults,
      Ledger ledger) {
    this(
        events,
        alerts,
        definition,
        faults,
        ledger,
        new Refusals(),
        new SensorMeters(),
        new AtomicReference<>(),
        InstantSource.system());
  }

  private static final Map<String, PipelineParts> BY_NAME = new ConcurrentHashMap<>();

  /// Makes the parts known in this process; an earlier registration of the name is replaced.
  public static void register(String name, PipelineParts parts) {
    BY_NAME.put(name, parts);
  }

  public static void unregister(String name) {
    BY_NAME.remove(name);
  }

  /// The parts of a name; empty if nothing is registered under it.
  public static Optional<PipelineParts> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static PipelineParts named(String name) {
    PipelineParts parts = BY_NAME.get(name);
    if (parts == null) {
      throw new IllegalStateException(
          "nothing is registered as '" + name + "' in this process: register the parts first");
    }
    return parts;
  }
}
