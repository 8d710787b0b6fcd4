package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that send a byte now and then, to hold connections. In a process of its own, since the JDK's server reads its times
/// once; there a request has a second, in the product [HttpIntake#REQUEST_SECONDS].
@Timeout(90)
class SlowClientTest {
  @Test
  void areCutOffAndKeepNobodyWaiting() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.httpserver.maxReqTime=1",
                "-cp",
                classPath,
                Server.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
      int port = Integer.parseInt(said.readLine());
      try (Socket headers = slow(port, "POST /intake/squid HTTP/1.1\r\nHost: x\r\nX-Slow: ");
          Socket body =
              slow(
                  port,
                  "POST /intake/squid HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nfirst\n");
          HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/intake/squid"))
                    .POST(HttpRequest.BodyPublishers.ofString("quick\n"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"accepted\":1");
        assertCut(headers);
        assertCut(body);
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private static Socket slow(int port, String start) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(1_000);
    socket.getOutputStream().write(start.getBytes(UTF_8));
    return socket;
  }

  // It goes on sending a byte a second until the other side has had enough.
  private static void assertCut(Socket socket) {
    int sent = 0;
    boolean open = true;
    while (open) {
      assertThat(sent).as("bytes sent, one a second").isLessThan(30);
      try {
        open = socket.getInputStream().read() >= 0;
      } catch (java.net.SocketTimeoutException stillOpen) {
        assertThat(stillOpen).isNotNull();
      } catch (IOException reset) {
        open = false;
      }
      try {
        socket.getOutputStream().write('x');
        sent++;
      } catch (IOException closed) {
        open = false;
      }
    }
  }

  /// Prints its port and runs until it is killed.
  static final class Server {
    public static void main(String[] arguments) throws Exception {
      HttpIntake intake =
          new HttpIntake(
              new IntakeConfig.Http("127.0.0.1", 0, false, 1 << 20, 10_000),
              new MemoryLog(),
              new SensorNames() {
                @Override
                public Optional<String> find(String name) {
                  return Optional.of(name);
                }

                @Override
                public List<String> all() {
                  return List.of("squid");
                }
              },
              _ -> true,
              InstantSource.system());
      System.out.println(intake.port());
      Thread.currentThread().join();
    }
  }
}
