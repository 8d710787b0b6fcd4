package metron.pipeline.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import metron.event.Ecs;
import metron.event.Event;
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
      this.events = parts.events().writer();
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
      batch.add(event);
      if (event.event().get(Ecs.METRON_IS_ALERT) == Boolean.TRUE) {
        alerts.add(event.event());
      }
      if (batch.size() >= BATCH) {
        writeBatch();
      }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      writeBatch();
      if (writtenSinceCommit) {
        parts.alerts().commit();
        events.commit();
        writtenSinceCommit = false;
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
      // Alerts first: an event that is passed over as known has its alert already.
      if (!alerts.isEmpty()) {
        parts.alerts().add(alerts);
        alerts.clear();
      }
      events.write(batch);
      writtenSinceCommit = true;
      for (EventStore.Positioned one : batch) {
        if (one.index() == 0) {
          ledger.indexed(one.topic(), one.partition());
        }
      }
      batch.clear();
    }
  }
}
