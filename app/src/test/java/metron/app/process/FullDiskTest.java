package metron.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import metron.testing.process.Api;
import metron.testing.process.Product;
import metron.testing.process.StartedMetron;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A disk that other programs fill, and free again. It is a small one in memory, so the test must be able to mount.
class FullDiskTest {
  private static final long MIB = 1L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LINE = "{\"message\":\"%d\",\"host\":{\"name\":\"a\"}}\n";

  @TempDir private Path disk;

  @BeforeEach
  void mount() throws Exception {
    command("mount", "-t", "tmpfs", "-o", "size=900m", "metron-test", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  @Test
  void takesNothingInWhenLittleIsFreeAndGoesOnByItself() throws Exception {
    Path ballast = disk.resolve("ballast");
    Product product = product();
    try (StartedMetron metron = product.start();
        Api api = metron.awaitReady(PATIENCE)) {
      assertThat(send(product, 0, 100).statusCode()).isEqualTo(200);
      until("the first 100 are found", () -> found(api) == 100);

      leaveFree(ballast, 100 * MIB);
      until("Health tells of the disk", () -> health(api).contains("MiB are free"));
      HttpResponse<String> refused = send(product, 100, 200);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("MiB free");
      assertThat(api.open("/").statusCode()).isEqualTo(200);
      assertThat(found(api)).isEqualTo(100);

      Files.delete(ballast);
      until("it takes in again", () -> send(product, 100, 101).statusCode() == 200);
      assertThat(send(product, 101, 200).statusCode()).isEqualTo(200);
      until("all 200 are found", () -> found(api) == 200);
      until("the ledger adds up", () -> addsUp(api, 200));
      until("no part is down", () -> !health(api).contains("\"down\""));
    }
  }

  @Test
  void losesNothingAndRunsOnWhenNotAByteIsFree() throws Exception {
    Path ballast = disk.resolve("ballast");
    Product product = product();
    try (StartedMetron metron = product.start();
        Api api = metron.awaitReady(PATIENCE)) {
      assertThat(send(product, 0, 1000).statusCode()).isEqualTo(200);

      // The log can't be written, no checkpoint, no commit, no offset.
      leaveFree(ballast, 0);
      until("Health tells of the disk", () -> health(api).contains("the disk of"));
      assertThat(metron.isAlive()).isTrue();

      Files.delete(ballast);
      until("it takes in again", () -> send(product, 1000, 1001).statusCode() == 200);
      assertThat(send(product, 1001, 1100).statusCode()).isEqualTo(200);
      until("all 1100 are found", () -> found(api) == 1100);
      until("the ledger adds up", () -> addsUp(api, 1100));
      until("no part is down", () -> !health(api).contains("\"down\""));
      assertThat(metron.said()).doesNotContain("\tat ");
    }
  }

  private Product product() throws IOException {
    return Product.of(
        Path.of(System.getProperty("metron.home")).toAbsolutePath().normalize(),
        disk.resolve("data"),
        Product.Ports.free());
  }

  private static HttpResponse<String> send(Product product, int from, int to) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(String.format(LINE, i));
    }
    String token = Files.readString(product.data().resolve("run/token")).strip();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + product.ports().intake() + "/intake/json"))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String health(Api api) throws Exception {
    return api.open("/health").body();
  }

  private static int found(Api api) throws Exception {
    return api.search("events", "event.module:json", 1, null).path("total").asInt();
  }

  private static boolean addsUp(Api api, int indexed) throws Exception {
    JsonNode ledger = api.get("/api/v1/health").path("ledger");
    assertThat(ledger.path("difference").asInt()).as(ledger.toString()).isZero();
    return ledger.path("received").asInt() == indexed && ledger.path("indexed").asInt() == indexed;
  }

  private static void leaveFree(Path ballast, long bytes) throws IOException {
    ByteBuffer block = ByteBuffer.allocate((int) MIB);
    try (FileChannel file =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        long spare = Files.getFileStore(ballast).getUsableSpace() - bytes;
        if (spare <= 0) {
          return;
        }
        block.clear().limit((int) Math.min(MIB, spare));
        file.write(block);
      }
    }
  }

  private static void until(String what, Callable<Boolean> is) throws Exception {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!is.call()) {
      assertThat(System.nanoTime() - giveUp).as("not within %s: %s", PATIENCE, what).isNegative();
      Thread.sleep(100);
    }
  }

  private static void command(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(
            "'%s': %s (this test mounts a small disk, which needs root)",
            String.join(" ", command), said)
        .isZero();
  }
}
