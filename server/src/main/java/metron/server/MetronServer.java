package metron.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import metron.server.account.Accounts;
import metron.server.alert.AlertStream;
import metron.server.configuration.ConfigurationCheck;
import metron.server.deadletter.DeadLetters;
import metron.server.health.HealthSource;
import metron.server.indicator.Indicators;
import metron.server.sensor.SensorPreview;
import metron.storage.AccountStore;
import metron.storage.AlertStore;
import metron.storage.AuditLog;
import metron.storage.ConfigStore;
import metron.storage.EventStore;
import metron.storage.SessionStore;
import metron.storage.SettingsStore;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;

/// Starts the server.
///
/// It is a Spring context with exactly the beans of [ServerBeans] and those of the features: nothing is scanned or guessed
/// from the class path, and no property or environment variable changes it. That keeps a start near one second.
public final class MetronServer {
  private MetronServer() {}

  /// @throws IOException if the port is taken or the certificate can't be used: the message says which
  public static RunningServer start(ServerConfig config, ServerParts parts) throws IOException {
    return start(config, parts, new Class<?>[0]);
  }

  /// @param more configuration beside the server's own; a test adds what generates the OpenAPI document
  static RunningServer start(ServerConfig config, ServerParts parts, Class<?>... more)
      throws IOException {
    var context = new AnnotationConfigServletWebServerApplicationContext();
    context.setDisplayName("Metron");
    context.registerBean(ServerConfig.class, () -> config);
    put(context, EventStore.class, parts.events());
    put(context, AlertStore.class, parts.alerts());
    put(context, AccountStore.class, parts.accounts());
    put(context, SessionStore.class, parts.sessions());
    put(context, SettingsStore.class, parts.settings());
    put(context, AuditLog.class, parts.audit());
    put(context, ConfigStore.class, parts.configuration());
    put(context, ConfigurationCheck.class, parts.configurationCheck());
    put(context, HealthSource.class, parts.health());
    put(context, DeadLetters.class, parts.deadLetters());
    put(context, Indicators.class, parts.indicators());
    put(context, SensorPreview.class, parts.sensors());
    put(context, InstantSource.class, parts.clock());
    context.register(ServerBeans.class);
    if (more.length > 0) {
      context.register(more);
    }
    try {
      context.refresh();
    } catch (RuntimeException e) {
      context.close();
      throw readable(config, e);
    }
    return new Running(context);
  }

  /// Puts a part in as one port only: an object may stand behind several, and Spring would find each of them three times.
  private static <T> void put(
      AnnotationConfigServletWebServerApplicationContext context, Class<T> port, T part) {
    Object only =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(part, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
    // Whoever made a part closes it.
    context.registerBean(port, () -> port.cast(only), b -> b.setDestroyMethodName(""));
  }

  private static IOException readable(ServerConfig config, RuntimeException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof PortInUseException) {
        return new IOException(
            "port "
                + config.port()
                + " on "
                + config.address().getHostAddress()
                + " is used by another program: stop it, or choose another port for the console",
            e);
      }
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String tls = config.tls() == null ? "" : " with the certificate " + config.tls();
    return new IOException(
        "the server can't start on "
            + config.address().getHostAddress()
            + ", port "
            + config.port()
            + tls
            + ": "
            + root.getMessage(),
        e);
  }

  private record Running(AnnotationConfigServletWebServerApplicationContext context)
      implements RunningServer {
    @Override
    public int port() {
      var server = context.getWebServer();
      if (server == null) {
        throw new IllegalStateException("the server is closed");
      }
      return server.getPort();
    }

    @Override
    public Accounts accounts() {
      return context.getBean(Accounts.class);
    }

    @Override
    public void close() {
      if (context.isActive()) {
        // First, since they never finish by themselves.
        context.getBean(AlertStream.class).close();
        context.close();
      }
    }
  }
}
