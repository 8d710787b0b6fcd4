package metron.parsers.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layout of text: literals, captures and optional groups.
///
/// - `{name}` takes text up to what follows, as little as will do; at the end, all the rest.
/// - `{name:class}` takes as many bytes of a class as there are: `word` (no blank), `number` (digits), `host` (no blank,
///   slash, bracket, comma or semicolon), `name` (letters, digits and `_.-`); if what follows does not fit then, one byte
///   less, then another: the point at the end of a sentence is not part of a host. `list` is words with a comma and a blank between
///   them; `stamp` is two words, a date and a time; `quoted` is what stands between two quotes (`\\"` does not end it), or a word.
/// - `{name=text}` takes exactly that text.
/// - `[text {name}]` may be absent.
/// - `\` before `{`, `[`, `]` or `\` takes its meaning away. A blank stands for one or several blanks.
///
/// Compiled to a chain of parts, each of which knows the one behind it, so that a match is a call a part and no search for
/// what follows. Immutable. Time is bounded by [#BUDGET] steps a match.
public final class Dissect {
  private static final int BUDGET = 50_000;

  private enum Take {
    TEXT,
    WORD,
    NUMBER,
    HOST,
    NAME,
    LIST,
    STAMP,
    QUOTED
  }

  private sealed interface Part {}

  private record Literal(byte[] bytes) implements Part {}

  private record Capture(int slot, Take take) implements Part {}

  private record Exact(int slot, byte[] bytes) implements Part {}

  private record Optional(Part[] inner) implements Part {}

  private final Step first;
  private final List<String> names;

