package metron.enrichment.geo;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.event.IpAddress;

/// Makes an MMDB of autonomous systems from the CSV files of the npm package `@ip-location-db/asn`
/// (`first,last,number,"organization"`), which comes in no other form. The build runs it once; see `enrichment/geo`.
public final class AsnDatabase {
  private AsnDatabase() {}

  /// @param arguments the database to write, then the CSV files
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("expected: OUT.mmdb FIRST.csv [MORE.csv …]");
    }
    List<Path> files = Arrays.stream(arguments).skip(1).map(Path::of).toList();
    Path out = Path.of(arguments[0]);
    long refused = build(files, out, Files.getLastModifiedTime(files.getFirst()).toInstant());
    System.out.println(
        out
            + ": "
            + Files.size(out) / 1024
            + " KiB"
            + (refused == 0 ? "" : ", " + refused + " lines refused"));
  }

  /// @return how many lines were no range of addresses
  static long build(List<Path> files, Path out, Instant built) throws IOException {
    MmdbWriter writer = new MmdbWriter();
    Map<String, Map<String, Object>> systems = new HashMap<>();
    long refused = 0;
    for (Path file : files) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          refused += put(writer, systems, line) ? 0 : 1;
        }
      }
    }
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part))) {
      writer.write("Metron-ASN", built, to);
    }
    Files.move(part, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return refused;
  }

  private static boolean put(
      MmdbWriter writer, Map<String, Map<String, Object>> systems, String line) {
    String[] cells = line.split(",", 4);
    if (cells.length < 4) {
      return false;
    }
    var first = IpAddress.parse(cells[0]);
    var last = IpAddress.parse(cells[1]);
    if (first.isEmpty() || last.isEmpty() || !cells[2].matches("\\d{1,10}")) {
      return false;
    }
    String name = cells[3].strip();
    if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
    }
    String organization = name;
    long number = Long.parseLong(cells[2]);
    writer.putRange(
        first.get(),
        last.get(),
        systems.computeIfAbsent(
            cells[2],
            n ->
                Map.of(
                    "autonomous_system_number",
                    number,
                    "autonomous_system_organization",
                    organization)));
    return true;
  }
}
