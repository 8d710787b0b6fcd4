package metron.parsers.transform;

import java.util.List;
import java.util.Objects;
import metron.config.Position;
import metron.config.Section;
import metron.event.Event;
import metron.event.Field;
import metron.event.Values;
import metron.expression.EventVariables;
import metron.expression.Expressions;
import org.jspecify.annotations.Nullable;

/// A test that stands in a document: an event as the parser would give it, and what must become of it.
///
/// @param given fields before
/// @param gives fields that must have these values after
/// @param lacks fields that must not be there after
/// @param filtered whether the filter must leave it out
/// @param fails part of the reason for which it must fail; null: it must not
record TransformationTest(
    Position at,
    Event given,
    Event gives,
    List<Field> lacks,
    boolean filtered,
    @Nullable String fails) {
  static TransformationTest read(Section test, Expressions expressions) {
    TransformationTest read =
        new TransformationTest(
            test.at(),
            expressions.event(test, "event"),
            expressions.event(test, "gives"),
            test.strings("lacks").stream().map(EventVariables::field).toList(),
            test.bool("filtered", false),
            test.optionalString("fails").orElse(null));
    test.finish();
    return read;
  }

  /// @param event the given one, after the transformations
  /// @return what is not as it must be, or null
  @Nullable String complaint(Event event, Transformations.Result result) {
    return switch (result) {
      case Transformations.Result.Failed(String reason) ->
          fails != null && reason.contains(fails)
              ? null
              : fails == null
                  ? "it fails: " + reason
                  : "expected a failure that says \"" + fails + "\", found: " + reason;
      case Transformations.Result.Filtered _ ->
          filtered ? null : "the filter leaves the event out, expected that it is kept";
      case Transformations.Result.Kept _ -> {
        if (fails != null) {
          yield "expected a failure that says \"" + fails + "\", but it succeeds";
        }
        yield filtered
            ? "the event is kept, expected that the filter leaves it out"
            : fields(event);
      }
    };
  }

  private @Nullable String fields(Event event) {
    for (int i = 0; i < gives.size(); i++) {
      Field field = gives.fieldAt(i);
      Object expected = gives.valueAt(i);
      Object found = event.get(field);
      if (!Objects.equals(expected, found)) {
        return "expected " + field.name() + " = " + shown(expected) + ", found " + shown(found);
      }
    }
    for (Field field : lacks) {
      if (event.has(field)) {
        return "expected no " + field.name() + ", found " + shown(event.get(field));
      }
    }
    return null;
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "nothing" : Values.text(value);
  }
}
