package metron.detection.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a rule's condition means, without names of selections. Negation stands only before atoms.
public sealed interface Node {
  record All(List<Node> parts) implements Node {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<Node> parts) implements Node {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Is(Atom atom) implements Node {}

  record IsNot(Atom atom) implements Node {}

  /// True for every event.
  static Node always() {
    return new All(List.of());
  }

  /// True for none.
  static Node never() {
    return new Any(List.of());
  }

  static Node all(List<Node> parts) {
    List<Node> flat = new ArrayList<>();
    for (Node part : parts) {
      if (part.equals(never())) {
        return never();
      }
      if (part instanceof All(List<Node> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(part);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new All(flat);
  }

  static Node any(List<Node> parts) {
    List<Node> flat = new ArrayList<>();
    for (Node part : parts) {
      if (part.equals(always())) {
        return always();
      }
      if (part instanceof Any(List<Node> inner)) {
        flat.addAll(inner);
      } else {
        flat.add(part);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new Any(flat);
  }

  /// The opposite.
  default Node not() {
    return switch (this) {
      case All(List<Node> parts) -> any(parts.stream().map(Node::not).toList());
      case Any(List<Node> parts) -> all(parts.stream().map(Node::not).toList());
      case Is(Atom atom) -> new IsNot(atom);
      case IsNot(Atom atom) -> new Is(atom);
    };
  }

  default void forEachAtom(Consumer<Atom> action) {
    switch (this) {
      case All(List<Node> parts) -> parts.forEach(p -> p.forEachAtom(action));
      case Any(List<Node> parts) -> parts.forEach(p -> p.forEachAtom(action));
      case Is(Atom atom) -> action.accept(atom);
      case IsNot(Atom atom) -> action.accept(atom);
    }
  }
}
