package metron.detection.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a condition (Sigma, condition grammar): names of selections, `1 of`, `any of`, `all of` with `them` or a pattern, `not`
/// before `and` before `or`, brackets.
final class ConditionParser {
  private static final Pattern TOKEN = Pattern.compile("\\s*([()|]|[^\\s()|]+)");
  private static final int DEPTH = 100;

  /// A condition that can't be read; the message has what was found and expected.
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message);
    }
  }

  private final Map<String, Node> selections;
  private final List<String> tokens = new ArrayList<>();
  private int next;
  private int depth;

  private ConditionParser(String text, Map<String, Node> selections) {
    this.selections = selections;
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      tokens.add(token.group(1));
    }
  }

  static Node parse(String text, Map<String, Node> selections) throws Fault {
    ConditionParser parser = new ConditionParser(text, selections);
    if (parser.tokens.isEmpty()) {
      throw new Fault("the condition is empty, expected names of selections");
    }
    Node node = parser.or();
    if (parser.next < parser.tokens.size()) {
      String token = parser.tokens.get(parser.next);
      throw new Fault(
          token.equals("|")
              ? "the condition has an aggregation after '|', which Sigma 2 replaced by correlation"
                  + " rules"
              : "the condition goes on with '" + token + "', expected 'and', 'or' or its end");
    }
    return node;
  }

  private Node or() throws Fault {
    if (++depth > DEPTH) {
      throw new Fault("the condition has more than " + DEPTH + " brackets within each other");
    }
    List<Node> parts = new ArrayList<>(List.of(and()));
    while (take("or")) {
      parts.add(and());
    }
    depth--;
    return Node.any(parts);
  }

  private Node and() throws Fault {
    List<Node> parts = new ArrayList<>(List.of(not()));
    while (take("and")) {
      parts.add(not());
    }
    return Node.all(parts);
  }

  private Node not() throws Fault {
    boolean negated = false;
    while (take("not")) {
      negated = !negated;
    }
    Node node = primary();
    return negated ? node.not() : node;
  }

  private Node primary() throws Fault {
    String token = token("a name of a selection");
    if (token.equals("(")) {
      Node node = or();
      String end = token("')'");
      if (!end.equals(")")) {
        throw new Fault("the condition has '" + end + "', expected ')'");
      }
      return node;
    }
    String word = token.toLowerCase(java.util.Locale.ROOT);
    boolean of = next < tokens.size() && tokens.get(next).equalsIgnoreCase("of");
    if (of) {
      next++;
      List<Node> chosen = chosen(token("'them' or a pattern of names"));
      return switch (word) {
        case "1", "any" -> Node.any(chosen);
        case "all" -> Node.all(chosen);
        default ->
            throw new Fault("the condition has '" + token + " of', expected '1 of' or 'all of'");
      };
    }
    Node selection = selections.get(token);
    if (selection == null) {
      throw new Fault(
          "the condition names '"
              + token
              + "', which is no selection; there are "
              + String.join(", ", selections.keySet()));
    }
    return selection;
  }

  private List<Node> chosen(String pattern) throws Fault {
    List<Node> chosen = new ArrayList<>();
    boolean them = pattern.equalsIgnoreCase("them");
    Glob names = Glob.parse(pattern);
    selections.forEach(
        (name, node) -> {
          if (them ? !name.startsWith("_") : names.matches(name)) {
            chosen.add(node);
          }
        });
    if (chosen.isEmpty()) {
      throw new Fault(
          "the condition has 'of "
              + pattern
              + "', which is the name of no selection; there are "
              + String.join(", ", selections.keySet()));
    }
    return chosen;
  }

  private boolean take(String word) {
    if (next < tokens.size() && tokens.get(next).equalsIgnoreCase(word)) {
      next++;
      return true;
    }
    return false;
  }

  private String token(String expected) throws Fault {
    if (next == tokens.size()) {
      throw new Fault("the condition ends, expected " + expected);
    }
    return tokens.get(next++);
  }
}
