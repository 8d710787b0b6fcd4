package metron.parsers.grok;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import metron.parsers.mapping.Kind;
import org.jspecify.annotations.Nullable;

/// A Grok pattern compiled to one regular expression.
///
/// `%{NAME}` stands for a pattern of the set, `%{NAME:field}` captures it, `%{NAME:field:type}` with a type (`int`, `long`,
/// `float`, `double`, `boolean`, `string`); `(?<field>…)` captures too. The pattern is searched for in the line, as Logstash
/// does; anchor it with `^` and `$` to take whole lines only.
///
/// A regular expression can take longer than the age of the universe; each match therefore has a budget of [#BUDGET]
/// characters looked at, and one that runs over it is given up.
public final class Grok {
  static final int BUDGET = 150_000;

  /// @param group of the expression
  /// @param field name of the capture
  public record Capture(int group, String field, Kind kind) {}

  private static final Pattern REFERENCE =
      Pattern.compile(
          "%\\{(\\w+)(?::([^:}]+))?(?::(\\w+))?\\}|\\(\\?<([A-Za-z_@][\\w.@\\[\\]-]*)>");
  private static final int MAX_LENGTH = 200_000;
  private static final int MAX_DEPTH = 50;

  private final Pattern pattern;
  private final List<Capture> captures;

  private Grok(Pattern pattern, List<Capture> captures) {
    this.pattern = pattern;
    this.captures = List.copyOf(captures);
  }

  /// @throws IllegalArgumentException saying what is wrong with the pattern
  public static Grok compile(String text, Map<String, String> definitions) {
    List<String> fields = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    StringBuilder out = new StringBuilder();
    expand(text, definitions, out, fields, kinds, 0);
    Pattern pattern;
    try {
      pattern = Pattern.compile(out.toString());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern is no regular expression: " + e.getDescription(), e);
    }
    Map<String, Integer> groups = pattern.namedGroups();
    List<Capture> captures = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Integer group = groups.get("g" + i);
      if (group != null) {
        captures.add(new Capture(group, fields.get(i), kinds.get(i)));
      }
    }
    return new Grok(pattern, captures);
  }

  /// The patterns that come with Metron.
  public static Map<String, String> standard() {
    return Standard.PATTERNS;
  }

  public List<Capture> captures() {
    return captures;
  }

  /// @return null if the line has no such part
  /// @throws OverBudget if finding out takes too long
  public @Nullable Matcher match(CharSequence line) {
    Matcher m = pattern.matcher(new Counted(line, new int[1]));
    try {
      return m.find() ? m : null;
    } catch (StackOverflowError _) {
      // Java's engine recurses for each round of a group; a long line ends the stack before the
      // budget.
      throw new OverBudget();
    }
  }

  /// A match took too long.
  public static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverBudget() {
      super("over the step budget", null, false, false);
    }
  }

  private static void expand(
      String text,
      Map<String, String> definitions,
      StringBuilder out,
      List<String> fields,
      List<Kind> kinds,
      int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("patterns stand inside each other without end");
    }
    Matcher m = REFERENCE.matcher(text);
    int done = 0;
    while (m.find()) {
      out.append(text, done, m.start());
      done = m.end();
      if (m.group(4) != null) {
        out.append("(?<g").append(fields.size()).append('>');
        fields.add(m.group(4));
        kinds.add(Kind.TEXT);
        continue;
      }
      String definition = definitions.get(m.group(1));
      if (definition == null) {
        throw new IllegalArgumentException("no pattern has the name " + m.group(1));
      }
      if (m.group(2) == null) {
        out.append("(?:");
      } else {
        out.append("(?<g").append(fields.size()).append('>');
        fields.add(m.group(2));
        kinds.add(kind(m.group(3)));
      }
      expand(definition, definitions, out, fields, kinds, depth + 1);
      out.append(')');
      if (out.length() > MAX_LENGTH) {
        throw new IllegalArgumentException("the pattern is longer than " + MAX_LENGTH);
      }
    }
    out.append(text, done, text.length());
  }

  private static Kind kind(@Nullable String type) {
    return switch (type) {
      case null -> Kind.TEXT;
      case "int", "long", "integer" -> Kind.INTEGER;
      case "float", "double", "number" -> Kind.REAL;
      case "boolean", "bool" -> Kind.BOOLEAN;
      default -> Kind.TEXT;
    };
  }

  /// A text that counts how often it is looked at.
  private record Counted(CharSequence text, int[] looks) implements CharSequence {
    @Override
    public char charAt(int i) {
      if (++looks[0] > BUDGET) {
        throw new OverBudget();
      }
      return text.charAt(i);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.subSequence(from, to);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static final class Standard {
    static final Map<String, String> PATTERNS = read();

    private static Map<String, String> read() {
      try (InputStream in = Grok.class.getResourceAsStream("patterns")) {
        if (in == null) {
          throw new IllegalStateException("resource metron/parsers/grok/patterns is missing");
        }
        Map<String, String> patterns = new HashMap<>();
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
          int blank = line.indexOf(' ');
          if (blank > 0 && line.charAt(0) != '#') {
            patterns.put(line.substring(0, blank), line.substring(blank + 1).strip());
          }
        }
        return Map.copyOf(patterns);
      } catch (IOException e) {
        throw new UncheckedIOException("resource metron/parsers/grok/patterns can't be read", e);
      }
    }
  }
}
