package metron.testing.process;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import metron.event.Event;
import metron.event.json.EventJson;
import metron.event.json.JsonException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The REST API of a running Metron, spoken to with the token of its data directory.
public final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String address;
  private final String token;

  private Api(String address, String token) {
    this.address = address;
    this.token = token;
  }

  /// @param data directory of a Metron that is ready
  public static Api of(Path data) throws IOException {
    JsonNode run = JsonMapper.shared().readTree(Files.readString(data.resolve("run/metron.json")));
    return new Api(
        run.path("console").asString(), Files.readString(data.resolve("run/token")).strip());
  }

  /// Of the console, such as `http://127.0.0.1:8080`.
  public String address() {
    return address;
  }

  /// What GET of a path answers without a token.
  public HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return json(client.send(request(path).build(), BodyHandlers.ofString()));
  }

  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return json(client.send(request, BodyHandlers.ofString()));
  }

  /// One page of POST `/api/v1/{index}/search`, newest first.
  public JsonNode search(String index, String query, int size, @Nullable String cursor)
      throws IOException, InterruptedException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("query", query);
    body.put("size", size);
    if (cursor != null) {
      body.put("cursor", cursor);
    }
    return post("/api/v1/" + index + "/search", body);
  }

  /// Events of a span of time, with one field each, in any order.
  ///
  /// @param from,to null: open
  public void export(
      String query,
      String field,
      @Nullable Instant from,
      @Nullable Instant to,
      Consumer<Event> receiver)
      throws IOException, InterruptedException {
    String path =
        "/api/v1/events/export?format=ndjson&fields="
            + field
            + "&query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + (from == null ? "" : "&from=" + from)
            + (to == null ? "" : "&to=" + to);
    HttpResponse<Stream<String>> answer =
        client.send(request(path).build(), BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException(path + " answered " + answer.statusCode() + ": " + lines.toList());
      }
      for (Iterator<String> i = lines.iterator(); i.hasNext(); ) {
        receiver.accept(EventJson.read(i.next()));
      }
    } catch (JsonException e) {
      throw new IOException(path + " answered a line that is no event: " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 400) {
      throw new IOException(
          answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    // Not HttpClient#close, which waits for answers of a server that may have been killed.
    client.shutdownNow();
  }
}
