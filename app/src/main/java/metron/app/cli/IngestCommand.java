package metron.app.cli;

import java.io.Console;
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
/// confirmed. While the log is full or away it waits, and goes on when it is back: the log itself sees to it that a record
/// sent again is there once.
@Command(
    name = "ingest",
    description = {
      "Send the records of files to a running Metron.",
      "Ends with a JSON line: sensor, files, read, sent, rejected, seconds, rate."
    })
final class IngestCommand extends StreamedCommand {
  private static final int IN_FLIGHT = 32 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
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
  private long read;

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory();
    Sensor chosen = SensorChoice.find(SensorChoice.all(directory), sensor);
    RunFile running = LocalApi.running(directory);
    long start = System.nanoTime();
    Progress progress = new Progress(err, !quiet && terminal());
    int done = 0;
    try (RawLog log =
        new KafkaRawLog(new KafkaRawLog.Config(running.kafka(), 1, IN_FLIGHT, PATIENCE, null, 0))) {
      for (String file : files) {
        send(file, chosen, log, progress);
        done++;
      }
      log.flush();
    } finally {
      progress.end();
      summary(chosen, done, start);
    }
    String why = failure.get();
    if (why != null) {
      throw CommandFailed.failed(failed.sum() + " records were not taken: " + why);
    }
    return 0;
  }

  // Error Prone believes that it is never null since JDK 22; without a terminal it still is, seen
  // on 25.0.3.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean terminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private void send(String file, Sensor chosen, RawLog log, Progress progress)
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
        read++;
        var _ =
            log.append(chosen.name(), record.bytes(), record.metadata(), received)
                .whenComplete(
                    (_, problem) -> {
                      if (problem == null) {
                        sent.increment();
                      } else {
                        failed.increment();
                        failure.compareAndSet(null, String.valueOf(problem.getMessage()));
                      }
                    });
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
