package metron.stellar.functions.profile;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Measurements of profiles, as a service of the surroundings of a program. What a period is, is this
/// service's own: programs hand on what [#fixed] and [#window] answer.
///
/// Arguments that have no answer are refused with a [FunctionFailure].
public interface Profiles {
  /// The periods of the time before now.
  ///
  /// @param count how many units
  /// @param unit `SECONDS` to `DAYS`
  /// @param settings what is different from the profiler's own; may be empty
  List<?> fixed(Evaluation evaluation, long count, String unit, Map<?, ?> settings);

  /// The periods that a window selector names, such as `from 1 hour ago`.
  ///
  /// @param now epoch milliseconds, null for the present
  /// @param settings as in [#fixed]
  List<?> window(Evaluation evaluation, String selector, @Nullable Long now, Map<?, ?> settings);

  /// Measurements of an entity, the oldest first; nothing for a period without one.
  ///
  /// @param groups the groups within the profile; may be empty
  List<?> values(
      Evaluation evaluation, String profile, String entity, List<?> periods, List<?> groups);

  /// The same with what is known of each: profile, entity, period, start, end, groups and value.
  List<? extends Map<String, ?>> verbose(
      Evaluation evaluation, String profile, String entity, List<?> periods, List<?> groups);

  /// The service of an evaluation.
  ///
  /// @throws FunctionFailure when there is none
  static Profiles of(Evaluation evaluation) {
    Profiles profiles = evaluation.service(Profiles.class);
    if (profiles == null) {
      throw FunctionFailure.because(
          "there are no profiles here; whoever runs this program gives none");
    }
    evaluation.step();
    return profiles;
  }
}
