package metron.pipeline.intake;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// As much of Elasticsearch's HTTP interface as Filebeat, Fluent Bit, Vector and Logstash use to send events: the version
/// handshake, `_bulk`, and an answer to each question that they ask before they send.
///
/// `POST /_bulk` and `POST /{index}/_bulk` take pairs of an action line (`index` or `create`) and a document. Which sensor
/// a document belongs to is decided by, in this order: its member `metron.sensor`, the parameter or action member
/// `pipeline`, its `data_stream.dataset`, the name of the index (the first of its parts between `-`, `.` and `_` that is a sensor);
/// without any, `json`. For a sensor other than `json` a document that carries the line which the shipper read
/// (`event.original`, `message`, `log`) is taken for that line; any other is taken whole.
final class ElasticApi {
  // Shippers refuse servers they believe too old; they send the same things to every 8.x.
  static final String VERSION = "8.17.0";
  private static final String DEFAULT_SENSOR = "json";
  private static final JsonFactory JSON = new JsonFactory();
  private static final String HEALTH =
      """
      {"cluster_name":"metron","status":"green","timed_out":false,"number_of_nodes":1,\
      "number_of_data_nodes":1,"active_primary_shards":1,"active_shards":1,"relocating_shards":0,\
      "initializing_shards":0,"unassigned_shards":0,"unassigned_primary_shards":0,\
      "delayed_unassigned_shards":0,"number_of_pending_tasks":0,"number_of_in_flight_fetch":0,\
      "task_max_waiting_in_queue_millis":0,"active_shards_percent_as_number":100.0}\
      """;

  /// One document: `/{index}/_doc`, `/{index}/_doc/{id}`, `/{index}/_create/{id}`.
  private static final Pattern DOCUMENT =
      Pattern.compile("/[^/_][^/]*/(_doc(/[^/]+)?|_create/[^/]+)");

  private final HttpIntake intake;
  private final SensorNames sensors;
  private final String cluster = UUID.randomUUID().toString();

  ElasticApi(HttpIntake intake, SensorNames sensors) {
    this.intake = intake;
    this.sensors = sensors;
  }

  void handle(HttpExchange exchange) throws IOException {
    // Not decoded: the name of an index may have a slash in it. Some shippers end with a slash.
    String asked = exchange.getRequestURI().getRawPath();
    String path = asked.length() > 1 && asked.endsWith("/") ? asked.replaceAll("/+$", "") : asked;
    // Elastic's own clients refuse a server without this header.
    exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    String method = exchange.getRequestMethod();
    boolean writes = method.equals("POST") || method.equals("PUT");
    if (writes && path.equals("/_bulk")) {
      bulk(exchange, null);
    } else if (writes && path.endsWith("/_bulk") && path.indexOf('/', 1) > 0) {
      bulk(exchange, decoded(path.substring(1, path.indexOf('/', 1))));
    } else if (writes && DOCUMENT.matcher(path).matches()) {
      document(exchange, path);
    } else {
      probe(exchange, method, path);
    }
  }

