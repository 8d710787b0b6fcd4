package metron.detection.sigma;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an event must have for a rule to match: one of some texts, each at a place of a field. An event that has none of them
/// needs no look at the rule.
///
/// @param atoms one of them must be true
/// @param cost how often, of all events, one is expected to be; 0 to 1, a guess
record Witnesses(List<Atom> atoms, double cost) {
  /// Of all possible ones the rarest, as far as can be guessed; null if no text must be there.
  static @Nullable Witnesses of(Node node) {
    return switch (node) {
      case Node.Is(Atom atom) -> {
        double cost = cost(atom);
        yield cost >= 1 ? null : new Witnesses(List.of(atom), cost);
      }
      case Node.IsNot _ -> null;
      case Node.All(List<Node> parts) -> {
        Witnesses best = null;
        for (Node part : parts) {
          Witnesses found = of(part);
          if (found != null && (best == null || found.cost < best.cost)) {
            best = found;
          }
        }
        yield best;
      }
      case Node.Any(List<Node> parts) -> {
        List<Atom> atoms = new ArrayList<>();
        double cost = 0;
        for (Node part : parts) {
          Witnesses found = of(part);
          if (found == null) {
            yield null;
          }
          atoms.addAll(found.atoms);
          cost += found.cost;
        }
        yield new Witnesses(atoms, Math.min(cost, 0.99));
      }
    };
  }

  // Guesses, in the order that matters: a rare text before a common one, an event id last.
  private static double cost(Atom atom) {
    return switch (atom) {
      case Atom.Text(String field, Atom.Place place, String text, boolean _) -> {
        if (text.isEmpty()) {
          yield 1;
        }
        double common = field.equals("EventID") || field.equals("Channel") ? 100 : 1;
        double keyword = field.isEmpty() ? 10 : 1;
        double cost =
            switch (place) {
              case WHOLE -> 0.002;
              case START -> text.length() > 5 ? 0.01 : 0.1;
              case END -> text.length() > 4 ? 0.005 : 0.1;
              case ANYWHERE -> anywhere(text);
            };
        yield Math.min(0.9, cost * common * keyword);
      }
      case Atom.Wild(String _, Glob glob, boolean _) ->
          glob.longest().length() < 2 ? 1 : anywhere(glob.longest());
      case Atom.Matches _,
          Atom.InNetwork _,
          Atom.Compares _,
          Atom.Absent _,
          Atom.Field _,
          Atom.Moment _ ->
          1;
    };
  }

  private static double anywhere(String text) {
    return text.length() >= 10
        ? 0.002
        : text.length() >= 6 ? 0.01 : text.length() >= 4 ? 0.05 : text.length() >= 2 ? 0.3 : 0.8;
  }
}
