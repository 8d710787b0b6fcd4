package metron.pipeline;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metron.detection.triage.TriageRules;
import metron.event.Ecs;
import metron.event.Event;
import metron.parsers.ParseResult;
import metron.parsers.Parser;
import metron.parsers.Sensors;
import metron.parsers.transform.Transformations;

/// Definitions that need no sensor: `#…` is left out, `bad…` is refused, `boom` is a bug, `swollen` has 100,000 tags, anything else is one event, and
/// `a|b|c` are three.
public final class TestDefinitions {
  private TestDefinitions() {}

  public static final Parser PARSER =
      raw -> {
        String text = raw.text();
        if (text.startsWith("#")) {
          return new ParseResult.Skipped("comment");
        }
        if (text.startsWith("bad")) {
          return new ParseResult.Rejected("found 'bad', expected anything else", 0);
        }
        if (text.equals("boom")) {
          throw new IllegalStateException("the parser has a fault");
        }
        return new ParseResult.Parsed(
            List.of(text.split("\\|")).stream()
                .map(
                    part -> {
                      Event event = new Event();
                      event.set(Ecs.MESSAGE, part);
                      if (part.startsWith("swollen")) {
                        event.set(Ecs.TAGS, Collections.nCopies(100_000, "tag"));
                      }
                      if (part.startsWith("alert")) {
                        event.set(Ecs.METRON_IS_ALERT, true);
                      }
                      return event;
                    })
                .toList());
      };

  public static PipelineDefinition definition(long epoch) {
    return new PipelineDefinition(
        new Epochs(epoch, 0, 0),
        Sensors.shipped(),
        sensor -> sensor.equals("unknown") ? Optional.empty() : Optional.of(PARSER),
        Transformations.NONE,
        Map.of(),
        List.of(),
        List.of(),
        TriageRules.NONE,
        (_, _) -> {},
        List.of());
  }
}
