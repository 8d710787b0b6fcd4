package metron.app.start;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import metron.config.ConfigException;
import metron.config.Fault;
import metron.pipeline.DefinitionReader;
import metron.pipeline.Ledger;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.ReferenceTables;
import metron.pipeline.StepFaults;
import metron.pipeline.flink.PipelineParts;
import metron.pipeline.flink.StreamJob;
import metron.pipeline.intake.Intake;
import metron.pipeline.intake.IntakeConfig;
import metron.pipeline.kafka.DeadLetterLog;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.KeyedTopic;
import metron.pipeline.kafka.PipelineMonitor;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.TopicFollower;
import metron.pipeline.kafka.Topics;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import metron.server.MetronServer;
import metron.server.RunningServer;
import metron.server.ServerConfig;
import metron.server.ServerParts;
import metron.server.account.Accounts;
import metron.storage.AlertStore;
import metron.storage.ConfigStore;
import metron.storage.EventStore;
import metron.storage.git.GitConfigStore;
import metron.storage.jdbc.SqliteDatabase;
import metron.storage.lucene.LuceneAlertStore;
import metron.storage.lucene.LuceneEventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything in one process, in this order: lock, configuration, log (Kafka), stores, pipeline, sources, console, demo. It
/// stops in the reverse order: nothing is taken in any more, what was taken is made durable, then the stores close.
public final class RunningMetron implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningMetron.class);
  private static final String PARTS = "metron";
  private static final Duration TABLES = Duration.ofSeconds(60);
  private static final long LEAST_SPACE = 512L << 20;

  private final Steps steps;
  private final RunFile run;

  private RunningMetron(Steps steps, RunFile run) {
    this.steps = steps;
    this.run = run;
  }

  /// @throws IOException in one sentence, if a part cannot start; those before it are stopped
  public static RunningMetron start(DataDirectory data, StartOptions options, PrintStream out)
      throws IOException, InterruptedException {
    Steps steps = new Steps(out);
    try {
      return start(data, options, out, steps);
    } catch (IOException | InterruptedException | RuntimeException e) {
      steps.close();
      throw e;
    }
  }

  private static RunningMetron start(
      DataDirectory data, StartOptions options, PrintStream out, Steps steps)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    InstantSource clock = InstantSource.system();
    steps.keep("lock", DirectoryLock.take(data));
    Files.createDirectories(data.logs());
    Logs.toFile(data);
    LOG.info(
        "metron {} starts in {}, process {}",
        Version.TEXT,
        data.root(),
        ProcessHandle.current().pid());
    out.println("metron " + Version.TEXT + " in " + data.root());
    checkSpace(data);

    ConfigStore configuration = steps.up("configuration", () -> openConfiguration(data, clock));
    Settings settings = settings(configuration, data, options);
    checkPort(settings.console());

    EmbeddedBroker broker =
        steps.up("log", () -> EmbeddedBroker.start(data.kafka(), settings.kafkaPort()));
    String brokers = broker.address();
    try (TopicCreator topics = new TopicCreator(brokers, 1)) {
      topics.ensureShared();
    }
    KafkaRawLog log = new KafkaRawLog(KafkaRawLog.Config.embedded(brokers, data.kafka()));
    steps.keep("log writer", log);

    long storesBegin = System.nanoTime();
    Files.createDirectories(data.events());
    Files.createDirectories(data.alerts());
    EventStore events = new LuceneEventStore(data.events(), clock);
    steps.keep("events", events);
    AlertStore alerts = new LuceneAlertStore(data.alerts());
    steps.keep("alerts", alerts);
    SqliteDatabase database = SqliteDatabase.open(data.database());
    steps.keep("accounts", database);
    steps.said("stores", storesBegin);

    long pipelineBegin = System.nanoTime();
    ReferenceTables tables = new ReferenceTables();
    LiveConfiguration live =
        new LiveConfiguration(
            new DefinitionReader(data.conf(), ShippedDatabases.find(), tables.indicators(), clock));
    TopicFollower indicatorFollower = TopicFollower.indicators(brokers, tables);
    steps.keep("indicators", indicatorFollower);
    KeyedTopic indicatorTopic = new KeyedTopic(brokers, Topics.INDICATORS);
    steps.keep("indicator writer", indicatorTopic);
    steps.keep("configuration writer", ConfigPublisher.start(configuration, brokers, live));
    if (!indicatorFollower.awaitCaughtUp(TABLES)) {
      LOG.warn("indicators are still being read; events meanwhile may miss some");
    }
    Ledger ledger = new Ledger();
    StepFaults faults = new StepFaults();
    PipelineParts.register(PARTS, new PipelineParts(events, alerts, live::current, faults, ledger));
    steps.keep("pipeline parts", () -> PipelineParts.unregister(PARTS));
    StreamJob job =
        StreamJob.start(
            new StreamJob.Config(
                brokers, PARTS, data.flink(), settings.parallelism(), Duration.ofSeconds(3)));
    steps.keep("pipeline", job);
    PipelineMonitor monitor = PipelineMonitor.start(brokers, ledger, clock);
    steps.keep("monitor", monitor);
    steps.said("pipeline", pipelineBegin);

    long intakeBegin = System.nanoTime();
    Intake intake =
        Intake.start(
            settings.sources(),
            log,
            new LiveSensors(live),
            new StoredTokens(database.accounts(), clock),
            data.intake(),
            clock);
    steps.keep("sources", intake);
    steps.said("sources", intakeBegin);

    PartsHealth health =
        new PartsHealth(data, broker::fault, monitor::status, job::state, intake::status, live);
    steps.keep("health", health);
    IndicatorList indicators = new IndicatorList(tables, indicatorTopic);
    ServerConfig serverConfig = serverConfig(settings.console());
    RunningServer server =
        steps.up(
            "console",
            () ->
                MetronServer.start(
                    serverConfig,
                    new ServerParts(
                        events,
                        alerts,
                        database.accounts(),
                        database.sessions(),
                        database.settings(),
                        database.audit(),
                        configuration,
                        files -> faults(files, live, data),
                        health,
                        new LetterBox(new DeadLetterLog(brokers), log, database.settings()),
                        indicators,
                        new LivePreview(live, faults, clock),
                        clock)));
    steps.keep(
        "retention",
        new Retention(
            settings.retention(), events, alerts, data.root().resolve("index/clock"), clock));

    if (options.demo()) {
      boolean history = events.status().documents() == 0;
      steps.up("demo", () -> new Demo(log, indicators, history, clock));
    }
    Accounts accounts = server.accounts();
    Optional<String> password = accounts.ensureAdministrator();
    RunFile.writeToken(data, accounts.renewLocalToken());
    OptionalInt intakePort = intake.httpPort();
    String scheme = settings.console().tls() == null ? "http" : "https";
    RunFile run =
        new RunFile(
            ProcessHandle.current().pid(),
            Instant.now(),
            Version.TEXT,
            scheme + "://" + shown(settings.console().address()) + ":" + server.port(),
            intakePort.isPresent() ? "http://127.0.0.1:" + intakePort.getAsInt() : "",
            brokers);
    run.write(data);
    steps.keep("run file", () -> RunFile.remove(data));
    out.println();
    out.println("  Console    " + run.console());
    password.ifPresent(
        p -> {
          out.println("  Sign in    admin");
          out.println("  Password   " + p + "   (shown this once; you choose your own at sign-in)");
        });
    out.println();
    out.println(
        String.format(
            java.util.Locale.ROOT,
            "Ready after %.1f s. Stop with Ctrl-C or 'bin/metron stop'.",
            (System.nanoTime() - begin) / 1e9));
    out.flush();
    LOG.info("ready, console at {}", run.console());
    return new RunningMetron(steps, run);
  }

  public RunFile run() {
    return run;
  }

  private static void checkSpace(DataDirectory data) throws IOException {
    long free = Files.getFileStore(data.root()).getUsableSpace();
    if (free < LEAST_SPACE) {
      throw new IOException(
          "the disk of "
              + data.root()
              + " has "
              + (free >> 20)
              + " MiB free, Metron needs "
              + (LEAST_SPACE >> 20)
              + " MiB to start: free some space, or choose another directory with --data");
    }
  }

  /// The console comes up last; that its port is taken is said before anything else is started.
  private static void checkPort(Settings.Console console) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(console.address(), console.port()));
    } catch (IOException e) {
      throw new IOException(
          "port "
              + console.port()
              + " for the console is taken on "
              + console.address()
              + ": stop what listens there, or choose another with console.port in"
              + " conf/metron.yaml or --http-port",
          e);
    }
  }

  private static ConfigStore openConfiguration(DataDirectory data, InstantSource clock)
      throws IOException {
    Files.createDirectories(data.conf());
    ConfigStore store = GitConfigStore.open(data.conf(), clock);
    try {
      if (store.read(Settings.FILE).isEmpty()) {
        ConfigStore.Revision _ =
            store.write(
                Settings.FILE,
                DataDirectory.defaultSettings(),
                null,
                "metron",
                "Start with the shipped settings");
      }
      return store;
    } catch (ConfigStore.Conflict e) {
      store.close();
      throw new IOException("conf/ is changed by another program: " + e.getMessage(), e);
    }
  }

  private static Settings settings(
      ConfigStore configuration, DataDirectory data, StartOptions options) throws IOException {
    Settings read;
    try {
      read =
          Settings.read(
              configuration.read(Settings.FILE).map(ConfigStore.Text::text).orElse(""),
              data.root());
    } catch (ConfigException e) {
      throw new IOException(
          "the configuration in " + data.conf() + " cannot be used:\n" + e.getMessage(), e);
    }
    return read.with(options.httpPort(), options.kafkaPort(), sources(read.sources(), options));
  }

  private static IntakeConfig sources(IntakeConfig from, StartOptions options) {
    IntakeConfig.@Nullable Http http = from.http();
    Integer port = options.intakePort();
    if (http != null && port != null) {
      http = new IntakeConfig.Http(http.address(), port, http.token(), http.body(), http.record());
    }
    return new IntakeConfig(
        http,
        moved(from.udp(), options.syslogPort()),
        moved(from.tcp(), options.syslogPort()),
        from.files(),
        from.kafka());
  }

  /// The first port of a kind moves to where the command line says.
  private static List<IntakeConfig.Syslog> moved(
      List<IntakeConfig.Syslog> ports, @Nullable Integer to) {
    if (to == null || ports.isEmpty()) {
      return ports;
    }
    IntakeConfig.Syslog first = ports.getFirst();
    List<IntakeConfig.Syslog> all = new ArrayList<>(ports);
    all.set(
        0,
        new IntakeConfig.Syslog(
            first.address(),
            to,
            first.sensor(),
            first.routes(),
            first.maximum(),
            first.idle(),
            first.connections(),
            first.tls()));
    return all;
  }

  private static ServerConfig serverConfig(Settings.Console console) throws IOException {
    Settings.Console.Tls tls = console.tls();
    try {
      return new ServerConfig(
          InetAddress.getByName(console.address()),
          console.port(),
          tls == null ? null : new ServerConfig.Tls.Pem(tls.certificate(), tls.key(), null),
          Set.copyOf(console.hosts()),
          Accounts.SessionTimes.DEFAULT,
          Version.TEXT);
    } catch (IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String shown(String address) {
    return address.equals("0.0.0.0") || address.equals("::") ? "127.0.0.1" : address;
  }

  private static List<Fault> faults(
      Map<String, String> files, LiveConfiguration live, DataDirectory data) {
    Set<Fault> found = new LinkedHashSet<>(Settings.faults(files, data.root()));
    try {
      live.check(files);
    } catch (ConfigException e) {
      found.addAll(e.faults());
    }
    return List.copyOf(found);
  }

  /// Stops everything, in the reverse order of the start.
  @Override
  public void close() {
    steps.close();
  }
}
