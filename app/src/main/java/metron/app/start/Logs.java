package metron.app.start;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// `logs/metron.log`: one line an event, at most ten files of 10 MiB.
final class Logs {
  private static final String[] CHATTY = {
    "kafka",
    "org.apache.kafka",
    "org.apache.flink",
    "org.apache.pekko",
    "org.springframework",
    "org.apache.catalina",
    "org.apache.coyote",
    "org.apache.tomcat",
    "org.eclipse.jgit",
    "state.change.logger",
    "org.apache.hadoop",
    "org.apache.lucene"
  };

  // A library's stack trace is one event as well: its lines are joined.
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: "
          + "%replace(%msg %ex{20}){'\\s*[\\r\\n]+\\s*', ' | '}%nopex%n";

  private Logs() {}

  static void toFile(DataDirectory data) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setFile(data.logs().resolve("metron.log").toString());
    file.setEncoder(encoder);
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setMinIndex(1);
    rolling.setMaxIndex(9);
    rolling.setFileNamePattern(data.logs().resolve("metron.%i.log").toString());
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf("10MB"));
    size.start();
    file.setRollingPolicy(rolling);
    file.setTriggeringPolicy(size);
    file.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(file);
    // Lucene and Tomcat log through the JDK; they go the same way.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    context.getLogger("org.apache.flink.metrics").setLevel(Level.ERROR);
    context.getLogger("org.apache.flink.runtime.metrics").setLevel(Level.ERROR);
    context.getLogger("org.apache.flink.metrics.MetricGroup").setLevel(Level.ERROR);
    for (String name : CHATTY) {
      context.getLogger(name).setLevel(Level.WARN);
    }
  }
}
