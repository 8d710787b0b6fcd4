package metron.pipeline.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import metron.pipeline.kafka.RawLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All configured sources, running.
public final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final List<Source> sources;
  private final PatientLog patient;

  private Intake(List<Source> sources, PatientLog patient) {
    this.sources = List.copyOf(sources);
    this.patient = patient;
  }

  /// Starts every source, or none.
  ///
  /// @param positions folder where file positions are kept
  /// @throws IOException if one cannot start: a port is taken, a certificate is missing; the sources before it are stopped
  public static Intake start(
      IntakeConfig config,
      RawLog log,
      SensorNames sensors,
      SenderTokens tokens,
      Path positions,
      InstantSource clock)
      throws IOException {
    PatientLog patient = new PatientLog(log);
    List<Source> started = new ArrayList<>();
    try {
      for (IntakeConfig.Syslog udp : config.udp()) {
        started.add(new SyslogUdp(udp, patient, clock));
      }
      for (IntakeConfig.Syslog tcp : config.tcp()) {
        started.add(
            new SyslogTcp(tcp, tcp.tls() == null ? null : tcp.tls().context(), patient, clock));
      }
      if (config.http() != null) {
        started.add(new HttpIntake(config.http(), log, sensors, tokens, clock));
      }
      for (IntakeConfig.Files files : config.files()) {
        started.add(new FileTail(files, positions, log, clock));
      }
      for (IntakeConfig.Kafka kafka : config.kafka()) {
        started.add(new KafkaTopicSource(kafka, log, clock));
      }
      return new Intake(started, patient);
    } catch (IOException | RuntimeException e) {
      stop(started, patient);
      throw e;
    }
  }

  public List<SourceStatus> status() {
    return sources.stream().map(Source::status).toList();
  }

  /// Port of the HTTP intake; empty if there is none.
  public OptionalInt httpPort() {
    return sources.stream()
        .filter(HttpIntake.class::isInstance)
        .mapToInt(s -> ((HttpIntake) s).port())
        .findFirst();
  }

  /// Stops taking in; what was taken is in the log, which is flushed by its owner.
  @Override
  public void close() {
    stop(sources, patient);
  }

  private static void stop(List<Source> sources, PatientLog patient) {
    patient.close();
    for (Source source : sources.reversed()) {
      try {
        source.close();
      } catch (RuntimeException e) {
        LOG.warn("{} did not stop cleanly: {}", source.status().name(), e.toString());
      }
    }
  }
}
