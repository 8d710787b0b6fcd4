package metron.detection.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A text in which `*` stands for any characters and `?` for one (Sigma, wildcards). `\*`, `\?` and `\\` are the characters
/// themselves; any other backslash is one.
///
/// @param parts no two runs of any characters, and no two literals, stand side by side
record Glob(List<Part> parts) {
  sealed interface Part {}

  record Literal(String text) implements Part {}

  /// `*`
  enum AnyRun implements Part {
    ANY_RUN
  }

  /// `?`
  enum AnyOne implements Part {
    ANY_ONE
  }

  Glob {
    parts = List.copyOf(parts);
  }

  static Glob parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
        literal.append(next);
        i++;
      } else if (c == '*' || c == '?') {
        add(parts, literal);
        if (c == '?') {
          parts.add(AnyOne.ANY_ONE);
        } else if (parts.isEmpty() || parts.getLast() != AnyRun.ANY_RUN) {
          parts.add(AnyRun.ANY_RUN);
        }
      } else {
        literal.append(c);
      }
    }
    add(parts, literal);
    return new Glob(parts);
  }

  static Glob literal(String text) {
    return new Glob(text.isEmpty() ? List.of() : List.of(new Literal(text)));
  }

  private static void add(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /// With any characters before and behind, as a modifier says.
  Glob open(boolean before, boolean behind) {
    List<Part> opened = new ArrayList<>(parts);
    if (before && (opened.isEmpty() || opened.getFirst() != AnyRun.ANY_RUN)) {
      opened.addFirst(AnyRun.ANY_RUN);
    }
    if (behind && (opened.isEmpty() || opened.getLast() != AnyRun.ANY_RUN)) {
      opened.add(AnyRun.ANY_RUN);
    }
    return new Glob(opened);
  }

  Glob folded() {
    return new Glob(
        parts.stream()
            .map(p -> p instanceof Literal(String text) ? new Literal(Folding.fold(text)) : p)
            .toList());
  }

  boolean isLiteral() {
    return parts.isEmpty() || (parts.size() == 1 && parts.getFirst() instanceof Literal);
  }

  /// The characters between the wildcards, put together.
  String text() {
    return parts.stream()
        .map(p -> p instanceof Literal(String text) ? text : "")
        .collect(Collectors.joining());
  }

  /// The longest text that whatever matches must contain; empty if there is none.
  String longest() {
    String longest = "";
    for (Part part : parts) {
      if (part instanceof Literal(String text) && text.length() > longest.length()) {
        longest = text;
      }
    }
    return longest;
  }

  /// Whether the whole text matches; time grows with the text's length times that of the parts.
  boolean matches(String text) {
    int at = 0;
    int part = 0;
    int retryAt = -1;
    int retryPart = -1;
    while (true) {
      if (part == parts.size()) {
        if (at == text.length()) {
          return true;
        }
      } else {
        switch (parts.get(part)) {
          case AnyRun _ -> {
            retryPart = ++part;
            retryAt = at;
            continue;
          }
          case AnyOne _ -> {
            if (at < text.length()) {
              at++;
              part++;
              continue;
            }
          }
          case Literal(String literal) -> {
            if (text.startsWith(literal, at)) {
              at += literal.length();
              part++;
              continue;
            }
          }
        }
      }
      if (retryPart < 0 || retryAt >= text.length()) {
        return false;
      }
      // The last run takes one character more, or all up to where its next literal can begin.
      retryAt++;
      if (retryPart < parts.size() && parts.get(retryPart) instanceof Literal(String literal)) {
        retryAt = text.indexOf(literal, retryAt);
        if (retryAt < 0) {
          return false;
        }
      }
      at = retryAt;
      part = retryPart;
    }
  }
}
