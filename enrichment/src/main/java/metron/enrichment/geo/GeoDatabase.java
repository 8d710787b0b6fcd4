package metron.enrichment.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One MMDB file, memory-mapped, opened again when it changes. A file that is absent or broken is said once in the log and
/// knows nothing until it is replaced; a broken replacement leaves the old content in force.
///
/// Replace a database by renaming the new file over the old one, as `geoipupdate` does: a mapped file that is cut short in
/// place can't be read any more.
final class GeoDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(GeoDatabase.class);

  /// @param stamp identity, size and time of the file that was opened
  private record Open(Reader reader, boolean v6, String stamp) {}

  private final Path file;
  private final AtomicLong failures = new AtomicLong();
  private volatile @Nullable Open open;
  private volatile String seen = "";

  GeoDatabase(Path file) {
    this.file = file;
    refresh();
  }

  /// Opens the file again if it is not the one that was seen last.
  ///
  /// @return whether what look-ups say may have changed
  boolean refresh() {
    String stamp = stamp();
    if (stamp.equals(seen)) {
      return false;
    }
    seen = stamp;
    if (stamp.isEmpty()) {
      LOG.warn("Geo database {} is absent; what it knew before stays in force", file);
      return false;
    }
    try {
      Reader reader = new Reader(file.toFile());
      Metadata metadata = reader.getMetadata();
      Open next = new Open(reader, metadata.ipVersion() == 6, stamp);
      // A broken tree or data section shows at the first look-up: better here than in the stream.
      lookUp(next, IpAddress.v4(0x08080808));
      open = next;
      failures.set(0);
      LOG.info(
          "Geo database {}: {}, built {}, {} nodes",
          file,
          metadata.databaseType(),
          metadata.buildTime(),
          metadata.nodeCount());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Geo database {} can't be read: {}. Expected a MaxMind DB file (.mmdb); {}",
          file,
          message(e),
          open == null
              ? "nothing is known of places until it is replaced"
              : "the old one stays in force");
      return false;
    }
  }

  /// What the database knows of a public address; [Place#UNKNOWN] if nothing, or if its bytes are broken there.
  Place lookUp(IpAddress ip) {
    Open now = open;
    if (now == null || (!now.v6 && !ip.isV4())) {
      return Place.UNKNOWN;
    }
    try {
      return lookUp(now, ip);
    } catch (IOException | RuntimeException e) {
      if (failures.getAndIncrement() == 0) {
        LOG.warn("Geo database {} is broken at {}: {}", file, ip, message(e));
      }
      return Place.UNKNOWN;
    }
  }

  /// Look-ups since the file was opened that met broken bytes.
  long failures() {
    return failures.get();
  }

  private static Place lookUp(Open open, IpAddress ip) throws IOException {
    Object record = open.reader.get(InetAddress.getByAddress(ip.bytes()), Object.class);
    return record instanceof Map<?, ?> map ? Place.of(map) : Place.UNKNOWN;
  }

  private String stamp() {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      return a.size()
          + "/"
          + a.lastModifiedTime().toMillis()
          + "/"
          + Objects.toString(a.fileKey(), "");
    } catch (IOException absent) {
      return "";
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
