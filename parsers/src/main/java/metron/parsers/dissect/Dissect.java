package metron.parsers.dissect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A layout of text: literals, captures and optional groups.
///
/// - `{name}` takes text up to what follows, as little as will do; at the end, all the rest.
/// - `{name:class}` takes as many bytes of a class as there are: `word` (no blank), `number` (digits), `host` (no blank,
///   slash, bracket, comma or semicolon), `name` (letters, digits and `_.-`); if what follows does not fit then, one byte
///   less, then another: the point at the end of a sentence is not part of a host.
/// - `{name=text}` takes exactly that text.
/// - `[text {name}]` may be absent.
/// - `\` before `{`, `[`, `]` or `\` takes its meaning away. A blank stands for one or several blanks.
///
/// Immutable. Time is bounded by [#BUDGET] steps a match.
public final class Dissect {
  private static final int BUDGET = 50_000;

  private enum Take {
    TEXT,
    WORD,
    NUMBER,
    HOST,
    NAME
  }

  private sealed interface Part {}

  private record Literal(byte[] bytes) implements Part {}

  private record Capture(int slot, Take take) implements Part {}

  private record Exact(int slot, byte[] bytes) implements Part {}

  private record Optional(Part[] inner) implements Part {}

  private final Part[] parts;
  private final List<String> names;

  private Dissect(Part[] parts, List<String> names) {
    this.parts = parts;
    this.names = List.copyOf(names);
  }

  /// @throws IllegalArgumentException naming the column, if the pattern is none
  public static Dissect compile(String pattern) {
    List<String> names = new ArrayList<>();
    int[] at = {0};
    Part[] parts = parts(pattern, at, names, false);
    return new Dissect(parts, names);
  }

  /// Names of the captures, in the order of their slots.
  public List<String> names() {
    return names;
  }

  /// The bytes the text must start with; empty if it starts with a capture.
  public byte[] prefix() {
    return parts.length > 0 && parts[0] instanceof Literal(byte[] bytes) ? bytes : new byte[0];
  }

  /// Matches the whole range.
  ///
  /// @param slots two for each name, filled with from and to; from is -1 for a part that is absent
  public boolean match(byte[] b, int from, int to, int[] slots) {
    Arrays.fill(slots, 0, names.size() * 2, -1);
    return new Run(b, to, slots).rest(parts, 0, from, null) >= 0;
  }

