package metron.server.indicator;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import metron.server.account.Audit;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/intel/indicators", produces = MediaType.APPLICATION_JSON_VALUE)
final class IndicatorsController {
  private static final Pattern SOURCE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._:-]{0,99}");

  record IndicatorView(
      String id,
      String type,
      String value,
      String source,
      @Nullable String confidence,
      @Nullable String description) {
    static IndicatorView of(Indicators.Indicator i) {
      return new IndicatorView(
          i.id(), i.type(), i.value(), i.source(), i.confidence(), i.description());
    }
  }

  /// @param line of the list, from 1
  record RejectedLine(long line, String reason) {}

  record LoadAnswer(long loaded, List<RejectedLine> rejected) {}

  private final Indicators indicators;
  private final Audit audit;

  IndicatorsController(Indicators indicators, Audit audit, MeterRegistry metrics) {
    this.indicators = indicators;
    this.audit = audit;
    metrics.gauge("metron.indicators", indicators, Indicators::count);
  }

  /// The body is the list, CSV.
  @PostMapping(consumes = "text/csv")
  LoadAnswer loadIndicators(@RequestParam String source, HttpServletRequest request)
      throws IOException {
    if (!SOURCE.matcher(source).matches()) {
      throw Problem.badRequest(
              "source is '"
                  + Excerpt.of(source)
                  + "', expected a name of 1 to 100 letters, digits, blanks and . _ : -")
          .exception();
    }
    try (InputStream csv = request.getInputStream()) {
      Indicators.Loaded loaded = indicators.load(source, csv);
      audit.record(
          request,
          "intel.load",
          source,
          loaded.loaded() + " loaded, " + loaded.rejected().size() + " lines rejected");
      return new LoadAnswer(
          loaded.loaded(),
          loaded.rejected().stream().map(r -> new RejectedLine(r.line(), r.reason())).toList());
    }
  }

  @GetMapping
  List<IndicatorView> listIndicators(
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "100") int size) {
    if (size < 1 || size > 1000) {
      throw Problem.badRequest("size is " + size + ", expected 1 to 1000").exception();
    }
    return indicators.list(prefix, size).stream().map(IndicatorView::of).toList();
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteIndicator(@PathVariable String id, HttpServletRequest request) throws IOException {
    if (!indicators.remove(id)) {
      throw Problem.notFound("there is no indicator " + Excerpt.of(id)).exception();
    }
    audit.record(request, "intel.remove", id, "");
  }
}
