package metron.pipeline.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.RawMessage;
import metron.pipeline.Ledger;
import metron.storage.EventStore;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/// Writes events, and those that are alerts also as alerts, to the stores of this process.
///
/// Events go in batches of [#BATCH] or every [#LINGER_MILLIS]. Flink calls [SinkWriter#flush] before a checkpoint, which
/// commits both stores: a complete checkpoint means durable stores. After a crash they may be ahead of it, never behind; the
/// stores pass over what they have.
///
/// A store that is not available fails the job, which starts again from its checkpoint until the store is back: nothing
/// is lost, and Health says why it waits. Messages that a store can't take at all go to [metron.pipeline.Refusals].
final class StoreSink implements Sink<EventStore.Positioned> {
  static final int BATCH = 500;
  static final long LINGER_MILLIS = 200;
  private static final long serialVersionUID = 1;

  private final String partsName;

  StoreSink(String partsName) {
    this.partsName = partsName;
  }

  @Override
  public SinkWriter<EventStore.Positioned> createWriter(WriterInitContext context)
      throws IOException {
    PipelineParts parts = PipelineParts.named(partsName);
    Writer writer =
        new Writer(
            parts,
            parts.ledger().writer(context.getTaskInfo().getIndexOfThisSubtask()),
            context.getProcessingTimeService());
    writer.schedule();
    return writer;
  }

  private static final class Writer implements SinkWriter<EventStore.Positioned> {
    private final PipelineParts parts;
    private final EventStore.Writer events;
    private final Ledger.Writer ledger;
    private final ProcessingTimeService time;
    private final List<EventStore.Positioned> batch = new ArrayList<>(BATCH);
    private final List<Event> alerts = new ArrayList<>();
    private boolean writtenSinceCommit;
    private boolean closed;

    Writer(PipelineParts parts, Ledger.Writer ledger, ProcessingTimeService time)
        throws IOException {
      this.parts = parts;
      try {
        this.events = parts.events().writer();
      } catch (IOException e) {
        unavailable(parts, e);
        throw e;
      }
      this.ledger = ledger;
      this.time = time;
    }

    // Timers run on the task's own thread, between two records.
    void schedule() {
      var _ =
          time.registerTimer(
              time.getCurrentProcessingTime() + LINGER_MILLIS,
              _ -> {
                if (!closed) {
                  writeBatch();
                  ledger.publish();
                  schedule();
                }
              });
    }

    @Override
    public void write(EventStore.Positioned event, Context context) throws IOException {
      if (event.index() == 0) {
        // Batches end between messages: one of them is stored whole or not at all.
        if (batch.size() >= BATCH || alone(event)) {
          writeBatch();
        }
      }
      batch.add(event);
      if (event.event().get(Ecs.METRON_IS_ALERT) == Boolean.TRUE) {
        alerts.add(event.event());
      }
    }

    // The event before or this one is suspected to be what the store can't take.
    private boolean alone(EventStore.Positioned event) {
      return parts.refusals().any()
          && !batch.isEmpty()
          && (parts.refusals().isSuspect(origin(event))
              || parts.refusals().isSuspect(origin(batch.getLast())));
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      writeBatch();
      if (writtenSinceCommit) {
        try {
          parts.alerts().commit();
          events.commit();
        } catch (IOException e) {
          unavailable(parts, e);
          throw e;
        }
        writtenSinceCommit = false;
        parts.storeFault().set(null);
      }
      ledger.publish();
    }

    @Override
    public void close() {
      closed = true;
    }

    private void writeBatch() throws IOException {
      if (batch.isEmpty()) {
        return;
      }
      try {
        // Alerts first: an event that is passed over as known has its alert already.
        if (!alerts.isEmpty()) {
          parts.alerts().add(alerts);
          alerts.clear();
        }
        events.write(batch);
      } catch (EventStore.RefusedException e) {
        for (var refused : e.refusals()) {
          parts
              .refusals()
              .refuse(
                  RawMessage.origin(refused.topic(), refused.partition(), refused.offset()),
                  refused.reason());
        }
        throw setAside(e);
      } catch (IllegalArgumentException e) {
        Set<String> origins = new LinkedHashSet<>();
        batch.forEach(one -> origins.add(origin(one)));
        if (origins.size() == 1) {
          parts.refusals().refuse(origins.iterator().next(), String.valueOf(e.getMessage()));
        } else {
          parts.refusals().suspect(origins);
        }
        throw setAside(e);
      } catch (IOException e) {
        unavailable(parts, e);
        throw e;
      }
      if (parts.refusals().any()) {
        batch.forEach(one -> parts.refusals().clear(origin(one)));
      }
      writtenSinceCommit = true;
      for (EventStore.Positioned one : batch) {
        if (one.index() == 0) {
          ledger.indexed(one.topic(), one.partition());
        }
      }
      batch.clear();
    }

    // The first failure is the cause; what follows only says that the writer is dead.
    private static void unavailable(PipelineParts parts, IOException e) {
      var _ = parts.storeFault().compareAndSet(null, String.valueOf(e.getMessage()));
    }

    private static IOException setAside(IllegalArgumentException e) {
      return new IOException(
          "the store can't take some events, which become dead letters: " + e.getMessage(), e);
    }

    private static String origin(EventStore.Positioned event) {
      return RawMessage.origin(event.topic(), event.partition(), event.offset());
    }
  }
}