  private static Part[] parts(String p, int[] at, List<String> names, boolean inner) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at[0] < p.length()) {
      char c = p.charAt(at[0]);
      if (c == '\\' && at[0] + 1 < p.length()) {
        literal.append(p.charAt(at[0] + 1));
        at[0] += 2;
      } else if (c == '{') {
        flush(literal, parts);
        int end = p.indexOf('}', at[0]);
        if (end < 0) {
          throw new IllegalArgumentException("column " + (at[0] + 1) + ": '{' without '}'");
        }
        String name = p.substring(at[0] + 1, end);
        int equals = name.indexOf('=');
        if (equals > 0) {
          byte[] word = name.substring(equals + 1).getBytes(StandardCharsets.UTF_8);
          parts.add(new Exact(slot(names, name.substring(0, equals)), word));
          at[0] = end + 1;
          continue;
        }
        Take take = Take.TEXT;
        int colon = name.indexOf(':');
        if (colon >= 0) {
          take = take(name.substring(colon + 1), at[0]);
          name = name.substring(0, colon);
        }
        parts.add(new Capture(slot(names, name), take));
        at[0] = end + 1;
      } else if (c == '[') {
        flush(literal, parts);
        at[0]++;
        parts.add(new Optional(parts(p, at, names, true)));
      } else if (c == ']' && inner) {
        at[0]++;
        flush(literal, parts);
        return parts.toArray(new Part[0]);
      } else {
        literal.append(c);
        at[0]++;
      }
    }
    if (inner) {
      throw new IllegalArgumentException("column " + p.length() + ": '[' without ']'");
    }
    flush(literal, parts);
    return parts.toArray(new Part[0]);
  }

  private static int slot(List<String> names, String name) {
    int slot = names.indexOf(name);
    if (slot < 0) {
      slot = names.size();
      names.add(name);
    }
    return slot;
  }

  private static Take take(String name, int at) {
    return switch (name) {
      case "word" -> Take.WORD;
      case "number" -> Take.NUMBER;
      case "host" -> Take.HOST;
      case "name" -> Take.NAME;
      default ->
          throw new IllegalArgumentException(
              "column "
                  + (at + 1)
                  + ": class is \""
                  + name
                  + "\", expected word, number, host or name");
    };
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString().getBytes(StandardCharsets.UTF_8)));
      literal.setLength(0);
    }
  }

  /// The parts that follow an optional group, so that what is inside can be tried together with them.
  private record Then(Part[] parts, int index, @Nullable Then then) {}

  private static final class Run {
    private final byte[] b;
    private final int to;
    private final int[] slots;
    private int steps;

    Run(byte[] b, int to, int[] slots) {
      this.b = b;
      this.to = to;
      this.slots = slots;
    }

    /// @return the end, or -1 if the rest of the text is not the rest of the parts
    int rest(Part[] parts, int index, int from, @Nullable Then then) {
      if (++steps > BUDGET) {
        return -1;
      }
      if (index == parts.length) {
        return then != null
            ? rest(then.parts(), then.index(), from, then.then())
            : from == to ? from : -1;
      }
      return switch (parts[index]) {
        case Literal(byte[] bytes) -> {
          int end = literal(bytes, from);
          yield end < 0 ? -1 : rest(parts, index + 1, end, then);
        }
        case Exact(int slot, byte[] bytes) -> {
          int end = literal(bytes, from);
          int done = end < 0 ? -1 : rest(parts, index + 1, end, then);
          if (done >= 0) {
            slots[slot * 2] = from;
            slots[slot * 2 + 1] = end;
          }
          yield done;
        }
        case Optional(Part[] inner) -> {
          int end = rest(inner, 0, from, new Then(parts, index + 1, then));
          if (end < 0) {
            clear(inner);
            end = rest(parts, index + 1, from, then);
          }
          yield end;
        }
        case Capture(int slot, Take take) ->
            take == Take.TEXT
                ? lazy(slot, parts, index, from, then)
                : greedy(slot, take, parts, index, from, then);
      };
    }

    private int literal(byte[] word, int from) {
      int i = from;
      for (byte c : word) {
        if (i >= to || b[i] != c) {
          return -1;
        }
        i++;
        if (c == ' ') {
          while (i < to && b[i] == ' ') {
            i++;
          }
        }
      }
      return i;
    }

    private int greedy(
        int slot, Take take, Part[] parts, int index, int from, @Nullable Then then) {
      int end = from;
      while (end < to && belongs(take, b[end])) {
        end++;
      }
      for (int stop = end; stop > from && stop > end - 3; stop--) {
        int done = rest(parts, index + 1, stop, then);
        if (done >= 0) {
          slots[slot * 2] = from;
          slots[slot * 2 + 1] = stop;
          return done;
        }
      }
      return -1;
    }

    private int lazy(int slot, Part[] parts, int index, int from, @Nullable Then then) {
      if (index + 1 == parts.length && then == null) {
        slots[slot * 2] = from;
        slots[slot * 2 + 1] = to;
        return to;
      }
      byte[] next = literalAfter(parts, index, then);
      for (int stop = from; stop <= to; stop++) {
        if (next != null) {
          while (stop < to && (b[stop] != next[0] || !literalAt(next, stop))) {
            stop++;
          }
        }
        int done = rest(parts, index + 1, stop, then);
        if (done >= 0) {
          slots[slot * 2] = from;
          slots[slot * 2 + 1] = stop;
          return done;
        }
        if (steps > BUDGET) {
          return -1;
        }
      }
      return -1;
    }

    /// The literal at which a lazy capture may end besides the end of the text: the next part, or the first one of an
    /// optional group behind which the pattern ends.
    private static byte @Nullable [] literalAfter(Part[] parts, int index, @Nullable Then then) {
      if (index + 1 >= parts.length) {
        return null;
      }
      Part next = parts[index + 1];
      if (next instanceof Literal(byte[] bytes)) {
        return bytes;
      }
      boolean last = index + 2 == parts.length;
      for (Then t = then; last && t != null; t = t.then()) {
        last = t.index() == t.parts().length;
      }
      return last
              && next instanceof Optional(Part[] inner)
              && inner.length > 0
              && inner[0] instanceof Literal(byte[] bytes)
          ? bytes
          : null;
    }

    private boolean literalAt(byte[] word, int from) {
      return literal(word, from) >= 0;
    }

    private void clear(Part[] inner) {
      for (Part p : inner) {
        if (p instanceof Capture(int slot, Take _)) {
          slots[slot * 2] = -1;
        } else if (p instanceof Optional(Part[] more)) {
          clear(more);
        }
      }
    }

    private static boolean belongs(Take take, byte c) {
      return switch (take) {
        case TEXT -> true;
        case WORD -> c != ' ';
        case NUMBER -> Bytes.isDigit(c);
        case HOST ->
            c != ' ' && c != '/' && c != '[' && c != ']' && c != '(' && c != ')' && c != ','
                && c != ';' && c != '\'' && c != '"';
        case NAME ->
            Bytes.isDigit(c)
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == '.'
                || c == '-';
      };
    }
  }
}
