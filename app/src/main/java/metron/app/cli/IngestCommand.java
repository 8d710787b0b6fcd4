package metron.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import metron.app.start.DataDirectory;
import metron.app.start.RunFile;
import metron.event.RawMessage;
import metron.event.json.EventJson;
import metron.parsers.RawRecord;
import metron.parsers.RecordReader;
import metron.parsers.Sensor;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.RawLog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron ingest`: files into the log of a running Metron. It ends with one JSON line of counts; `sent` is what the log has
/// confirmed. While the log is full or away (stopped, killed, on a full disk) it waits, and goes on when it is back: the log
/// itself sees to it that a record sent again is there once. When it gives up, it says up to which line everything is there.
@Command(
    name = "ingest",
    description = {
      "Send the records of files to a running Metron.",
      "Ends with a JSON line: sensor, files, read, sent, rejected, seconds, rate."
    })
final class IngestCommand extends StreamedCommand {
  private static final int IN_FLIGHT = 32 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration STILL = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int LOOK = 1024;

  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "SENSOR", description = "A sensor or an alias of one.")
  private String sensor = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, plain, gzip or zstd; - for standard input.")
  private List<String> files = List.of();

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile long read;
  private @Nullable NotTaken first;
  private long waitingSince;

  /// A record that the log has not confirmed.
  ///
  /// @param number of the record among all that were read
  private record NotTaken(long number, String file, long line) {}

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory();
    Sensor chosen = SensorChoice.find(SensorChoice.all(directory), sensor);
    RunFile running = LocalApi.running(directory);
    long start = System.nanoTime();
    Progress progress = new Progress(err, !quiet && terminal());
    int done = 0;
    Thread watch = Thread.ofVirtual().name("ingest-watch").start(() -> watch(running));
    try (RawLog log =
        new KafkaRawLog(
            new KafkaRawLog.Config(
                running.kafka(),
                1,
                IN_FLIGHT,
                PATIENCE,
                PATIENCE,
                directory.kafka(),
                KafkaRawLog.DISK_RESERVE))) {
      for (String file : files) {
        if (!send(file, chosen, log, progress)) {
          break;
        }
        done++;
      }
      log.flush();
    } finally {
      watch.interrupt();
      progress.end();
      summary(chosen, done, start);
    }
    String why = failure.get();
    if (why != null) {
      throw CommandFailed.failed(gaveUp(why));
    }
    return 0;
  }

  /// Says once each time that records wait and none has been confirmed for a while.
  private void watch(RunFile running) {
    long before = -1;
    boolean told = false;
    while (true) {
      try {
        Thread.sleep(STILL);
      } catch (InterruptedException e) {
        // The command is at its end.
        return;
      }
      long now = sent.sum();
      boolean stuck = now == before && now < read;
      if (stuck && !told) {
        err.println(
            "metron: the log at "
                + running.kafka()
                + " takes nothing now: Metron is stopped, or its disk is full; waiting up to "
                + PATIENCE.toMinutes()
                + " min");
      }
      told = stuck;
      before = now;
    }
  }

  private synchronized String gaveUp(String why) {
    NotTaken from = first;
    return why
        + "; "
        + (from == null
            ? "nothing was taken"
            : "everything before line "
                + from.line
                + " of "
                + from.file
                + " is there, of what follows "
                + failed.sum()
                + " records are not: send it from that line on");
  }

  private synchronized void notTaken(NotTaken record, String why) {
    failed.increment();
    failure.compareAndSet(null, why);
    if (first == null || record.number < first.number) {
      first = record;
    }
  }

  /// @return whether all of it was handed to the log
  private boolean send(String file, Sensor chosen, RawLog log, Progress progress)
      throws IOException, InterruptedException {
    Map<String, String> metadata = new HashMap<>();
    if (!file.equals("-")) {
      metadata.put(RawMessage.FILE, file);
    }
    try (InputFile input = InputFile.open(file, in)) {
      RecordReader reader = chosen.framing().open(input.stream(), Map.copyOf(metadata));
      Instant received = Instant.now();
      for (RawRecord record = reader.next(); record != null; record = reader.next()) {
        if (read % LOOK == 0) {
          received = Instant.now();
          progress.show(file, input.position(), input.size(), read);
        }
        NotTaken unconfirmed = new NotTaken(read, file, record.line());
        read = unconfirmed.number + 1;
        if (failure.get() != null || !append(chosen, record, received, log, unconfirmed)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Nothing is in the log of a record that it refuses at once; such a record is handed to it again and again.
  private boolean append(
      Sensor chosen, RawRecord record, Instant received, RawLog log, NotTaken unconfirmed)
      throws InterruptedException {
    while (true) {
      try {
        var _ =
            log.append(chosen.name(), record.bytes(), record.metadata(), received)
                .whenComplete(
                    (_, problem) -> {
                      if (problem == null) {
                        sent.increment();
                      } else {
                        notTaken(unconfirmed, String.valueOf(problem.getMessage()));
                      }
                    });
        waitingSince = 0;
        return true;
      } catch (IOException e) {
        long now = System.nanoTime();
        if (waitingSince == 0) {
          waitingSince = now;
        } else if (now - waitingSince > PATIENCE.toNanos()) {
          notTaken(unconfirmed, String.valueOf(e.getMessage()));
          return false;
        }
        Thread.sleep(AGAIN);
      }
    }
  }

  private void summary(Sensor chosen, int done, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    StringBuilder text = new StringBuilder("{\"sensor\":");
    EventJson.quote(text, chosen.name());
    text.append(",\"files\":").append(done);
    text.append(",\"read\":").append(read);
    text.append(",\"sent\":").append(sent.sum());
    text.append(",\"rejected\":").append(read - sent.sum());
    text.append(String.format(Locale.ROOT, ",\"seconds\":%.3f", seconds));
    text.append(",\"rate\":").append(Math.round(sent.sum() / Math.max(seconds, 0.001))).append('}');
    out.println(text);
  }
}
