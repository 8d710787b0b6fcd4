package metron.app.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import metron.app.Metron;
import metron.app.start.DataDirectory;
import metron.app.start.DirectoryLock;
import metron.app.start.RunFile;
import metron.app.start.RunningMetron;
import metron.app.start.StartOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `metron start`.
@Command(
    name = "start",
    description = {
      "Start everything in one process and stay until stopped.",
      "The first start makes an administrator and prints the password once."
    })
final class StartCommand extends StreamedCommand {
  private static final Duration STOPPING = Duration.ofSeconds(60);
  private static final Duration STARTING = Duration.ofMinutes(3);

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--demo",
      description = "Play a small company's traffic, with an intrusion in it.")
  private boolean demo;

  @Option(names = "--http-port", paramLabel = "PORT", description = "Console and API (8080).")
  private @Nullable Integer httpPort;

  @Option(
      names = "--intake-port",
      paramLabel = "PORT",
      description = "HTTP intake and _bulk (8081).")
  private @Nullable Integer intakePort;

  @Option(
      names = "--syslog-port",
      paramLabel = "PORT",
      description = "Syslog over UDP and TCP (5514).")
  private @Nullable Integer syslogPort;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka (19092).")
  private @Nullable Integer kafkaPort;

  @Option(
      names = "--background",
      description = "Return when it is ready; output goes to logs/start.log.")
  private boolean background;

  @Override
  public Integer call() throws Exception {
    for (Integer port : new Integer[] {httpPort, intakePort, syslogPort, kafkaPort}) {
      if (port != null && (port < 0 || port > 65_535)) {
        throw CommandFailed.wrongUse("port " + port + " is not one, expected 0 to 65535");
      }
    }
    return background ? inBackground() : here();
  }

  private int here() throws IOException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean up = new AtomicBoolean();
    AtomicBoolean clean = new AtomicBoolean();
    Thread starter = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              stop.countDown();
              // A start that is under way gives up at its next wait.
              if (!up.get()) {
                starter.interrupt();
              }
              awaitQuietly(stopped);
              if (clean.get()) {
                // Left to itself, the JVM ends with 143 after a signal: a failure to whoever
                // supervises it.
                Runtime.getRuntime().halt(0);
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      try (RunningMetron running =
          RunningMetron.start(
              data.directory(),
              new StartOptions(demo, httpPort, intakePort, syslogPort, kafkaPort),
              out)) {
        up.set(true);
        stop.await();
        out.println("stopping " + running.run().console());
        out.flush();
      }
      out.println("stopped");
      out.flush();
      clean.set(true);
      return 0;
    } catch (InterruptedException e) {
      out.println("stopped before it was up");
      return 1;
    } finally {
      stopped.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch stopped) {
    try {
      if (!stopped.await(STOPPING.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
        // Whatever hangs: the data is as safe as after a crash, which is safe.
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int inBackground() throws IOException, InterruptedException, CommandFailed {
    DataDirectory directory = data.directory();
    if (DirectoryLock.isTaken(directory)) {
      throw CommandFailed.failed(
          "a Metron runs in " + directory.root() + " already: 'metron status' tells of it");
    }
    directory.create();
    Files.createDirectories(directory.logs());
    Path log = directory.logs().resolve("start.log");
    Process process =
        new ProcessBuilder(command(directory))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile())
            .start();
    long giveUp = System.nanoTime() + STARTING.toNanos();
    int shown = 0;
    while (true) {
      String said = Files.exists(log) ? Files.readString(log) : "";
      out.print(said.substring(Math.min(shown, said.length())));
      out.flush();
      shown = said.length();
      if (RunFile.read(directory).filter(r -> r.pid() == process.pid()).isPresent()
          && said.contains("Ready after")) {
        return 0;
      }
      if (!process.isAlive()) {
        throw CommandFailed.failed("it did not start; what it said is in " + log);
      }
      if (System.nanoTime() - giveUp > 0) {
        throw CommandFailed.failed(
            "it is not up after " + STARTING.toMinutes() + " min: see " + directory.logs());
      }
      Thread.sleep(100);
    }
  }

  /// The same JVM flags and options, without `--background`.
  private List<String> command(DataDirectory directory) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Metron.class.getName(), "start", "--data", directory.root().toString()));
    if (demo) {
      command.add("--demo");
    }
    port(command, "--http-port", httpPort);
    port(command, "--intake-port", intakePort);
    port(command, "--syslog-port", syslogPort);
    port(command, "--kafka-port", kafkaPort);
    return command;
  }

  private static void port(List<String> command, String option, @Nullable Integer port) {
    if (port != null) {
      command.add(option);
      command.add(port.toString());
    }
  }
}
