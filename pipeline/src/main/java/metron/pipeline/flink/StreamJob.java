package metron.pipeline.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import metron.event.DeadLetter;
import metron.event.RawMessage;
import metron.pipeline.kafka.LogContinuity;
import metron.pipeline.kafka.Topics;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one job: topics `raw.*` through [metron.pipeline.EventPipeline] into the stores, dead letters to their topic.
///
/// ```
/// FairSource ──► PipelineFunction ─► StoreSink            one chain, one thread a subtask: no hop, no serialization
///                       └ dead letters ─► KafkaSink
/// ```
///
/// Exactly once: a checkpoint holds the positions in the log, the ledger and the end of the dead letters, and is complete
/// only when the stores have committed. After a crash the job goes back to the newest checkpoint; the stores pass over
/// events, and [PipelineFunction] over dead letters, that were written after it.
public final class StreamJob implements AutoCloseable {
  /// @param brokers `host:port`, comma-separated
  /// @param parts name that [PipelineParts] are registered under
  /// @param directory where checkpoints and scratch files go
  /// @param parallelism subtasks; each reads its share of the partitions
  /// @param checkpointInterval how often a checkpoint is made: what is done again after a crash at most
  public record Config(
      String brokers, String parts, Path directory, int parallelism, Duration checkpointInterval) {
    public Config {
      if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
        throw new IllegalArgumentException(
            "parallelism is " + parallelism + ", expected 1 to " + MAX_PARALLELISM);
      }
    }

