package metron.testing.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// `bin/metron` of one tree with one data directory and ports that were free. What is built is run, nothing is built.
public final class Product {
  private static final Duration COMMAND = Duration.ofMinutes(2);

  private final Path home;
  private final Path data;
  private final Ports ports;
  private final Map<String, String> environment;

  /// @param http console and API
  /// @param intake HTTP intake
  public record Ports(int http, int intake, int syslog, int kafka) {
    /// Four ports that nothing listens on.
    public static Ports free() throws IOException {
      List<ServerSocket> open = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          ServerSocket socket = new ServerSocket();
          open.add(socket);
          socket.bind(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        }
        int[] found = open.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        return new Ports(found[0], found[1], found[2], found[3]);
      } finally {
        for (ServerSocket socket : open) {
          socket.close();
        }
      }
    }

    /// As options of `metron start`.
    public List<String> options() {
      return List.of(
          "--http-port",
          String.valueOf(http),
          "--intake-port",
          String.valueOf(intake),
          "--syslog-port",
          String.valueOf(syslog),
          "--kafka-port",
          String.valueOf(kafka));
    }
  }

  /// What a command did.
  public record Run(int exit, String out, String err) {}

  private Product(Path home, Path data, Ports ports, Map<String, String> environment) {
    this.home = home;
    this.data = data;
    this.ports = ports;
    this.environment = environment;
  }

  /// @param home the tree that has `bin/metron`
  /// @param data where it keeps everything; made by the first start
  /// @throws IOException if the tree has no distribution
  public static Product of(Path home, Path data, Ports ports) throws IOException {
    Path built = home.resolve("app/target/metron/lib");
    if (!Files.isDirectory(built)) {
      throw new IOException(
          "there is no distribution in " + built + ": build it with 'bin/metron build'");
    }
    return new Product(home, data, ports, Map.of("METRON_NO_BUILD", "1", "METRON_HEAP", "1g"));
  }

  /// With one more environment variable for its processes.
  public Product with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new Product(home, data, ports, more);
  }

  public Path data() {
    return data;
  }

  public Ports ports() {
    return ports;
  }

  /// Starts it with this product's ports and returns at once.
  public StartedMetron start(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("start"));
    arguments.addAll(ports.options());
    arguments.addAll(List.of(more));
    Path said = Files.createTempFile("metron-start", ".out");
    Process process =
        command(arguments)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    return new StartedMetron(process, said, data);
  }

  /// Runs a command to its end, with nothing on standard input.
  public Run run(String... arguments) throws IOException, InterruptedException {
    return run(InputStream.nullInputStream(), arguments);
  }

  /// Runs a command to its end, which must come within two minutes.
  public Run run(InputStream in, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("metron-command", ".out");
    Path err = Files.createTempFile("metron-command", ".err");
    try {
      Process process =
          command(List.of(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream to = process.getOutputStream()) {
        in.transferTo(to);
      } catch (IOException e) {
        // A command that needs no input may be gone before it is written: its exit code tells.
        if (process.isAlive()) {
          throw e;
        }
      }
      if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "'metron " + String.join(" ", arguments) + "' did not end within " + COMMAND);
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /// Starts a command whose standard input the caller writes and whose output it reads.
  ///
  /// @param err where its standard error goes
  public Process pipe(Path err, String... arguments) throws IOException {
    return command(List.of(arguments)).redirectError(err.toFile()).start();
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/metron").toString());
    command.addAll(arguments);
    if (!arguments.isEmpty() && takesData(arguments.getFirst())) {
      command.add("--data");
      command.add(data.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
  }

  private static boolean takesData(String command) {
    return List.of("start", "stop", "status", "ingest", "search", "intel", "users")
        .contains(command);
  }
}
