package metron.packets.protocol;

import java.util.LinkedHashMap;
import java.util.Optional;
import metron.event.IpAddress;

/// Data connections that FTP control connections have agreed on. Bounded; not thread-safe.
final class FtpTransfers {
  private static final int MOST = 4096;

  private record Endpoint(IpAddress address, int port) {}

  /// One transfer; the file's name comes after the two ends have agreed where to connect.
  static final class Transfer {
    private String name = "";
    private boolean file;

    void begins(String fileName) {
      name = fileName;
      file = true;
    }

    String name() {
      return name;
    }

    /// Whether a file is transferred, not a listing.
    boolean isFile() {
      return file;
    }
  }

  private final LinkedHashMap<Endpoint, Transfer> expected = new LinkedHashMap<>();

  Transfer expect(IpAddress address, int port) {
    if (expected.size() >= MOST) {
      expected.pollFirstEntry();
    }
    Transfer transfer = new Transfer();
    expected.put(new Endpoint(address, port), transfer);
    return transfer;
  }

  Optional<Transfer> take(IpAddress address, int port) {
    return Optional.ofNullable(
        expected.isEmpty() ? null : expected.remove(new Endpoint(address, port)));
  }
}
