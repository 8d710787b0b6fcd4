package metron.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metron.app.start.ShippedDatabases;
import metron.config.ConfigException;
import metron.detection.Detector;
import metron.enrichment.indicator.IndicatorTable;
import metron.event.DeadLetter;
import metron.event.Event;
import metron.event.RawMessage;
import metron.event.json.EventJson;
import metron.parsers.RawRecord;
import metron.parsers.RecordReader;
import metron.parsers.Sensor;
import metron.pipeline.DefinitionReader;
import metron.pipeline.Epochs;
import metron.pipeline.EventPipeline;
import metron.pipeline.Outcome;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.StepFaults;
import metron.stellar.function.Evaluation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron parse`: what Metron makes of a file, without storing anything. Its output is an interface that people script
/// against: see `docs/reference/command-line.md`.
@Command(
    name = "parse",
    description = {
      "Print the events that a file gives, one JSON object a line, in input order.",
      "For each refused line, one JSON object on standard error: line, stage, reason, excerpt."
    })
final class ParseCommand extends StreamedCommand {
  private static final int BUFFER = 256 << 10;
  private static final int EXCERPT = 200;

  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "SENSOR", description = "A sensor or an alias of one.")
  private String sensor = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "A file, plain, gzip or zstd; - for standard input.")
  private String file = "";

  @Option(
      names = "--positions",
      description = {
        "Print one object for each input record instead:",
        "{\"line\": n, \"events\": [...], \"rejected\": {...}}"
      })
  private boolean positions;

  @Option(
      names = "--received",
      paramLabel = "INSTANT",
      description = "Time of receipt, such as 2026-01-31T12:00:00Z (default: now).")
  private @Nullable String received;

  @Option(names = "--enrich", description = "Add places, networks and what else is configured.")
  private boolean enrich;

  @Override
  public Integer call() throws Exception {
    PipelineDefinition definition = definition();
    Sensor chosen = SensorChoice.find(definition.sensors(), sensor);
    Instant at = receipt();
    EventPipeline pipeline =
        new EventPipeline(
            definition.parsers(),
            new EventPipeline.Transforms(
                definition.transformations(),
                Evaluation.of(
                    Evaluation.Limits.DEFAULT, InstantSource.system(), definition.services())),
            enrich ? definition.enrichers() : List.of(),
            List.<Detector>of(),
            (_, _) -> {},
            Epochs.SHIPPED,
            new StepFaults(),
            InstantSource.system(),
            System::nanoTime);
    try (InputFile input = InputFile.open(file, in);
        OutputStream events = new BufferedOutputStream(new KeptOpen(out), BUFFER)) {
      Map<String, String> metadata = file.equals("-") ? Map.of() : Map.of(RawMessage.FILE, file);
      RecordReader reader = chosen.framing().open(input.stream(), metadata);
      long offset = 0;
      StringBuilder text = new StringBuilder(4096);
      for (RawRecord record = reader.next(); record != null; record = reader.next()) {
        RawMessage raw =
            new RawMessage(
                chosen.name(),
                "raw." + chosen.name(),
                0,
                offset++,
                at,
                record.bytes(),
                record.metadata());
        text.setLength(0);
        Outcome outcome = pipeline.process(raw);
        if (positions) {
          position(text, record, outcome);
        } else {
          plain(text, record, outcome, events);
        }
        if (!text.isEmpty()) {
          events.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (out.checkError()) {
          // The reader of our output went away (`| head`).
          return 0;
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(
          String.valueOf(e.getMessage()).contains(file)
              ? String.valueOf(e.getMessage())
              : file + " cannot be read to its end: " + e.getMessage(),
          e);
    }
    return 0;
  }

  private Instant receipt() throws CommandFailed {
    if (received == null) {
      return Instant.now();
    }
    try {
      return Instant.parse(received);
    } catch (DateTimeParseException e) {
      throw CommandFailed.wrongUse(
          "--received is '" + received + "', expected an instant such as 2026-01-31T12:00:00Z");
    }
  }

  private PipelineDefinition definition() throws IOException, CommandFailed {
    Map<String, String> files = data.directory().definitions();
    // Without either nothing asks where an address is.
    boolean places =
        enrich || files.keySet().stream().anyMatch(f -> f.startsWith("transformations/"));
    try {
      return new DefinitionReader(
              data.directory().conf(),
              places ? ShippedDatabases.find() : List.of(),
              new IndicatorTable(),
              InstantSource.system())
          .read(files, Epochs.SHIPPED);
    } catch (ConfigException e) {
      throw CommandFailed.failed(String.valueOf(e.getMessage()));
    }
  }

  private void plain(StringBuilder text, RawRecord record, Outcome outcome, OutputStream events)
      throws IOException {
    switch (outcome) {
      case Outcome.Accepted(List<Event> accepted) -> {
        for (Event event : accepted) {
          EventJson.write(event, text);
          text.append('\n');
        }
      }
      case Outcome.Filtered(String _) -> {}
      case Outcome.Dead(DeadLetter letter) -> {
        // In step with the events before it, for a person who sees both.
        events.flush();
        StringBuilder refusal = new StringBuilder("{\"line\":").append(record.line()).append(',');
        refusal(refusal, letter);
        err.println(refusal.append('}'));
      }
    }
  }

  private static void position(StringBuilder text, RawRecord record, Outcome outcome) {
    text.append("{\"line\":").append(record.line()).append(",\"events\":[");
    if (outcome instanceof Outcome.Accepted(List<Event> accepted)) {
      for (int i = 0; i < accepted.size(); i++) {
        if (i > 0) {
          text.append(',');
        }
        EventJson.write(accepted.get(i), text);
      }
    }
    text.append(']');
    if (outcome instanceof Outcome.Filtered(String filter)) {
      text.append(",\"filtered\":");
      EventJson.quote(text, filter);
    }
    if (outcome instanceof Outcome.Dead(DeadLetter letter)) {
      text.append(",\"rejected\":{");
      refusal(text, letter);
      text.append('}');
    }
    text.append("}\n");
  }

  private static void refusal(StringBuilder text, DeadLetter letter) {
    text.append("\"stage\":\"")
        .append(letter.stage().name().toLowerCase(Locale.ROOT))
        .append("\",\"reason\":");
    EventJson.quote(text, letter.reason());
    text.append(",\"excerpt\":");
    byte[] bytes = letter.raw().bytes();
    EventJson.quote(
        text, new String(bytes, 0, Math.min(bytes.length, EXCERPT), StandardCharsets.UTF_8));
  }

  /// Standard output, which stays open for others.
  private static final class KeptOpen extends java.io.FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
