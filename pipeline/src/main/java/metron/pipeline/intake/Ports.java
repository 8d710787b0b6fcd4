package metron.pipeline.intake;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/// Binding an address, with a refusal that a person can act on.
final class Ports {
  interface Opening<T> {
    T open(InetSocketAddress at) throws IOException;
  }

  private Ports() {}

  static <T> T bind(String address, int port, String protocol, Opening<T> opening)
      throws IOException {
    InetSocketAddress at = new InetSocketAddress(address, port);
    if (at.isUnresolved()) {
      throw new IOException(
          "address '" + address + "' is not known: name an address of this machine");
    }
    try {
      return opening.open(at);
    } catch (BindException e) {
      String what = protocol + " port " + port + " on " + address;
      String why = String.valueOf(e.getMessage());
      if (why.contains("Permission denied")) {
        throw new IOException(
            what + " needs privileges: use a port above 1023, or give java CAP_NET_BIND_SERVICE",
            e);
      }
      if (why.contains("Cannot assign requested address")) {
        throw new IOException(what + " cannot be opened: this machine has no such address", e);
      }
      throw new IOException(
          what + " is in use by another program: stop it, or set another port", e);
    }
  }
}
