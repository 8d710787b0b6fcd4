package metron.detection.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import org.jspecify.annotations.Nullable;

/// Reads rule files (Sigma specification 2.1.0): one or several YAML documents each.
public final class SigmaReader {
  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---[ \t]*$");
  private static final Pattern BLANK = Pattern.compile("(?m)\\s*(#.*\\s*)*");

  private final Map<String, List<String>> placeholders;
  private final Faults faults;

  /// @param placeholders values of `%name%` for the modifier `expand`
  /// @param faults where what can't be read goes; such a rule is left out
  public SigmaReader(Map<String, List<String>> placeholders, Faults faults) {
    this.placeholders = placeholders;
    this.faults = faults;
  }

  /// The rules of a file.
  ///
  /// @param file as people know it
  public List<SigmaRule> read(String file, String text) {
    List<SigmaRule> rules = new ArrayList<>();
    int line = 0;
    int from = 0;
    var border = DOCUMENTS.matcher(text);
    boolean more = true;
    while (more) {
      more = border.find();
      String document = text.substring(from, more ? border.start() : text.length());
      if (!BLANK.matcher(document).matches()) {
        // The lines before stay, empty, so that faults name the line of the file.
        SigmaRule rule = rule(file, "\n".repeat(line) + document);
        if (rule != null) {
          rules.add(rule);
        }
      }
      if (more) {
        line += (int) text.substring(from, border.end()).chars().filter(c -> c == '\n').count();
        from = border.end();
      }
    }
    return rules;
  }

  private @Nullable SigmaRule rule(String file, String document) {
    int before = faults.count();
    Section section = ConfigNode.parse(file, document, faults).section(faults);
    if (faults.count() > before) {
      return null;
    }
    String title = section.string("title");
    String inactive = unsupported(section);
    FieldReader fields = new FieldReader(placeholders, faults);
    Node condition =
        inactive.isEmpty() ? condition(section.childOrEmpty("detection"), fields) : Node.never();
    Section source = section.childOrEmpty("logsource");
    SigmaRule rule =
        new SigmaRule(
            section.string("id", title),
            title,
            file,
            section.string("author", ""),
            section.string("description", ""),
            section.oneOf("level", Level.class, Level.MEDIUM),
            section.string("status", ""),
            section.strings("tags"),
            section.strings("references"),
            section.strings("falsepositives"),
            new LogSource(
                source.string("category", ""),
                source.string("product", ""),
                source.string("service", "")),
            condition,
            inactive.isEmpty() ? fields.inactive() : inactive);
    return faults.count() > before ? null : rule;
  }

  private static String unsupported(Section section) {
    if (section.has("correlation")) {
      return "correlation rules are not asked yet";
    }
    if (section.has("filter")) {
      return "filters are not applied yet";
    }
    return section.has("action")
        ? "'action' is of Sigma 1; write the rules of the collection out in full"
        : "";
  }

  private Node condition(Section detection, FieldReader fields) {
    Map<String, Node> selections = new LinkedHashMap<>();
    for (String name : detection.keys()) {
      if (!name.equals("condition") && !name.equals("timeframe")) {
        detection.node(name).ifPresent(node -> selections.put(name, selection(node, fields)));
      }
    }
    List<Node> conditions = new ArrayList<>();
    for (ConfigNode condition : detection.items("condition")) {
      try {
        conditions.add(ConditionParser.parse(condition.text(faults), selections));
      } catch (ConditionParser.Fault e) {
        faults.add(condition.at(), String.valueOf(e.getMessage()));
      }
    }
    if (conditions.isEmpty()) {
      faults.add(detection.at(), "the rule has no condition, expected one under 'detection'");
    }
    return Node.any(conditions);
  }

  private Node selection(ConfigNode node, FieldReader fields) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> fields.keyword(scalar);
      case ConfigNode.Items items ->
          Node.any(items.items().stream().map(item -> selection(item, fields)).toList());
      case ConfigNode.Mapping mapping ->
          Node.all(
              mapping.entries().stream()
                  .map(entry -> fields.field(entry.key(), entry.at(), entry.value()))
                  .toList());
    };
  }
}
