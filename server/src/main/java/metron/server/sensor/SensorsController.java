package metron.server.sensor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/sensors", produces = MediaType.APPLICATION_JSON_VALUE)
final class SensorsController {
  private static final int MOST_LINES = 500;

  record SensorView(
      String name,
      List<String> aliases,
      String vendor,
      String product,
      String description,
      List<String> formats) {}

  record PreviewBody(List<String> lines) {}

  private final SensorPreview preview;

  SensorsController(SensorPreview preview) {
    this.preview = preview;
  }

  @GetMapping
  List<SensorView> listSensors() {
    return preview.sensors().stream()
        .map(
            s ->
                new SensorView(
                    s.name(), s.aliases(), s.vendor(), s.product(), s.description(), s.formats()))
        .toList();
  }

  @PostMapping("/{name}/preview")
  List<PreviewView> previewSensor(@PathVariable String name, @RequestBody PreviewBody body) {
    if (body.lines().size() > MOST_LINES) {
      throw Problem.badRequest(
              "lines has " + body.lines().size() + " entries, the limit is " + MOST_LINES)
          .exception();
    }
    if (preview.sensor(name).isEmpty()) {
      throw Problem.notFound(
              "there is no sensor " + Excerpt.of(name) + ": GET /api/v1/sensors lists them")
          .exception();
    }
    List<PreviewView> out = new ArrayList<>();
    for (String line : body.lines()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      out.add(PreviewView.of(line, preview.preview(name, bytes, Map.of())));
    }
    return out;
  }
}
