package metron.app.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import metron.app.start.DataDirectory;
import metron.app.start.RunFile;
import metron.app.start.Settings;
import metron.config.ConfigException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API of the Metron that runs in a data directory, spoken to with that directory's own token.
final class LocalApi implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunFile running;
  private final String token;
  private final HttpClient client;

  private LocalApi(RunFile running, String token, HttpClient client) {
    this.running = running;
    this.token = token;
    this.client = client;
  }

  /// @throws CommandFailed if no Metron runs there
  static LocalApi of(DataDirectory data) throws CommandFailed, IOException {
    RunFile running = running(data);
    return new LocalApi(running, RunFile.token(data), client(running, data));
  }

  private static HttpClient client(RunFile running, DataDirectory data) throws IOException {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    if (running.console().startsWith("https:")) {
      Settings.Console.Tls tls;
      try {
        tls = data.settings().console().tls();
      } catch (ConfigException e) {
        throw new IOException(
            "the console's certificate is not known, since the configuration is faulty:\n"
                + e.getMessage(),
            e);
      }
      if (tls != null) {
        client.sslContext(ConsoleTrust.of(tls.certificate()));
      }
    }
    return client.build();
  }

  /// @throws CommandFailed if no Metron runs there
  static RunFile running(DataDirectory data) throws CommandFailed, IOException {
    return RunFile.read(data)
        .filter(r -> r.process().isPresent())
        .orElseThrow(
            () ->
                CommandFailed.failed(
                    "no Metron runs in "
                        + data.root()
                        + ": start it with 'metron start', or name its directory with --data"));
  }

  /// Sends a request and reads the JSON answer.
  ///
  /// @throws CommandFailed if the server refuses it, with its reason
  JsonNode send(String method, String path, String type, HttpRequest.BodyPublisher body)
      throws CommandFailed, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.console() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw CommandFailed.failed(
          "the Metron at "
              + running.console()
              + " does not answer: see its log, or start it again");
    }
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(answer.body().isBlank() ? "{}" : answer.body());
    } catch (JacksonException e) {
      throw CommandFailed.failed(
          running.console() + path + " answered " + answer.statusCode() + " without JSON");
    }
    if (answer.statusCode() >= 400) {
      throw CommandFailed.failed(
          json.path("detail")
              .asString(json.path("title").asString("status " + answer.statusCode())));
    }
    return json;
  }

  JsonNode get(String path) throws CommandFailed, IOException, InterruptedException {
    return send("GET", path, "application/json", HttpRequest.BodyPublishers.noBody());
  }

  JsonNode json(String method, String path, JsonNode body)
      throws CommandFailed, IOException, InterruptedException {
    return send(
        method, path, "application/json", HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  @Override
  public void close() {
    client.close();
  }
}
