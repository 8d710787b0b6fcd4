package metron.app.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The databases of places that come with the distribution, in `app/target/metron/geo`.
public final class ShippedDatabases {
  private ShippedDatabases() {}

  /// @return those that are there: a build without network has none, and events then carry no places
  public static List<Path> find() {
    String home = System.getProperty("metron.dist", "");
    if (home.isEmpty()) {
      return List.of();
    }
    Path folder = Path.of(home, "geo");
    return Stream.of("country.mmdb", "asn.mmdb")
        .map(folder::resolve)
        .filter(Files::exists)
        .toList();
  }
}