    public static Config of(String brokers, String parts, Path directory) {
      return new Config(brokers, parts, directory, 2, Duration.ofSeconds(10));
    }
  }

  /// @param reason why the last attempt failed; null while all is well
  public record State(boolean running, @Nullable String reason) {}

  static final String NAME = "metron";
  static final String GROUP = "metron-pipeline";
  private static final int MAX_PARALLELISM = 128;
  private static final Duration RESTART_DELAY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RETAINED = 2;
  private static final Logger LOG = LoggerFactory.getLogger(StreamJob.class);

  private final MiniCluster cluster;
  private final JobID job;
  private final String parts;

  private StreamJob(MiniCluster cluster, JobID job, String parts) {
    this.cluster = cluster;
    this.job = job;
    this.parts = parts;
  }

  // OffsetResetStrategy is deprecated by Kafka and still what the connector takes.
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer committedOrEarliest() {
    return OffsetsInitializer.committedOffsets(
        org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
  }

  /// Adds the job to an environment: for a cluster, where operators find their parts in their own process.
  public static void build(StreamExecutionEnvironment env, Config config) {
    Properties consumer = consumer(config);
    KafkaSource<RawMessage> source =
        KafkaSource.<RawMessage>builder()
            .setProperties(consumer)
            .setTopicPattern(Topics.RAW)
            .setStartingOffsets(committedOrEarliest())
            .setDeserializer(new RawDeserializer())
            .build();
    KafkaSink<DeadLetter> deadLetters =
        KafkaSink.<DeadLetter>builder()
            .setBootstrapServers(config.brokers())
            .setRecordSerializer(new DeadLetterSerialization())
            // With PipelineFunction's look at what was written after the checkpoint, this is exact.
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setProperty("acks", "all")
            .setProperty("enable.idempotence", "true")
            .setProperty("max.in.flight.requests.per.connection", "1")
            .setProperty("linger.ms", "20")
            .setProperty("compression.type", "lz4")
            .setProperty("buffer.memory", String.valueOf(8 << 20))
            .setProperty("max.request.size", String.valueOf(2 * Topics.MAX_RECORD_BYTES))
            .build();
    var events =
        env.fromSource(
                new FairSource(source, consumer, config.parts()),
                WatermarkStrategy.noWatermarks(),
                "raw",
                RawMessageSerializer.TYPE)
            .uid("raw")
            .process(new PipelineFunction(config.parts(), config.brokers()))
            .returns(PositionedSerializer.TYPE)
            .name("pipeline")
            .uid("pipeline");
    events.sinkTo(new StoreSink(config.parts())).name("stores").uid("stores");
    events
        .getSideOutput(PipelineFunction.DEAD_LETTERS)
        .sinkTo(deadLetters)
        .name("dead-letters")
        .uid("dead-letters");
  }

  private static Properties consumer(Config config) {
    Properties p = new Properties();
    p.setProperty("bootstrap.servers", config.brokers());
    p.setProperty("group.id", GROUP);
    p.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), GROUP);
    p.setProperty("key.deserializer", ByteArrayDeserializer.class.getName());
    p.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
    // Flink's checkpoints say where to read; Kafka is told for others to see.
    p.setProperty("enable.auto.commit", "false");
    p.setProperty("auto.offset.reset", "earliest");
    p.setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), "1000");
    // Small portions, in turn from every partition.
    p.setProperty("max.partition.fetch.bytes", String.valueOf(512 << 10));
    p.setProperty("fetch.max.bytes", String.valueOf(8 << 20));
    p.setProperty("max.poll.records", "1000");
    p.setProperty("fetch.max.wait.ms", "100");
    return p;
  }

  /// Starts the job in this process, from the newest readable checkpoint in its directory if there is one.
  public static StreamJob start(Config config) throws IOException, InterruptedException {
    Path checkpoints = config.directory().resolve("checkpoints").toAbsolutePath();
    Files.createDirectories(checkpoints);
    Files.createDirectories(config.directory().resolve("tmp"));
    Set<String> anew =
        LogContinuity.check(config.brokers(), PipelineParts.named(config.parts()).events());
    // Checkpoints of a log that is no more would skip the beginning of the new one.
    List<Path> complete =
        anew.isEmpty()
            ? Checkpoints.complete(checkpoints).stream().limit(RETAINED).toList()
            : List.of();
    // What crashed processes left beside them.
    Checkpoints.deleteAllBut(checkpoints, complete);
    for (Path checkpoint : complete) {
      try {
        return start(config, checkpoints, checkpoint);
      } catch (UnreadableCheckpointException e) {
        LOG.warn("checkpoint {} is passed over: {}", checkpoint, e.getMessage());
      }
    }
    try {
      return start(config, checkpoints, null);
    } catch (UnreadableCheckpointException e) {
      throw new IOException("the stream job can't start: " + e.getMessage(), e);
    }
  }

  private static StreamJob start(Config config, Path checkpoints, @Nullable Path from)
      throws IOException, InterruptedException, UnreadableCheckpointException {
    Configuration flink = configuration(config, checkpoints);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(config.parallelism());
    env.setMaxParallelism(MAX_PARALLELISM);
    build(env, config);
    var plan = env.getStreamGraph();
    plan.setJobName(NAME);
    JobGraph graph = plan.getJobGraph();
    if (from != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(
              from.toUri().toString(), false, RecoveryClaimMode.NO_CLAIM));
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.parallelism())
                .withRandomPorts()
                .build());
    JobStatus status;
    try {
      cluster.start();
      cluster.submitJob(graph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      status = awaitInitialized(cluster, graph.getJobID());
    } catch (InterruptedException e) {
      closeAbruptly(cluster);
      throw e;
    } catch (Exception e) {
      // MiniCluster.start declares Exception.
      closeAbruptly(cluster);
      throw new IOException("the stream job can't start: " + rootMessage(e), e);
    }
    StreamJob job = new StreamJob(cluster, graph.getJobID(), config.parts());
    if (status.isGloballyTerminalState()) {
      String reason = job.state().reason();
      closeAbruptly(cluster);
      throw new UnreadableCheckpointException(String.valueOf(reason));
    }
    LOG.info(
        "stream job started with parallelism {}, {}",
        config.parallelism(),
        from == null ? "from the committed offsets" : "from checkpoint " + from.getFileName());
    return job;
  }

  // A checkpoint is read while the job initializes; one that can't be read fails the job for good.
  private static JobStatus awaitInitialized(MiniCluster cluster, JobID job)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JobStatus status = cluster.getJobStatus(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (status != JobStatus.INITIALIZING && status != JobStatus.CREATED) {
        return status;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("no answer of the engine within " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(20);
    }
  }

  private static final class UnreadableCheckpointException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableCheckpointException(String message) {
      super(message);
    }
  }

  /// How the job is. Cheap enough for every health check.
  public State state() {
    try {
      var graph = cluster.getExecutionGraph(job).get(5, TimeUnit.SECONDS);
      JobStatus status = graph.getState();
      ErrorInfo failure = graph.getFailureInfo();
      boolean allRunning =
          status == JobStatus.RUNNING
              && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                  .allMatch(v -> v.getExecutionState() == ExecutionState.RUNNING);
      // Each new attempt looks well until it fails as the one before; only a commit ends the
      // matter.
      String store = PipelineParts.named(parts).storeFault().get();
      if (allRunning) {
        return store == null
            ? new State(true, null)
            : new State(false, "the stream job is trying again: " + store);
      }
      String why = failure == null ? "starting" : rootMessage(failure.getException());
      return new State(
          false, "the stream job is " + status.name().toLowerCase(Locale.ROOT) + ": " + why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new State(false, "interrupted while asking the stream job");
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return new State(false, "the stream job does not answer: " + rootMessage(e));
    }
  }

  /// Makes a checkpoint now and returns when it is complete: the stores are durable up to some point after the call.
  public void checkpoint() throws IOException, InterruptedException {
    try {
      String _ = cluster.triggerCheckpoint(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no checkpoint could be made: " + rootMessage(e), e);
    }
  }

  /// Stops with a last checkpoint, so that the next start has nothing to do again.
  @Override
  public void close() {
    try {
      checkpoint();
    } catch (IOException e) {
      LOG.warn("{}; the next start goes on from the one before", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeAbruptly(cluster);
  }

  /// Stops without a checkpoint, as a crash would.
  void kill() {
    closeAbruptly(cluster);
  }

  private static void closeAbruptly(MiniCluster cluster) {
    try {
      cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the stream engine did not stop cleanly: {}", rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Configuration configuration(Config config, Path checkpoints) {
    Configuration c = new Configuration();
    c.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    c.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    c.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
    c.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        config.checkpointInterval().dividedBy(2));
    c.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    c.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
    c.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    c.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED);
    c.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    c.set(StateBackendOptions.STATE_BACKEND, "hashmap");

    c.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    c.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    c.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);

    c.set(PipelineOptions.OBJECT_REUSE, true);
    c.set(PipelineOptions.OPERATOR_CHAINING, true);
    // Fails at once where a type would go through Kryo.
    c.set(PipelineOptions.GENERIC_TYPES, false);
    c.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);

    // One chain and heap state: nothing is shuffled and nothing lives in managed memory.
    c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(2));
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(2));
    c.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));

    c.set(CoreOptions.TMP_DIRS, config.directory().resolve("tmp").toAbsolutePath().toString());
    c.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    c.set(RestOptions.ADDRESS, "127.0.0.1");
    c.set(WebOptions.SUBMIT_ENABLE, false);
    c.set(WebOptions.CANCEL_ENABLE, false);
    return c;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    if (root instanceof SerializedThrowable s) {
      root = s.deserializeError(StreamJob.class.getClassLoader());
    }
    for (Throwable cause = root.getCause();
        cause != null && !cause.equals(root);
        cause = root.getCause()) {
      root = cause;
    }
    String message = root.getMessage();
    if (root instanceof CompletionException || message == null) {
      return root.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse("");
  }
}
