package metron.server.deadletter;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import metron.event.DeadLetter;
import metron.event.RawMessage;
import metron.server.account.Audit;
import metron.server.http.Cursors;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.server.sensor.PreviewView;
import metron.server.sensor.SensorPreview;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLettersController {
  /// @param origin where the record lies: `topic/partition/offset`
  /// @param text the record as UTF-8; what is not UTF-8 shows as U+FFFD
  /// @param base64 the record, byte for byte
  record DeadLetterView(
      String id,
      String sensor,
      DeadLetter.Stage stage,
      String reason,
      Instant at,
      String origin,
      String text,
      String base64) {
    static DeadLetterView of(DeadLetters.Entry e) {
      DeadLetter letter = e.letter();
      RawMessage raw = letter.raw();
      return new DeadLetterView(
          e.id(),
          raw.sensor(),
          letter.stage(),
          letter.reason(),
          letter.at(),
          raw.origin(),
          raw.text(),
          Base64.getEncoder().encodeToString(raw.bytes()));
    }
  }

  /// @param next cursor of the next page; absent: this is the last
  record DeadLetterPage(List<DeadLetterView> items, @Nullable String next, long total) {}

  /// @param text the record, mended; absent: byte for byte as it was
  /// @param sensor another sensor to take it; absent: the same
  record RetryBody(@Nullable String text, @Nullable String sensor) {}

  /// @param origin where the record lies now: `topic/partition/offset`
  record ReplayAnswer(String origin) {}

  private final DeadLetters letters;
  private final SensorPreview preview;
  private final Cursors cursors;
  private final Audit audit;

  DeadLettersController(DeadLetters letters, SensorPreview preview, Cursors cursors, Audit audit) {
    this.letters = letters;
    this.preview = preview;
    this.cursors = cursors;
    this.audit = audit;
  }

  /// Newest first.
  @GetMapping
  DeadLetterPage listDeadLetters(
      @RequestParam @Nullable String sensor,
      @RequestParam DeadLetter.@Nullable Stage stage,
      @RequestParam @Nullable String cursor,
      @RequestParam(defaultValue = "50") int size)
      throws IOException {
    if (size < 1 || size > 500) {
      throw Problem.badRequest("size is " + size + ", expected 1 to 500").exception();
    }
    String question = "dead-letters\0" + sensor + "\0" + stage;
    String after = cursor == null ? null : cursors.read(question, cursor).getFirst();
    DeadLetters.Page page = letters.list(sensor, stage, after, size);
    return new DeadLetterPage(
        page.entries().stream().map(DeadLetterView::of).toList(),
        page.next() == null ? null : cursors.write(question, List.of(page.next())),
        page.total());
  }

  @PostMapping("/{id}/try")
  PreviewView tryDeadLetter(@PathVariable String id, @RequestBody RetryBody body)
      throws IOException {
    DeadLetters.Entry entry = find(id);
    byte[] bytes = bytes(entry, body);
    var outcome = preview.preview(sensor(entry, body), bytes, entry.letter().raw().metadata());
    return PreviewView.of(new String(bytes, StandardCharsets.UTF_8), outcome);
  }

  @PostMapping("/{id}/replay")
  ReplayAnswer replayDeadLetter(
      @PathVariable String id, @RequestBody RetryBody body, HttpServletRequest request)
      throws IOException {
    DeadLetters.Entry entry = find(id);
    String sensor = sensor(entry, body);
    String origin = letters.replay(entry, sensor, bytes(entry, body));
    audit.record(
        request,
        "dead-letter.replay",
        id,
        "to %s as %s%s".formatted(origin, sensor, body.text() == null ? "" : ", text changed"));
    return new ReplayAnswer(origin);
  }

  private DeadLetters.Entry find(String id) throws IOException {
    return letters
        .find(id)
        .orElseThrow(
            () ->
                Problem.notFound(
                        "there is no dead letter "
                            + Excerpt.of(id)
                            + ": it was replayed, or is older than what is kept")
                    .exception());
  }

  private String sensor(DeadLetters.Entry entry, RetryBody body) {
    String name = body.sensor() == null ? entry.letter().raw().sensor() : body.sensor();
    return preview
        .sensor(name)
        .map(SensorPreview.Sensor::name)
        .orElseThrow(
            () ->
                Problem.invalid(
                        "there is no sensor "
                            + Excerpt.of(name)
                            + ": GET /api/v1/sensors lists them; name one as 'sensor'")
                    .exception());
  }

  private static byte[] bytes(DeadLetters.Entry entry, RetryBody body) {
    return body.text() == null
        ? entry.letter().raw().bytes()
        : body.text().getBytes(StandardCharsets.UTF_8);
  }
}
