package metron.app.start;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A whole start with the demo, some seconds of work and requests, and a stop: the JVM takes down which classes and methods
/// that takes, and the next start has them at hand.
public final class Rehearsal {
  private static final int ROUNDS = 12;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Rehearsal() {}

  public static void run(DataDirectory data) throws IOException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (RunningMetron running =
            RunningMetron.start(data, new StartOptions(true, 0, 0, 0, 0), nowhere);
        HttpClient client = HttpClient.newHttpClient()) {
      String token = "Bearer " + RunFile.token(data);
      String console = running.run().console();
      for (int i = 0; i < ROUNDS; i++) {
        for (String path :
            List.of("/", "/health", "/api/v1/health", "/api/v1/session", "/api/v1/sensors")) {
          var _ =
              client.send(
                  HttpRequest.newBuilder(URI.create(console + path))
                      .header("Authorization", token)
                      .build(),
                  BodyHandlers.discarding());
        }
        for (String index : List.of("events", "alerts")) {
          var _ =
              client.send(
                  HttpRequest.newBuilder(URI.create(console + "/api/v1/" + index + "/search"))
                      .header("Authorization", token)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"query\":\"source.ip:10.0.0.0/8\"}"))
                      .build(),
                  BodyHandlers.discarding());
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
