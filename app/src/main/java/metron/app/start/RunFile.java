package metron.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `run/metron.json`: how commands find a running Metron. It is written when everything is up and removed when it stops.
///
/// @param pid the process
/// @param console address of the console and API, such as `http://127.0.0.1:8080`
/// @param intake address of the HTTP intake; empty if there is none
/// @param kafka `host:port`
public record RunFile(
    long pid, Instant started, String version, String console, String intake, String kafka) {
  private static final ObjectMapper JSON = JsonMapper.shared();
  private static final String NAME = "metron.json";
  private static final String TOKEN = "token";

  /// What the directory's run file says; empty if there is none or it is not whole.
  public static Optional<RunFile> read(DataDirectory data) throws IOException {
    String text;
    try {
      text = Files.readString(data.run().resolve(NAME));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      return Optional.of(
          new RunFile(
              json.path("pid").asLong(),
              Instant.parse(json.path("started").asString()),
              json.path("version").asString(),
              json.path("console").asString(),
              json.path("intake").asString(),
              json.path("kafka").asString()));
    } catch (JacksonException | java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }

  void write(DataDirectory data) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("pid", pid);
    json.put("started", started.toString());
    json.put("version", version);
    json.put("console", console);
    json.put("intake", intake);
    json.put("kafka", kafka);
    replace(data.run().resolve(NAME), JSON.writeValueAsString(json) + "\n");
  }

  static void remove(DataDirectory data) throws IOException {
    Files.deleteIfExists(data.run().resolve(NAME));
    Files.deleteIfExists(data.run().resolve(TOKEN));
  }

  /// Keeps the local command line's token where only the same user can read it.
  static void writeToken(DataDirectory data, String token) throws IOException {
    replace(data.run().resolve(TOKEN), token + "\n");
  }

  /// @throws IOException if it cannot be read
  public static String token(DataDirectory data) throws IOException {
    return Files.readString(data.run().resolve(TOKEN)).strip();
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The process, if it is there.
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }
}