  private Dissect(Part[] parts, List<String> names) {
    this.first = chain(parts, 0, new End());
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

  /// Matches the whole range.
  ///
  /// @param slots two for each name, filled with from and to; from is -1 for a part that is absent
  public boolean match(byte[] b, int from, int to, int[] slots) {
    Arrays.fill(slots, 0, names.size() * 2, -1);
    return first.match(new Run(b, to, slots), from);
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
      case "list" -> Take.LIST;
      case "quoted" -> Take.QUOTED;
      case "stamp" -> Take.STAMP;
      default ->
          throw new IllegalArgumentException(
              "column "
                  + (at + 1)
                  + ": class is \""
                  + name
                  + "\", expected word, number, host, name, list, stamp or quoted");
    };
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString().getBytes(StandardCharsets.UTF_8)));
      literal.setLength(0);
    }
  }

  private static Step chain(Part[] parts, int index, Step after) {
    if (index == parts.length) {
      return after;
    }
    Step rest = chain(parts, index + 1, after);
    return switch (parts[index]) {
      case Literal(byte[] bytes) -> new Word(bytes, -1, rest);
      case Exact(int slot, byte[] bytes) -> new Word(bytes, slot, rest);
      case Optional(Part[] inner) -> new Group(chain(inner, 0, rest), rest);
      case Capture(int slot, Take take) when take == Take.TEXT -> new Lazy(slot, rest);
      case Capture(int slot, Take take) when take == Take.LIST -> new Sequence(slot, rest);
      case Capture(int slot, Take take) when take == Take.STAMP -> new Stamp(slot, rest);
      case Capture(int slot, Take take) when take == Take.QUOTED -> new Quoted(slot, rest);
      case Capture(int slot, Take take) -> new Greedy(slot, bytesOf(take), rest);
    };
  }

  /// One match under way. Slots are filled on the way back, when all that follows fits.
  private static final class Run {
    final byte[] b;
    final int to;
    final int[] slots;
    int steps;

    Run(byte[] b, int to, int[] slots) {
      this.b = b;
      this.to = to;
      this.slots = slots;
    }

    /// Bytes that were looked at count too, sixteen as one step.
    void scanned(int from, int end) {
      steps += (end - from) >> 4;
    }

    boolean take(int slot, int from, int end) {
      slots[slot * 2] = from;
      slots[slot * 2 + 1] = end;
      return true;
    }
  }

  /// A part with all that follows it.
  private abstract static class Step {
    /// Whether the text from there to its end is this part and all that follows.
    final boolean match(Run run, int from) {
      return ++run.steps <= BUDGET && here(run, from);
    }

    abstract boolean here(Run run, int from);

    /// Whether it may match at a byte; false is certain.
    boolean mayStart(byte c) {
      return true;
    }
  }

  private static final class End extends Step {
    @Override
    boolean here(Run run, int from) {
      return from == run.to;
    }

    @Override
    boolean mayStart(byte c) {
      return false;
    }
  }

  private static final class Word extends Step {
    final byte[] bytes;
    final int slot;
    final Step next;

    Word(byte[] bytes, int slot, Step next) {
      this.bytes = bytes;
      this.slot = slot;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      int end = end(run, from);
      return end >= 0 && next.match(run, end) && (slot < 0 || run.take(slot, from, end));
    }

    @Override
    boolean mayStart(byte c) {
      return bytes.length == 0 ? next.mayStart(c) : c == bytes[0];
    }

    /// @return where the text goes on after these bytes, or -1
    int end(Run run, int from) {
      byte[] b = run.b;
      int to = run.to;
      int i = from;
      for (byte c : bytes) {
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
  }

  private static final class Group extends Step {
    final Step inner;
    final Step next;

    Group(Step inner, Step next) {
      this.inner = inner;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      boolean may = from == run.to || inner.mayStart(run.b[from]);
      return (may && inner.match(run, from)) || next.match(run, from);
    }

    @Override
    boolean mayStart(byte c) {
      return inner.mayStart(c) || next.mayStart(c);
    }
  }

  private static final class Greedy extends Step {
    final int slot;
    final boolean[] belongs;
    final Step next;

    Greedy(int slot, boolean[] belongs, Step next) {
      this.slot = slot;
      this.belongs = belongs;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      byte[] b = run.b;
      int end = from;
      while (end < run.to && belongs[b[end] & 255]) {
        end++;
      }
      run.scanned(from, end);
      for (int stop = end; stop > from && stop > end - 3; stop--) {
        if ((stop == run.to || next.mayStart(b[stop])) && next.match(run, stop)) {
          return run.take(slot, from, stop);
        }
      }
      return false;
    }

    @Override
    boolean mayStart(byte c) {
      return belongs[c & 255];
    }
  }

  private static final class Sequence extends Step {
    final int slot;
    final Step next;

    Sequence(int slot, Step next) {
      this.slot = slot;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      int end = from;
      while (end < run.to && (run.b[end] != ' ' || (end > from && run.b[end - 1] == ','))) {
        end++;
      }
      run.scanned(from, end);
      return end > from && next.match(run, end) && run.take(slot, from, end);
    }
  }

  private static final class Stamp extends Step {
    final int slot;
    final Step next;

    Stamp(int slot, Step next) {
      this.slot = slot;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      int end = word(run, from);
      end = end > from && end < run.to ? word(run, end + 1) : from;
      return end > from && next.match(run, end) && run.take(slot, from, end);
    }

    private static int word(Run run, int from) {
      int end = from;
      while (end < run.to && run.b[end] != ' ') {
        end++;
      }
      run.scanned(from, end);
      return end;
    }
  }

  private static final class Quoted extends Step {
    final int slot;
    final Step next;

    Quoted(int slot, Step next) {
      this.slot = slot;
      this.next = next;
    }

    @Override
    boolean here(Run run, int from) {
      byte[] b = run.b;
      int end = from;
      if (from < run.to && b[from] == '"') {
        end++;
        while (end < run.to && b[end] != '"') {
          end += b[end] == '\\' ? 2 : 1;
        }
        run.scanned(from, end);
        return end < run.to && next.match(run, end + 1) && run.take(slot, from + 1, end);
      }
      while (end < run.to && b[end] != ' ') {
        end++;
      }
      return end > from && next.match(run, end) && run.take(slot, from, end);
    }
  }

  private static final class Lazy extends Step {
    final int slot;
    final Step next;
    // The literal at which this may end besides the end of the text, if there is but one.
    final @Nullable Word until;

    Lazy(int slot, Step next) {
      this.slot = slot;
      this.next = next;
      this.until =
          next instanceof Word word
              ? word
              : next instanceof Group group
                      && group.next instanceof End
                      && group.inner instanceof Word word
                  ? word
                  : null;
    }

    @Override
    boolean here(Run run, int from) {
      if (next instanceof End) {
        return run.take(slot, from, run.to);
      }
      for (int stop = from; stop <= run.to && run.steps <= BUDGET; stop++) {
        if (until != null) {
          int start = stop;
          while (stop < run.to && (!until.mayStart(run.b[stop]) || until.end(run, stop) < 0)) {
            stop++;
          }
          run.scanned(start, stop);
        }
        if (next.match(run, stop)) {
          return run.take(slot, from, stop);
        }
      }
      return false;
    }
  }

  /// Which bytes a class has.
  private static boolean[] bytesOf(Take take) {
    boolean[] table = new boolean[256];
    for (int c = 0; c < 256; c++) {
      table[c] = belongs(take, (byte) c);
    }
    return table;
  }

  private static boolean belongs(Take take, byte c) {
    return switch (take) {
      case TEXT, LIST, STAMP, QUOTED -> true;
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
