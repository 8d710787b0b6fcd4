package metron.pipeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import metron.config.ConfigException;
import metron.config.Fault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration as it is now. Changes come one file at a time with the offset they have in topic `config`; when a run of
/// them is over, a new definition is built. A valid one is what [#current] gives from then on, and the pipeline takes it up
/// between two messages; an invalid one is refused as a whole, its faults are kept for display, and the one before goes on.
///
/// The epoch of a part is the offset of its last change plus one: it only grows, and every process that reads the topic
/// comes to the same number. [#current] and [#state] may be called from any thread, the rest from one.
public final class LiveConfiguration {
  /// @param running epochs in use
  /// @param faults why newer files were refused; empty: the newest are in use
  public record State(Epochs running, List<Fault> faults) {
    public State {
      faults = List.copyOf(faults);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);
  // A whole imported collection of Sigma rules may be without a sensor.
  private static final int LOGGED = 20;

  private final DefinitionReader reader;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Consumer<PipelineDefinition>> listeners = new CopyOnWriteArrayList<>();
  private Epochs newest = Epochs.SHIPPED;
  private boolean changed;
  private volatile PipelineDefinition current;
  private volatile State state = new State(Epochs.SHIPPED, List.of());

  /// Starts with what is shipped.
  public LiveConfiguration(DefinitionReader reader) {
    this.reader = reader;
    try {
      this.current = reader.read(Map.of(), Epochs.SHIPPED);
    } catch (ConfigException e) {
      throw new IllegalStateException("what is shipped is faulty: " + e.getMessage(), e);
    }
  }

  /// The newest valid definition.
  public PipelineDefinition current() {
    return current;
  }

  public State state() {
    return state;
  }

  /// Called with each new definition, after [#current] gives it.
  public void subscribe(Consumer<PipelineDefinition> listener) {
    listeners.add(listener);
  }

  /// Whether files would be taken, without using them.
  ///
  /// @throws ConfigException with all their faults
  public void check(Map<String, String> candidate) throws ConfigException {
    PipelineDefinition _ = reader.read(candidate, Epochs.SHIPPED);
  }

  /// A file changed.
  ///
  /// @param text null: it was deleted
  /// @param offset of the change in the topic
  public void changed(String path, @Nullable String text, long offset) {
    if (!DefinitionReader.matters(path)) {
      return;
    }
    if (text == null) {
      files.remove(path);
    } else {
      files.put(path, text);
    }
    newest = DefinitionReader.after(newest, path, offset + 1);
    changed = true;
  }

  /// No more changes for now: builds a definition if there were some.
  public void apply() {
    if (!changed) {
      return;
    }
    changed = false;
    try {
      PipelineDefinition next = reader.read(files, newest);
      current = next;
      state = new State(newest, List.of());
      LOG.info(
          "configuration in use: epoch {} of sensors, {} of enrichment, {} of rules",
          newest.parser(),
          newest.enrichment(),
          newest.rules());
      List<Fault> warnings = next.warnings();
      for (Fault warning : warnings.subList(0, Math.min(warnings.size(), LOGGED))) {
        LOG.warn("in the configuration: {}", warning);
      }
      if (warnings.size() > LOGGED) {
        LOG.warn(
            "and {} more warnings; 'bin/metron test-config' shows all", warnings.size() - LOGGED);
      }
      for (Consumer<PipelineDefinition> listener : listeners) {
        listener.accept(next);
      }
    } catch (ConfigException e) {
      state = new State(current.epochs(), e.faults());
      LOG.warn(
          "configuration refused, the one before goes on; {} faults, the first: {}",
          e.faults().size(),
          e.faults().getFirst());
    }
  }
}
