package metron.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import metron.server.account.Accounts.SessionTimes;
import org.jspecify.annotations.Nullable;

/// Where the server listens, and how.
///
/// @param address to bind; anything but loopback needs `tls`
/// @param port 0: any free one
/// @param tls null: plain HTTP
/// @param hostNames names that requests may be for, without port; beside them `localhost` and the loopback addresses always
///     may. Where empty and not on loopback, any name is taken
/// @param sessions how long a sign-in lasts
/// @param version shown on the Health page
public record ServerConfig(
    InetAddress address,
    int port,
    @Nullable Tls tls,
    Set<String> hostNames,
    SessionTimes sessions,
    String version) {
  public static final int DEFAULT_PORT = 8080;

  /// A certificate with its key.
  public sealed interface Tls {
    record Pkcs12(Path file, String password) implements Tls {
      @Override
      public String toString() {
        return "Pkcs12[" + file + "]";
      }
    }

    /// @param certificate PEM, the server's own certificate first
    /// @param key PEM, PKCS #8
    /// @param password of the key; null: it has none
    record Pem(Path certificate, Path key, @Nullable String password) implements Tls {
      @Override
      public String toString() {
        return "Pem[" + certificate + ", " + key + "]";
      }
    }
  }

  /// @throws IllegalArgumentException if others could listen in: not on loopback and without TLS
  public ServerConfig {
    hostNames = Set.copyOf(hostNames);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
    }
    if (!address.isLoopbackAddress() && tls == null) {
      throw new IllegalArgumentException(
          "the server is to listen on "
              + address.getHostAddress()
              + ", which others can reach, without TLS: give it a certificate, or bind 127.0.0.1");
    }
  }

  /// Plain HTTP for this machine only.
  public static ServerConfig loopback(int port, String version) {
    return new ServerConfig(
        InetAddress.ofLiteral("127.0.0.1"), port, null, Set.of(), SessionTimes.DEFAULT, version);
  }
}
