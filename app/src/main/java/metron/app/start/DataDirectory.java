package metron.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import metron.config.ConfigException;

/// Where a Metron keeps everything: `kafka/ index/events/ index/alerts/ metron.db flink/ conf/ intake/ logs/ run/`.
///
/// @param root absolute
public record DataDirectory(Path root) {
  /// Makes the directory if it is not there, readable for its owner only: it will hold whatever the logs of a whole network
  /// say. One that is there keeps its permissions.
  public void create() throws IOException {
    Path parent = root.getParent();
    if (Files.exists(root) || parent == null) {
      return;
    }
    Files.createDirectories(parent);
    boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
    try {
      Files.createDirectory(
          root,
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
              }
              : new FileAttribute<?>[0]);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; the lock decides which of the two goes on.
    }
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path events() {
    return root.resolve("index/events");
  }

  public Path alerts() {
    return root.resolve("index/alerts");
  }

  public Path database() {
    return root.resolve("metron.db");
  }

  public Path flink() {
    return root.resolve("flink");
  }

  public Path conf() {
    return root.resolve("conf");
  }

  public Path intake() {
    return root.resolve("intake");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path run() {
    return root.resolve("run");
  }

  /// The user's sensors, path below `conf/` to text, read from disk without a running Metron; none if there is no such folder.
  public Map<String, String> sensorDefinitions() throws IOException {
    Map<String, String> found = definitions();
    found.keySet().removeIf(path -> !path.startsWith("sensors/"));
    return found;
  }

  /// Every YAML file of `conf/`, path below it to text, read from disk without a running Metron; none if there is no such
  /// folder.
  public Map<String, String> definitions() throws IOException {
    return definitions(conf());
  }

  /// As [#definitions], of any folder that is laid out as `conf/`.
  public static Map<String, String> definitions(Path conf) throws IOException {
    Map<String, String> found = new TreeMap<>();
    if (!Files.isDirectory(conf)) {
      return found;
    }
    try (Stream<Path> files = Files.walk(conf)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = conf.relativize(file).toString().replace('\\', '/');
        if ((path.endsWith(".yaml") || path.endsWith(".yml")) && !path.startsWith(".git/")) {
          found.put(path, Files.readString(file));
        }
      }
    }
    return found;
  }

  /// `conf/metron.yaml` as it lies on disk, or the shipped one if there is none.
  public Settings settings() throws IOException, ConfigException {
    Path file = conf().resolve(Settings.FILE);
    return Settings.read(
        Files.isRegularFile(file) ? Files.readString(file) : defaultSettings(), root);
  }

  /// The `metron.yaml` that a first start writes.
  public static String defaultSettings() throws IOException {
    try (InputStream in = DataDirectory.class.getResourceAsStream("metron.yaml")) {
      if (in == null) {
        throw new IOException("resource metron.yaml is missing from this build");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
