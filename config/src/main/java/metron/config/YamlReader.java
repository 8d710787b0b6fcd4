package metron.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Builds [ConfigNode]s from parse events. Events are used and not snakeyaml's node graph, because only here can depth and
/// the size after aliases be bounded before memory is spent.
final class YamlReader {
  static final int MAX_CHARACTERS = 1 << 20;
  static final int MAX_DEPTH = 50;
  static final int MAX_PIECES = 100_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(MAX_CHARACTERS + 1).build();
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final String file;
  private final Faults faults;
  private final Map<String, ConfigNode> anchors = new HashMap<>();
  // Pieces below each finished collection, so that an alias costs what it repeats.
  private final IdentityHashMap<ConfigNode, Integer> sizes = new IdentityHashMap<>();
  private int pieces;

  YamlReader(String file, Faults faults) {
    this.file = file;
    this.faults = faults;
  }

  /// Ends the reading at the first fault after which nothing can be trusted.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Position at;

    Refused(Position at, String message) {
      super(message, null, false, false);
      this.at = at;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  ConfigNode read(String text) {
    ConfigNode empty = new ConfigNode.Mapping(new Position(file, 1, 1), List.of());
    if (text.length() > MAX_CHARACTERS) {
      faults.add(file, "has " + text.length() + " characters, expected at most " + MAX_CHARACTERS);
      return empty;
    }
    try {
      Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
      ConfigNode root = null;
      while (events.hasNext()) {
        Event event = events.next();
        switch (event.getEventId()) {
          case Scalar, SequenceStart, MappingStart, Alias -> {
            if (root != null) {
              throw new Refused(
                  at(event), "a second document starts here, expected one: remove the '---'");
            }
            root = node(event, events, 0);
          }
          case StreamStart,
              StreamEnd,
              DocumentStart,
              DocumentEnd,
              Comment,
              SequenceEnd,
              MappingEnd -> {}
        }
      }
      return root == null || (root instanceof ConfigNode.Scalar s && s.isNull()) ? empty : root;
    } catch (Refused e) {
      faults.add(e.at, e.why());
    } catch (MarkedYamlEngineException e) {
      Position at = e.getProblemMark().or(e::getContextMark).map(this::at).orElse(empty.at());
      faults.add(at, "not readable as YAML: " + problem(e));
    } catch (YamlEngineException e) {
      faults.add(file, "not readable as YAML: " + excerpt(String.valueOf(e.getMessage())));
    }
    return empty;
  }

  private static String problem(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("'\\t(TAB)'")) {
      return "a tab is used to indent, expected blanks";
    }
    return (e.getContext() == null ? "" : e.getContext() + ", ") + problem;
  }

  private ConfigNode node(Event event, Iterator<Event> events, int depth) throws Refused {
    Position at = at(event);
    if (depth > MAX_DEPTH) {
      throw new Refused(at, "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (event instanceof AliasEvent alias) {
      String name = alias.getAlias().getValue();
      ConfigNode node = anchors.get(name);
      if (node == null) {
        throw new Refused(at, "alias '*" + excerpt(name) + "' has no anchor '&' before it");
      }
      count(at, sizes.getOrDefault(node, 1));
      return node;
    }
    count(at, 1);
    int before = pieces;
    ConfigNode node =
        switch (event) {
          case ScalarEvent scalar -> {
            refuseTag(scalar.getTag(), at);
            yield new ConfigNode.Scalar(at, scalar.getValue(), scalar.isPlain());
          }
          case MappingStartEvent mapping -> {
            refuseTag(mapping.getTag(), at);
            yield mapping(at, events, depth);
          }
          case CollectionStartEvent list -> {
            refuseTag(list.getTag(), at);
            List<ConfigNode> items = new ArrayList<>();
            for (Event e = next(events); e.getEventId() != Event.ID.SequenceEnd; e = next(events)) {
              items.add(node(e, events, depth + 1));
            }
            yield new ConfigNode.Items(at, items);
          }
          default -> throw new Refused(at, "found " + event.getEventId() + ", expected a value");
        };
    Optional<String> anchor =
        ((NodeEvent) event).getAnchor().map(org.snakeyaml.engine.v2.common.Anchor::getValue);
    if (anchor.isPresent()) {
      sizes.put(node, pieces - before + 1);
      anchors.put(anchor.get(), node);
    }
    return node;
  }

  private ConfigNode mapping(Position at, Iterator<Event> events, int depth) throws Refused {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (Event e = next(events); e.getEventId() != Event.ID.MappingEnd; e = next(events)) {
      ConfigNode key = node(e, events, depth + 1);
      ConfigNode value = node(next(events), events, depth + 1);
      if (!(key instanceof ConfigNode.Scalar scalar)) {
        faults.add(key.at(), "found " + key.found() + " as a key, expected text");
        continue;
      }
      if (scalar.plain() && scalar.text().equals("<<")) {
        faults.add(key.at(), "merge keys '<<' are not taken: repeat the keys, or use an alias");
        continue;
      }
      ConfigNode.Entry entry = new ConfigNode.Entry(key.at(), scalar.text(), value);
      ConfigNode.Entry first = entries.putIfAbsent(scalar.text(), entry);
      if (first != null) {
        faults.add(
            key.at(),
            "key '"
                + excerpt(scalar.text())
                + "' stands here again, first on line "
                + first.at().line()
                + ": keep one");
      }
    }
    return new ConfigNode.Mapping(at, List.copyOf(entries.values()));
  }

  private static Event next(Iterator<Event> events) throws YamlEngineException {
    if (!events.hasNext()) {
      throw new YamlEngineException("the document ends in the middle");
    }
    Event event = events.next();
    return event.getEventId() == Event.ID.Comment ? next(events) : event;
  }

  private void count(Position at, int more) throws Refused {
    pieces += more;
    if (pieces > MAX_PIECES) {
      throw new Refused(
          at, "the document has more than " + MAX_PIECES + " pieces, aliases counted in full");
    }
  }

  private void refuseTag(Optional<String> tag, Position at) throws Refused {
    if (tag.isPresent()) {
      throw new Refused(
          at, "tag '" + excerpt(tag.get()) + "' is not taken: write the value without a tag");
    }
  }

  private Position at(Event event) {
    return event.getStartMark().map(this::at).orElse(new Position(file, 1, 1));
  }

  private Position at(Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  static @Nullable Object typed(ConfigNode.Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    if (scalar.isNull()) {
      return null;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    if (INTEGER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (text.length() < 64 && DECIMAL.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    return text;
  }

  /// At most 60 characters, control characters escaped: what a file says may be hostile to a terminal.
  static String excerpt(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i == 60) {
        return out.append('…').toString();
      }
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
