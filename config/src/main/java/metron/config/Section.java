package metron.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The keys of a mapping, read one by one. A method without a default needs the key; a wrong value is a [Fault] and the
/// answer is then the default or the neutral value (`""`, the minimum, an empty list), so that reading goes on and finds the
/// rest. Nothing read may be used before [Faults#throwIfAny].
///
/// A key written without a value counts as absent. Call [#finish] last: keys that nobody asked for are faults.
public final class Section {
  private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,12})\\s*([a-zµ]+)\\s*");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  private final ConfigNode.Mapping mapping;
  private final Faults faults;
  private final Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();

  Section(ConfigNode.Mapping mapping, Faults faults) {
    this.mapping = mapping;
    this.faults = faults;
    for (ConfigNode.Entry entry : mapping.entries()) {
      entries.put(entry.key(), entry);
    }
  }

  public Position at() {
    return mapping.at();
  }

  public Faults faults() {
    return faults;
  }

  /// Whether the key is there with a value.
  public boolean has(String key) {
    return find(key) != null;
  }

  /// All keys as written, in order.
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  public String string(String key) {
    ConfigNode node = need(key, "text");
    return node == null ? "" : text(key, node, "text", "");
  }

  public String string(String key, String absent) {
    ConfigNode node = find(key);
    return node == null ? absent : text(key, node, "text", absent);
  }

  public Optional<String> optionalString(String key) {
    ConfigNode node = find(key);
    return node == null ? Optional.empty() : Optional.of(text(key, node, "text", ""));
  }

  /// @param min smallest value taken
  /// @param max largest value taken
  public long integer(String key, long min, long max) {
    ConfigNode node = need(key, "an integer from " + min + " to " + max);
    return node == null ? min : integer(key, node, min, max, min);
  }

  public long integer(String key, long min, long max, long absent) {
    ConfigNode node = find(key);
    return node == null ? absent : integer(key, node, min, max, absent);
  }

  /// As [#integer], within `int`.
  public int integer(String key, int min, int max) {
    return (int) integer(key, (long) min, max);
  }

  public int integer(String key, int min, int max, int absent) {
    return (int) integer(key, (long) min, max, absent);
  }

  public double number(String key, double min, double max) {
    ConfigNode node = need(key, "a number from " + plain(min) + " to " + plain(max));
    return node == null ? min : number(key, node, min, max, min);
  }

  public double number(String key, double min, double max, double absent) {
    ConfigNode node = find(key);
    return node == null ? absent : number(key, node, min, max, absent);
  }

  public boolean bool(String key) {
    ConfigNode node = need(key, "true or false");
    return node != null && bool(key, node, false);
  }

  public boolean bool(String key, boolean absent) {
    ConfigNode node = find(key);
    return node == null ? absent : bool(key, node, absent);
  }

  /// A positive length of time: `250ms`, `5s`, `1h30m`, `7d`, or ISO 8601 (`PT5S`).
  public Duration duration(String key) {
    ConfigNode node = need(key, "a positive duration such as \"5s\"");
    return node == null ? Duration.ZERO : duration(key, node, Duration.ZERO);
  }

  public Duration duration(String key, Duration absent) {
    ConfigNode node = find(key);
    return node == null ? absent : duration(key, node, absent);
  }

  /// A positive number of bytes: `512`, `64KB` (1000), `64KiB` (1024), `1.5` is not taken.
  public long size(String key) {
    ConfigNode node = need(key, "a size such as \"64MiB\"");
    return node == null ? 0 : size(key, node, 0);
  }

  /// @param absent bytes
  public long size(String key, long absent) {
    ConfigNode node = find(key);
    return node == null ? absent : size(key, node, absent);
  }

  /// One of the constants; `NO_MATCH` is written `no-match` or `no_match`, in any case.
  public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    E first = constants(type)[0];
    ConfigNode node = need(key, "one of " + names(type));
    return node == null ? first : oneOf(key, node, type, first);
  }

  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E absent) {
    ConfigNode node = find(key);
    return node == null ? absent : oneOf(key, node, type, absent);
  }

  /// One of the words, exactly as written here.
  public String oneOf(String key, List<String> words) {
    ConfigNode node = need(key, "one of " + String.join(", ", words));
    return node == null ? words.getFirst() : oneOf(key, node, words, words.getFirst());
  }

  public String oneOf(String key, List<String> words, String absent) {
    ConfigNode node = find(key);
    return node == null ? absent : oneOf(key, node, words, absent);
  }

  /// A list of text; a single value is a list of one, an absent key an empty list.
  public List<String> strings(String key) {
    ConfigNode node = find(key);
    if (node instanceof ConfigNode.Mapping) {
      wrong(key, node, "a list of text");
      return List.of();
    }
    return node == null ? List.of() : node.texts(faults);
  }

  /// The section below a key; empty if the key is absent. Its reader calls [#finish] on it.
  public Optional<Section> child(String key) {
    ConfigNode node = find(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ConfigNode.Mapping below) {
      return Optional.of(new Section(below, faults));
    }
    wrong(key, node, "keys with values");
    return Optional.empty();
  }

  /// The section below a key, which may be absent: then an empty one that gives every default.
  public Section childOrEmpty(String key) {
    return child(key).orElseGet(() -> new Section(new ConfigNode.Mapping(at(), List.of()), faults));
  }

  /// The sections of a list below a key; none if the key is absent.
  public List<Section> children(String key) {
    List<Section> sections = new ArrayList<>();
    for (ConfigNode item : items(key)) {
      if (item instanceof ConfigNode.Mapping below) {
        sections.add(new Section(below, faults));
      } else {
        faults.add(
            item.at(), "item of " + key + " is " + item.found() + ", expected keys with values");
      }
    }
    return sections;
  }

  /// The nodes of a list below a key, of any kind; none if the key is absent, one if it has a single value.
  public List<ConfigNode> items(String key) {
    ConfigNode node = find(key);
    return switch (node) {
      case null -> List.of();
      case ConfigNode.Items list -> list.items();
      case ConfigNode.Scalar _ -> List.of(node);
      case ConfigNode.Mapping _ -> {
        wrong(key, node, "a list");
        yield List.of();
      }
    };
  }

  /// The keys and values of a mapping whose keys are free, in written order; empty if the key is absent.
  public SequencedMap<String, ConfigNode> entries(String key) {
    var found = new LinkedHashMap<String, ConfigNode>();
    ConfigNode node = find(key);
    if (node instanceof ConfigNode.Mapping below) {
      for (ConfigNode.Entry entry : below.entries()) {
        found.put(entry.key(), entry.value());
      }
    } else if (node != null) {
      wrong(key, node, "keys with values");
    }
    return found;
  }

  /// As [#entries], where each value is text.
  public SequencedMap<String, String> texts(String key) {
    var found = new LinkedHashMap<String, String>();
    entries(key).forEach((name, node) -> found.put(name, node.text(faults)));
    return found;
  }

  /// The node below a key, of any kind.
  public Optional<ConfigNode> node(String key) {
    return Optional.ofNullable(find(key));
  }

  /// A fault at the key, or at the section if the key is absent.
  ///
  /// @param message what was found and expected; the key is not put before it
  public void fault(String key, String message) {
    ConfigNode.Entry entry = entries.get(key);
    faults.add(entry == null ? at() : entry.value().at(), message);
  }

  /// Names every key that no method has asked for.
  public void finish() {
    for (ConfigNode.Entry entry : entries.values()) {
      if (!known.contains(entry.key())) {
        String hint = Spelling.hint(entry.key(), known);
        String all =
            hint.isEmpty() && !known.isEmpty() && known.size() <= 12
                ? ", expected one of " + String.join(", ", known)
                : "";
        faults.add(
            entry.at(),
            "unknown key '"
                + YamlReader.excerpt(entry.key())
                + "'"
                + (hint.isEmpty() ? all : "." + hint));
      }
    }
  }

  private @Nullable ConfigNode find(String key) {
    known.add(key);
    ConfigNode.Entry entry = entries.get(key);
    return entry == null || (entry.value() instanceof ConfigNode.Scalar s && s.isNull())
        ? null
        : entry.value();
  }

  private @Nullable ConfigNode need(String key, String expected) {
    ConfigNode node = find(key);
    if (node == null) {
      ConfigNode.Entry entry = entries.get(key);
      if (entry != null) {
        faults.add(entry.at(), key + " has no value, expected " + expected);
      } else {
        faults.add(at(), "key '" + key + "' is missing, expected " + expected);
      }
    }
    return node;
  }

  private void wrong(String key, ConfigNode node, String expected) {
    faults.add(node.at(), key + " is " + node.found() + ", expected " + expected);
  }

  private String text(String key, ConfigNode node, String expected, String instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.text();
    }
    wrong(key, node, expected);
    return instead;
  }

  private long integer(String key, ConfigNode node, long min, long max, long instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      OptionalLong value = parseLong(scalar.text());
      if (value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max) {
        return value.getAsLong();
      }
    }
    wrong(key, node, "an integer from " + min + " to " + max);
    return instead;
  }

  private static OptionalLong parseLong(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private double number(String key, ConfigNode node, double min, double max, double instead) {
    if (node instanceof ConfigNode.Scalar scalar && scalar.text().length() < 64) {
      try {
        double value = Double.parseDouble(scalar.text());
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        wrong(key, node, "a number from " + plain(min) + " to " + plain(max));
        return instead;
      }
    }
    wrong(key, node, "a number from " + plain(min) + " to " + plain(max));
    return instead;
  }

  private static String plain(double d) {
    return d == Math.rint(d) && Math.abs(d) < 1e15 ? Long.toString((long) d) : Double.toString(d);
  }

  private boolean bool(String key, ConfigNode node, boolean instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      switch (scalar.text().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on" -> {
          return true;
        }
        case "false", "no", "off" -> {
          return false;
        }
        default -> {}
      }
    }
    wrong(key, node, "true or false");
    return instead;
  }

  private Duration duration(String key, ConfigNode node, Duration instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      Duration value = parseDuration(scalar.text().strip());
      if (value != null && !value.isZero() && !value.isNegative()) {
        return value;
      }
    }
    wrong(key, node, "a positive duration such as \"5s\"");
    return instead;
  }

  private static @Nullable Duration parseDuration(String text) {
    if (text.startsWith("P") || text.startsWith("p")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        return null;
      }
    }
    Matcher part = DURATION_PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length()) {
      // A hundred centuries are enough, and keep the sum from overflowing.
      if (sum.toDays() > 3_652_425 || !part.find() || part.start() != end) {
        return null;
      }
      long n = Long.parseLong(part.group(1));
      Duration more =
          switch (part.group(2)) {
            case "ns" -> Duration.ofNanos(n);
            case "us", "µs" -> Duration.ofNanos(Math.multiplyExact(n, 1000L));
            case "ms" -> Duration.ofMillis(n);
            case "s", "sec", "second", "seconds" -> Duration.ofSeconds(n);
            case "m", "min", "minute", "minutes" -> Duration.ofMinutes(n);
            case "h", "hour", "hours" -> Duration.ofHours(n);
            case "d", "day", "days" -> Duration.ofDays(n);
            case "w", "week", "weeks" -> Duration.ofDays(7 * n);
            default -> Duration.ZERO;
          };
      if (more.isZero() && n != 0) {
        return null;
      }
      sum = sum.plus(more);
      end = part.end();
    }
    return sum;
  }

  private long size(String key, ConfigNode node, long instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      Matcher m = SIZE.matcher(scalar.text().strip());
      if (m.matches()) {
        long unit =
            switch (m.group(2).toLowerCase(Locale.ROOT)) {
              case "", "b" -> 1L;
              case "kb" -> 1000L;
              case "mb" -> 1000_000L;
              case "gb" -> 1000_000_000L;
              case "tb" -> 1000_000_000_000L;
              case "k", "kib" -> 1L << 10;
              case "m", "mib" -> 1L << 20;
              case "g", "gib" -> 1L << 30;
              case "t", "tib" -> 1L << 40;
              default -> 0L;
            };
        long n = Long.parseLong(m.group(1));
        if (unit > 0 && n > 0 && n <= Long.MAX_VALUE / unit) {
          return n * unit;
        }
      }
    }
    wrong(key, node, "a size such as \"64MiB\"");
    return instead;
  }

  private <E extends Enum<E>> E oneOf(String key, ConfigNode node, Class<E> type, E instead) {
    if (node instanceof ConfigNode.Scalar scalar) {
      for (E constant : constants(type)) {
        if (written(constant).equalsIgnoreCase(scalar.text().replace('_', '-'))) {
          return constant;
        }
      }
    }
    wrongWord(key, node, names(type));
    return instead;
  }

  private String oneOf(String key, ConfigNode node, List<String> words, String instead) {
    if (node instanceof ConfigNode.Scalar scalar && words.contains(scalar.text())) {
      return scalar.text();
    }
    wrongWord(key, node, words);
    return instead;
  }

  private void wrongWord(String key, ConfigNode node, List<String> words) {
    String hint =
        node instanceof ConfigNode.Scalar scalar ? Spelling.hint(scalar.text(), words) : "";
    wrong(key, node, "one of " + String.join(", ", words) + (hint.isEmpty() ? "" : "." + hint));
  }

  private static <E extends Enum<E>> E[] constants(Class<E> type) {
    E[] constants = type.getEnumConstants();
    if (constants == null || constants.length == 0) {
      throw new IllegalArgumentException(type + " has no constants to choose from");
    }
    return constants;
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> List<String> names(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : constants(type)) {
      names.add(written(constant));
    }
    return names;
  }
}
