package metron.pipeline.intake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import metron.config.Spelling;
import metron.event.RawMessage;
import metron.pipeline.kafka.RawLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records over HTTP: `POST /intake/{sensor}`, and the part of Elasticsearch's interface that log shippers use ([ElasticApi]).
///
/// `POST /intake/{sensor}` takes lines (`text/plain`), JSON lines (`application/x-ndjson`) or a JSON array, plain or gzip, and
/// answers `{"sensor", "accepted", "rejected": [{"line", "reason"}], "rejectedCount"}` when all accepted records are durable
/// in the log. Refusals: 401 no or wrong token, 404 no such sensor, 405 another method, 413 too large, 503 the log does not take
/// records now. Records are appended while the body arrives, so the answer to a body that turns out too large or breaks off
/// also says how many were accepted.
final class HttpIntake implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(HttpIntake.class);
  private static final int BACKLOG = 256;
  private static final int MOST_REASONS = 1000;
  private static final int STOP_SECONDS = 2;

  /// How long a request may take to arrive: the largest body at half a megabyte a second.
  static final int REQUEST_SECONDS = 120;

  static {
    // The JDK's server reads these once. A client that sends a byte a second must not hold a
    // connection for ever.
    defaultProperty("sun.net.httpserver.maxReqTime", String.valueOf(REQUEST_SECONDS));
    defaultProperty("sun.net.httpserver.maxRspTime", "300");
    defaultProperty("jdk.httpserver.maxConnections", "1024");
    // Without it, headers and body leave in two packets and a delayed ACK costs 40 ms a request.
    defaultProperty("sun.net.httpserver.nodelay", "true");
  }

  private final IntakeConfig.Http config;
  private final RawLog log;
  private final SensorNames sensors;
  private final SenderTokens tokens;
  private final InstantSource clock;
  private final SourceCounters counters = new SourceCounters();
  private final ElasticApi elastic;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HttpIntake(
      IntakeConfig.Http config,
      RawLog log,
      SensorNames sensors,
      SenderTokens tokens,
      InstantSource clock)
      throws IOException {
    this.config = config;
    this.log = log;
    this.sensors = sensors;
    this.tokens = tokens;
    this.clock = clock;
    this.elastic = new ElasticApi(this, sensors);
    this.server =
        Ports.bind(
            config.address(), config.port(), "http intake", at -> HttpServer.create(at, BACKLOG));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static void defaultProperty(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public SourceStatus status() {
    return counters.status("http:" + port(), "http://" + config.address() + ":" + port(), 0);
  }

  @Override
  public void close() {
    server.stop(STOP_SECONDS);
    threads.close();
  }

  /// What came of a body.
  ///
  /// @param problem why the body was not read to its end; null: it was
  record Taken(
      long accepted,
      long rejectedCount,
      List<Refusal> refusals,
      int status,
      @Nullable String problem) {}

  record Refusal(long line, String reason) {}

  private void handle(HttpExchange exchange) throws IOException {
    counters.connections.incrementAndGet();
    try (exchange) {
      try {
        route(exchange);
      } catch (BoundedBody.TooLarge e) {
        problem(exchange, 413, String.valueOf(e.getMessage()));
      } catch (UnknownEncoding e) {
        problem(exchange, 415, String.valueOf(e.getMessage()));
      } catch (EOFException | ZipException e) {
        problem(exchange, 400, "the body is not whole gzip data: " + e.getMessage());
      } catch (IOException e) {
        LOG.info("http intake: {}: {}", sender(exchange), e.getMessage());
      }
    } finally {
      counters.connections.decrementAndGet();
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/health")) {
      answer(exchange, 200, "{\"status\":\"ok\"}");
      return;
    }
    if (!authorised(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"metron\"");
      problem(
          exchange,
          401,
          "a token is needed: send 'Authorization: Bearer TOKEN' with a token made in the console");
      return;
    }
    if (path.startsWith("/intake/")) {
      intake(exchange, path.substring("/intake/".length()));
    } else {
      elastic.handle(exchange);
    }
  }

  private boolean authorised(HttpExchange exchange) {
    if (!config.token()) {
      return true;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return false;
    }
    int space = header.indexOf(' ');
    if (space < 0) {
      return false;
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> tokens.maySend(value);
      // Shippers speak Elasticsearch's two schemes; the token stands where the secret does.
      case "basic", "apikey" -> tokens.maySend(secret(value));
      default -> false;
    };
  }

  private static String secret(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  private void intake(HttpExchange exchange, String name) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      problem(exchange, 405, "method is " + exchange.getRequestMethod() + ", expected POST");
      return;
    }
    String sensor = sensors.find(name).orElse(null);
    if (sensor == null) {
      problem(exchange, 404, unknown(name));
      return;
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean json = type != null && type.contains("json");
    Taken taken;
    try (InputStream body = body(exchange)) {
      taken = take(body, sensor, json, sender(exchange));
    }
    answer(exchange, taken.status, result(sensor, taken));
  }

  private Taken take(InputStream body, String sensor, boolean json, String sender) {
    Instant received = clock.instant();
    LogBatch batch = batch();
    Map<String, String> metadata = Map.of(RawMessage.SOURCE_ADDRESS, sender);
    List<Refusal> refusals = new ArrayList<>();
    long accepted = 0;
    long refused = 0;
    int status = 200;
    String problem = null;
    try {
      RecordReader reader = new RecordReader(body, config.record());
      for (RecordReader.Item item = reader.next(); item != null; item = reader.next()) {
        String reason = item.problem();
        if (reason == null && (json || reader.isArray())) {
          reason = BulkDocument.read(item.bytes()).problem();
        }
        if (reason == null) {
          append(batch, sensor, received, item.bytes(), metadata);
          accepted++;
        } else {
          counters.rejected.increment();
          refused++;
          if (refusals.size() < MOST_REASONS) {
            refusals.add(new Refusal(item.number(), reason));
          }
        }
      }
    } catch (BoundedBody.TooLarge e) {
      status = 413;
      problem = e.getMessage();
    } catch (EOFException | ZipException e) {
      status = 400;
      problem = "the body broke off: " + e.getMessage();
    } catch (LogUnavailable e) {
      status = 503;
      problem = e.getMessage();
    } catch (IOException e) {
      status = 400;
      problem = "the body cannot be read: " + e.getMessage();
    }
    try {
      confirm(batch);
    } catch (LogUnavailable e) {
      return new Taken(0, refused, refusals, 503, e.getMessage());
    }
    return new Taken(accepted, refused, refusals, status, problem);
  }

  /// The log took no record; the sender is asked to come again.
  static final class LogUnavailable extends IOException {
    private static final long serialVersionUID = 1;

    LogUnavailable(IOException cause) {
      super("the log does not take records now, send again later: " + cause.getMessage(), cause);
    }
  }

  /// A batch for one request.
  LogBatch batch() {
    return new LogBatch(log);
  }

  /// @throws LogUnavailable if the log takes nothing now
  void append(
      LogBatch batch, String sensor, Instant received, byte[] record, Map<String, String> metadata)
      throws LogUnavailable {
    try {
      batch.append(sensor, received, record, metadata);
      counters.taken(record.length);
      counters.problem(null);
    } catch (IOException e) {
      counters.problem(e.getMessage());
      throw new LogUnavailable(e);
    }
  }

  /// Returns when all that was appended is durable.
  ///
  /// @throws LogUnavailable if some of it is not
  void confirm(LogBatch batch) throws LogUnavailable {
    try {
      batch.confirm();
    } catch (IOException e) {
      counters.problem(e.getMessage());
      throw new LogUnavailable(e);
    }
  }

  void refused() {
    counters.rejected.increment();
  }

  Instant now() {
    return clock.instant();
  }

  int largestRecord() {
    return config.record();
  }

  /// The body, expanded and bounded.
  ///
  /// @throws BoundedBody.TooLarge if its announced length is above the maximum, before anything is read
  InputStream body(HttpExchange exchange) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && tooLong(length)) {
      throw new BoundedBody.TooLarge(config.body());
    }
    InputStream in = new BoundedBody(exchange.getRequestBody(), config.body());
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> new BoundedBody(new GZIPInputStream(in, 16 << 10), config.body());
      case "deflate" -> new BoundedBody(new InflaterInputStream(in), config.body());
      case "identity", "" -> in;
      default ->
          throw new UnknownEncoding(
              "Content-Encoding is " + encoding + ", expected gzip, deflate or none");
    };
  }

  private static final class UnknownEncoding extends IOException {
    private static final long serialVersionUID = 1;

    UnknownEncoding(String message) {
      super(message);
    }
  }

  private boolean tooLong(String length) {
    try {
      return Long.parseLong(length.strip()) > config.body();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  String unknown(String name) {
    String known = String.join(", ", sensors.all());
    return Spelling.nearest(name, sensors.all())
        .map(near -> "no sensor is called '" + name + "'. Did you mean '" + near + "'?")
        .orElse("no sensor is called '" + name + "', there are: " + known);
  }

  static String sender(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  private static String result(String sensor, Taken taken) {
    return JsonText.object(
        json -> {
          json.writeStringProperty("sensor", sensor);
          json.writeNumberProperty("accepted", taken.accepted);
          json.writeArrayPropertyStart("rejected");
          for (Refusal refusal : taken.refusals) {
            json.writeStartObject();
            json.writeNumberProperty("line", refusal.line);
            json.writeStringProperty("reason", refusal.reason);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberProperty("rejectedCount", taken.rejectedCount);
          if (taken.problem != null) {
            json.writeNumberProperty("status", taken.status);
            json.writeStringProperty("detail", taken.problem);
          }
        });
  }

  static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    if (exchange.getRequestURI().getPath().startsWith("/intake/")) {
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      answer(
          exchange,
          status,
          JsonText.object(
              json -> {
                json.writeStringProperty("title", title(status));
                json.writeNumberProperty("status", status);
                json.writeStringProperty("detail", detail);
              }));
      return;
    }
    // Elastic's clients read errors of type application/json with these two members only.
    answer(
        exchange,
        status,
        JsonText.object(
            json -> {
              json.writeObjectPropertyStart("error");
              json.writeStringProperty("type", errorType(status));
              json.writeStringProperty("reason", detail);
              json.writeEndObject();
              json.writeNumberProperty("status", status);
            }));
  }

  private static String errorType(int status) {
    return switch (status) {
      case 401 -> "security_exception";
      case 404 -> "resource_not_found_exception";
      case 413 -> "content_too_long_exception";
      case 429, 503 -> "es_rejected_execution_exception";
      default -> "illegal_argument_exception";
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 415 -> "Unknown encoding";
      case 429 -> "Too much at once";
      case 401 -> "Not signed in";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 413 -> "Too large";
      case 503 -> "Not available";
      default -> "Not accepted";
    };
  }

  static void answer(HttpExchange exchange, int status, String json) throws IOException {
    if (exchange.getResponseHeaders().getFirst("Content-Type") == null) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes);
    // Now: closing waits for the rest of the request, which may never come.
    out.flush();
  }
}
