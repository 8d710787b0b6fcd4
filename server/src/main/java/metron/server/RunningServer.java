package metron.server;

import metron.server.account.Accounts;

/// A server that answers requests until it is closed.
public interface RunningServer extends AutoCloseable {
  /// The port that it listens on.
  int port();

  /// Users, sessions and tokens; for the first administrator and the command line's own token.
  Accounts accounts();

  /// Ends the streams of alerts, lets other requests finish for up to 5 s, and frees the port.
  @Override
  void close();
}