  /// What a shipper asks before it sends. It is told that templates, policies and indices are there, so that it makes none.
  private void probe(HttpExchange exchange, String method, String path) throws IOException {
    boolean asks = method.equals("GET") || method.equals("HEAD");
    if (asks && path.equals("/")) {
      HttpIntake.answer(exchange, 200, handshake());
    } else if (asks && path.startsWith("/_license")) {
      HttpIntake.answer(
          exchange,
          200,
          "{\"license\":{\"status\":\"active\",\"uid\":\""
              + cluster
              + "\",\"type\":\"basic\",\"mode\":\"basic\"}}");
    } else if (asks && path.startsWith("/_xpack")) {
      HttpIntake.answer(
          exchange,
          200,
          "{\"build\":{},\"license\":{\"status\":\"active\",\"uid\":\""
              + cluster
              + "\",\"type\":\"basic\",\"mode\":\"basic\"},\"features\":{\"ilm\":{\"available\":true,"
              + "\"enabled\":true}}}");
    } else if (asks && path.startsWith("/_nodes")) {
      HttpIntake.answer(exchange, 200, "{\"cluster_name\":\"metron\",\"nodes\":{}}");
    } else if (asks && path.startsWith("/_cluster/health")) {
      HttpIntake.answer(exchange, 200, HEALTH);
    } else if (asks && path.startsWith("/_cat/health")) {
      // rsyslog looks whether this is answered.
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
      HttpIntake.answer(exchange, 200, "metron green 1 1 0 0 0 0 0 0 - 100.0%\n");
    } else if (asks && path.startsWith("/_cluster/settings")) {
      HttpIntake.answer(exchange, 200, "{\"persistent\":{},\"transient\":{}}");
    } else if (asks && setUp(path)) {
      HttpIntake.answer(exchange, 200, "{}");
    } else if (!asks && setUp(path)) {
      drain(exchange);
      HttpIntake.answer(exchange, 200, "{\"acknowledged\":true}");
    } else if (path.indexOf('/', 1) < 0 && !path.startsWith("/_")) {
      index(exchange, method, decoded(path.substring(1)));
    } else {
      HttpIntake.problem(
          exchange,
          404,
          method
              + " "
              + path
              + " is not served here. Send records to POST /intake/{sensor} or POST /_bulk;"
              + " search in the console");
    }
  }

  /// Every index is there, so that a shipper makes none; one that wants to make it all the same is told that it did.
  private void index(HttpExchange exchange, String method, String name) throws IOException {
    switch (method) {
      case "HEAD", "GET" -> HttpIntake.answer(exchange, 200, "{}");
      case "PUT" -> {
        drain(exchange);
        HttpIntake.answer(
            exchange,
            200,
            JsonText.object(
                json -> {
                  json.writeBooleanProperty("acknowledged", true);
                  json.writeBooleanProperty("shards_acknowledged", true);
                  json.writeStringProperty("index", name);
                }));
      }
      default ->
          HttpIntake.problem(
              exchange, 405, "method is " + method + ", expected HEAD, GET or PUT for an index");
    }
  }

  private static boolean setUp(String path) {
    for (String start :
        new String[] {
          "/_template",
          "/_index_template",
          "/_component_template",
          "/_ilm/",
          "/_data_stream",
          "/_ingest/pipeline",
          "/_alias"
        }) {
      if (path.startsWith(start)) {
        return true;
      }
    }
    return path.endsWith("/_mapping") || path.endsWith("/_settings") || path.contains("/_alias");
  }

