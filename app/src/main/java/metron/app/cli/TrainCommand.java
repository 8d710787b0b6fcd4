package metron.app.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import metron.app.Metron;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import picocli.CommandLine.Command;

/// A short run of the commands that must start fast, from which bin/metron makes the JVM's class data cache.
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand extends StreamedCommand {
  private static final int ROUNDS = 20;

  @Override
  public Integer call() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    byte[] line =
        "{\"a\":1,\"ts\":1700000000.5,\"event_type\":\"dns\"}\nplain text\n"
            .getBytes(StandardCharsets.UTF_8);
    Metron.run(new ByteArrayInputStream(line), nowhere, nowhere, "sensors", "--json");
    Metron.run(new ByteArrayInputStream(line), nowhere, nowhere, "status");
    for (int i = 0; i < ROUNDS; i++) {
      for (Sensor sensor : Sensors.shipped().all()) {
        Metron.run(
            new ByteArrayInputStream(line),
            nowhere,
            nowhere,
            "parse",
            sensor.name(),
            "-",
            "--positions");
      }
    }
    return 0;
  }
}