  private void drain(HttpExchange exchange) throws IOException {
    try (InputStream body = intake.body(exchange)) {
      body.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private String handshake() {
    return JsonText.object(
        json -> {
          json.writeStringProperty("name", "metron");
          json.writeStringProperty("cluster_name", "metron");
          json.writeStringProperty("cluster_uuid", cluster);
          json.writeObjectPropertyStart("version");
          json.writeStringProperty("number", VERSION);
          json.writeStringProperty("build_flavor", "default");
          json.writeStringProperty("build_type", "tar");
          json.writeStringProperty("build_hash", "metron");
          json.writeStringProperty("build_date", "2024-12-11T00:00:00.000Z");
          json.writeBooleanProperty("build_snapshot", false);
          json.writeStringProperty("lucene_version", "9.12.0");
          json.writeStringProperty("minimum_wire_compatibility_version", "7.17.0");
          json.writeStringProperty("minimum_index_compatibility_version", "7.0.0");
          json.writeEndObject();
          json.writeStringProperty("tagline", "You Know, for Search");
        });
  }

  /// @param reason why the document was refused; null: it was accepted
  private record Result(
      String action, String index, String id, int status, @Nullable String reason) {}

  private record Action(
      String name, @Nullable String index, @Nullable String id, @Nullable String pipeline) {}

  private void bulk(HttpExchange exchange, @Nullable String pathIndex) throws IOException {
    long start = System.nanoTime();
    String query = exchange.getRequestURI().getRawQuery();
    String pipeline = parameter(query, "pipeline");
    String sender = HttpIntake.sender(exchange);
    Instant received = intake.now();
    List<Result> results = new ArrayList<>();
    LogBatch batch = intake.batch();
    try (InputStream body = intake.body(exchange)) {
      RecordReader reader = new RecordReader(body, intake.largestRecord());
      for (RecordReader.Item line = reader.next(); line != null; line = reader.next()) {
        Action action = action(line);
        if (action == null) {
          intake.confirm(batch);
          HttpIntake.answer(exchange, 400, malformed(line));
          return;
        }
        String index = action.index != null ? action.index : pathIndex != null ? pathIndex : "";
        String id = action.id != null ? action.id : UUID.randomUUID().toString();
        if (action.name.equals("delete")) {
          intake.refused();
          results.add(new Result("delete", index, id, 400, "records of the log are not deleted"));
          continue;
        }
        RecordReader.Item document = reader.next();
        if (document == null) {
          intake.confirm(batch);
          HttpIntake.answer(exchange, 400, malformed(line));
          return;
        }
        String reason = null;
        if (action.name.equals("update")) {
          reason = "records of the log are not changed: use index or create";
        } else {
          reason =
              take(
                  batch,
                  document,
                  index,
                  action.pipeline != null ? action.pipeline : pipeline,
                  received,
                  sender);
        }
        if (reason != null) {
          intake.refused();
        }
        results.add(new Result(action.name, index, id, reason == null ? 201 : 400, reason));
      }
      intake.confirm(batch);
    } catch (HttpIntake.LogUnavailable e) {
      // The whole request is sent again by every shipper; better twice than not at all.
      later(exchange, e);
      return;
    } catch (EOFException | ZipException e) {
      HttpIntake.problem(exchange, 400, "the body broke off: " + e.getMessage());
      return;
    }
    long took = (System.nanoTime() - start) / 1_000_000;
    boolean errors = results.stream().anyMatch(r -> r.reason != null);
    boolean brief = !errors && looksAtErrorsAlone(exchange);
    HttpIntake.answer(exchange, 200, answer(took, errors, brief ? List.of() : results));
  }

  /// Fluent Bit looks whether there are errors, and at nothing else of an answer without. But one over 512,000 bytes, which
  /// some 2,500 items make, it throws away by default, and sends the whole request again (seen with 5.1.1).
  private static boolean looksAtErrorsAlone(HttpExchange exchange) {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    return agent != null && agent.startsWith("Fluent-Bit");
  }

  private static void later(HttpExchange exchange, HttpIntake.LogUnavailable e) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", "5");
    HttpIntake.problem(exchange, 429, String.valueOf(e.getMessage()));
  }

  /// `POST /{index}/_doc`: one document, the whole body.
  private void document(HttpExchange exchange, String path) throws IOException {
    String[] parts = path.split("/");
    String index = decoded(parts[1]);
    String id = parts.length > 3 ? decoded(parts[3]) : UUID.randomUUID().toString();
    String pipeline = parameter(exchange.getRequestURI().getRawQuery(), "pipeline");
    LogBatch batch = intake.batch();
    Result result;
    try (InputStream body = intake.body(exchange)) {
      byte[] bytes = body.readNBytes(intake.largestRecord() + 1);
      String problem =
          bytes.length > intake.largestRecord()
              ? "the document has more than " + intake.largestRecord() + " bytes"
              : null;
      String sender = HttpIntake.sender(exchange);
      String reason =
          take(
              batch,
              new RecordReader.Item(1, bytes, problem),
              index,
              pipeline,
              intake.now(),
              sender);
      result = new Result("index", index, id, reason == null ? 201 : 400, reason);
      intake.confirm(batch);
    } catch (HttpIntake.LogUnavailable e) {
      later(exchange, e);
      return;
    }
    String reason = result.reason;
    if (reason == null) {
      HttpIntake.answer(exchange, 201, JsonText.object(json -> accepted(json, result)));
    } else {
      intake.refused();
      HttpIntake.problem(exchange, 400, reason);
    }
  }

  private @Nullable String take(
      LogBatch batch,
      RecordReader.Item item,
      String index,
      @Nullable String pipeline,
      Instant received,
      String sender)
      throws HttpIntake.LogUnavailable {
    if (item.problem() != null) {
      return item.problem();
    }
    BulkDocument document = BulkDocument.read(item.bytes());
    if (document.problem() != null) {
      return document.problem();
    }
    String named = document.text("sensor");
    if (named != null && sensors.find(named).isEmpty()) {
      return "metron.sensor: " + intake.unknown(named);
    }
    String sensor =
        first(named)
            .or(() -> first(pipeline))
            .or(() -> part(document.text("dataset")))
            .or(() -> part(index))
            .orElse(DEFAULT_SENSOR);
    byte[] line = sensor.equals(DEFAULT_SENSOR) ? null : document.line();
    intake.append(
        batch, sensor, received, line == null ? item.bytes() : line, document.metadata(sender));
    return null;
  }

  private Optional<String> first(@Nullable String name) {
    return name == null ? Optional.empty() : sensors.find(name);
  }

  /// `logs-suricata.eve-default` is for `suricata`.
  private Optional<String> part(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    Optional<String> whole = sensors.find(name);
    if (whole.isPresent()) {
      return whole;
    }
    for (String part : name.split("[-._]")) {
      Optional<String> found = part.isEmpty() ? Optional.empty() : sensors.find(part);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static @Nullable Action action(RecordReader.Item line) {
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), line.bytes())) {
      if (line.problem() != null
          || p.nextToken() != JsonToken.START_OBJECT
          || p.nextToken() != JsonToken.PROPERTY_NAME) {
        return null;
      }
      String name = p.currentName().toLowerCase(Locale.ROOT);
      if (!List.of("index", "create", "delete", "update").contains(name)
          || p.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String index = null;
      String id = null;
      String pipeline = null;
      while (p.nextToken() == JsonToken.PROPERTY_NAME) {
        String member = p.currentName();
        JsonToken value = p.nextToken();
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
          p.skipChildren();
          continue;
        }
        switch (member) {
          case "_index" -> index = p.getString();
          case "_id" -> id = p.getString();
          case "pipeline" -> pipeline = p.getString();
          default -> {}
        }
      }
      return new Action(name, index, id, pipeline);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable String parameter(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String malformed(RecordReader.Item line) {
    String reason =
        "Malformed action/metadata line ["
            + line.number()
            + "], expected {\"index\": {…}} or {\"create\": {…}} and a document on the next line";
    return JsonText.object(
        json -> {
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("type", "illegal_argument_exception");
          json.writeStringProperty("reason", reason);
          json.writeEndObject();
          json.writeNumberProperty("status", 400);
        });
  }

  private static String answer(long took, boolean errors, List<Result> results) {
    return JsonText.object(
        json -> {
          json.writeNumberProperty("took", took);
          json.writeBooleanProperty("errors", errors);
          json.writeArrayPropertyStart("items");
          for (Result r : results) {
            json.writeStartObject();
            json.writeObjectPropertyStart(r.action);
            if (r.reason == null) {
              accepted(json, r);
            } else {
              json.writeStringProperty("_index", r.index);
              json.writeStringProperty("_id", r.id);
              json.writeNumberProperty("status", r.status);
              json.writeObjectPropertyStart("error");
              json.writeStringProperty("type", "document_parsing_exception");
              json.writeStringProperty("reason", r.reason);
              json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void accepted(JsonGenerator json, Result r) {
    json.writeStringProperty("_index", r.index);
    json.writeStringProperty("_id", r.id);
    json.writeNumberProperty("status", r.status);
    json.writeNumberProperty("_version", 1);
    json.writeStringProperty("result", "created");
    json.writeNumberProperty("_seq_no", 0);
    json.writeNumberProperty("_primary_term", 1);
    json.writeObjectPropertyStart("_shards");
    json.writeNumberProperty("total", 1);
    json.writeNumberProperty("successful", 1);
    json.writeNumberProperty("failed", 0);
    json.writeEndObject();
  }
}
