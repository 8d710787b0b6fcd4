package metron.parsers.mapping;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Dissect;
import metron.parsers.scan.Texts;
import metron.parsers.scan.Times;
import org.jspecify.annotations.Nullable;

/// Where a source's value goes. Empty text goes nowhere: a source that writes it has nothing to say.
public abstract class Target {
  private static final Set<Field> PARTIES =
      Set.of(Ecs.SOURCE_IP, Ecs.DESTINATION_IP, Ecs.CLIENT_IP, Ecs.SERVER_IP);

  /// A field that is added to again and again holds no more values than this.
  private static final int MOST_ADDED = 200;

  /// Drops what it is given.
  static final Target NOWHERE =
      new Target() {
        @Override
        void put(Draft d, byte[] b, int from, int to, Kind kind) {}

        @Override
        void add(Draft d, byte[] b, int from, int to, Kind kind) {}
      };

  /// Sets the field, or fields, from the bytes.
  public final void set(Draft d, byte[] b, int from, int to, Kind kind) {
    if (from < to) {
      put(d, b, from, to, kind);
    }
  }

  public final void set(Draft d, byte[] b, int from, int to) {
    set(d, b, from, to, Kind.TEXT);
  }

  /// As [#set] for one of several values.
  public final void append(Draft d, byte[] b, int from, int to, Kind kind) {
    if (from < to) {
      add(d, b, from, to, kind);
    }
  }

  abstract void put(Draft d, byte[] b, int from, int to, Kind kind);

  abstract void add(Draft d, byte[] b, int from, int to, Kind kind);

  static Target of(Field field, Conversion as, String path) {
    return switch (field.type()) {
      case STRING -> new Text(field, as, path);
      case LONG -> new Whole(field, as, path);
      case INSTANT -> new Moment(field, as, path);
      case IP -> {
        Field address = party(field, ".address");
        Field domain = party(field, ".domain");
        Field port = party(field, ".port");
        yield address == null || domain == null || port == null || as == Conversion.IP_OR_NOTHING
            ? new Address(field, as, path)
            : new Party(field, address, domain, as == Conversion.ENDPOINT ? port : null);
      }
      case DOUBLE, BOOLEAN -> new Boxed(field, as, path);
    };
  }

  /// `source.address` for `source.ip`, and so on for the four parties of a connection.
  private static @Nullable Field party(Field ip, String suffix) {
    if (PARTIES.contains(ip)) {
      String base = ip.name().substring(0, ip.name().length() - 3);
      return FieldCatalogue.get().entry(base + suffix).orElseThrow().field();
    }
    return null;
  }

  /// A target that is one field.
  abstract static class Single extends Target {
    final Field field;
    final Conversion as;
    final String path;

    Single(Field field, Conversion as, String path) {
      this.field = field;
      this.as = as;
      this.path = path;
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      Object value = as.boxed(field, d.times(), d.texts(), b, from, to);
      if (value == null) {
        if (!as.orNothing()) {
          d.unfit(field, path, b, from, to, expected());
        }
      } else {
        d.append(field, value);
      }
    }

    String expected() {
      return switch (field.type()) {
        case STRING -> "text";
        case LONG -> "a number";
        case DOUBLE -> "a number";
        case BOOLEAN -> "a truth value";
        case INSTANT -> "a time that exists";
        case IP -> "an IP address";
      };
    }
  }

  private static final class Text extends Single {
    Text(Field field, Conversion as, String path) {
      super(field, as, path);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      String text = as.text(d.texts(), b, from, to);
      if (text == null) {
        if (!as.orNothing()) {
          d.unfit(field, path, b, from, to, as.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
      } else if (field.repeated()) {
        d.event().set(field, List.of(text));
      } else {
        d.event().set(field, text);
      }
    }
  }

  private static final class Whole extends Single {
    Whole(Field field, Conversion as, String path) {
      super(field, as, path);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      long v = as.number(b, from, to);
      if (v == Bytes.NOT_A_NUMBER) {
        if (!as.orNothing()) {
          d.unfit(field, path, b, from, to, expected());
        }
      } else if (field.repeated()) {
        d.event().set(field, List.of(v));
      } else {
        d.event().set(field, v);
      }
    }
  }

  private static final class Moment extends Single {
    Moment(Field field, Conversion as, String path) {
      super(field, as, path);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      long t = as.time(d.times(), b, from, to);
      if (t == Times.NONE && as == Conversion.TIME_IF_ANY) {
        d.keepUnfit(path, b, from, to, expected());
      } else if (t == Times.NONE) {
        d.unfit(field, path, b, from, to, expected());
      } else {
        d.event().setNanos(field, t);
      }
    }
  }

  private static final class Address extends Single {
    Address(Field field, Conversion as, String path) {
      super(field, as, path);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      IpAddress ip = d.texts().ip(b, from, to);
      if (ip == null) {
        if (as != Conversion.IP_OR_NOTHING) {
          d.unfit(field, path, b, from, to, expected());
        }
      } else if (field.repeated()) {
        d.event().set(field, List.of(ip));
      } else {
        d.event().set(field, ip);
      }
    }
  }

  private static final class Boxed extends Single {
    Boxed(Field field, Conversion as, String path) {
      super(field, as, path);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      Object value = as.boxed(field, d.times(), d.texts(), b, from, to);
      if (value == null) {
        d.unfit(field, path, b, from, to, expected());
      } else {
        d.event().setBoxed(field, field.repeated() ? List.of(value) : value);
      }
    }
  }

  /// One party of a connection. What is not an address is its name: ECS wants `address` always, and `ip` or `domain`
  /// as the case may be.
  public static final class Party extends Target {
    private final Field ip;
    private final Field address;
    private final Field domain;
    // Null: the value has no port.
    private final @Nullable Field port;

    Party(Field ip, Field address, Field domain, @Nullable Field port) {
      this.ip = ip;
      this.address = address;
      this.domain = domain;
      this.port = port;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      if (port != null) {
        endpoint(d, b, from, to, port);
      } else {
        address(d, b, from, to);
      }
    }

    private void endpoint(Draft d, byte[] b, int start, int to, Field port) {
      int from = start;
      int end = to;
      int colon = to - 1;
      while (colon > from && Bytes.isDigit(b[colon])) {
        colon--;
      }
      boolean bracket = b[from] == '[';
      // Several colons without brackets are an address of version 6 alone.
      if (b[colon] == ':'
          && colon > from
          && (bracket ? b[colon - 1] == ']' : Bytes.indexOf(b, from, colon, ':') < 0)) {
        long number = Bytes.number(b, colon + 1, to);
        if (number >= 0 && number <= 65_535) {
          d.event().set(port, number);
        }
        end = colon;
      }
      if (bracket && end - from > 2 && b[end - 1] == ']') {
        from++;
        end--;
      }
      if (from < end) {
        address(d, b, from, end);
      }
    }

    private void address(Draft d, byte[] b, int from, int to) {
      Event event = d.event();
      Texts.Endpoint found = d.texts().endpoint(b, from, to);
      IpAddress at = found.ip();
      if (at != null) {
        event.set(ip, at);
        event.set(address, found.text());
      } else {
        event.set(address, found.text());
        event.set(domain, found.text());
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      // The first of several is the party; the others are only told of.
      if (d.event().has(address)) {
        IpAddress found = Bytes.ip(b, from, to);
        if (found != null) {
          d.event().add(Ecs.RELATED_IP, found);
        }
      } else {
        put(d, b, from, to, kind);
      }
    }
  }

  /// Several fields from one value.
  static final class Many extends Target {
    private final Target[] targets;

    Many(List<Target> targets) {
      this.targets = targets.toArray(new Target[0]);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      for (Target t : targets) {
        t.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      for (Target t : targets) {
        t.add(d, b, from, to, kind);
      }
    }
  }

  /// A value of several parts with a separator between them, each on its own.
  static final class Split extends Target {
    private static final int MOST = 1_000;

    private final byte separator;
    private final Target then;

    Split(char separator, Target then) {
      this.separator = (byte) separator;
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      add(d, b, from, to, kind);
      d.endArray();
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      int start = from;
      for (int n = 0; start < to && n < MOST; n++) {
        int end = start;
        while (end < to && b[end] != separator) {
          end++;
        }
        int first = Bytes.skipBlanks(b, start, end);
        then.append(d, b, first, Bytes.trimEnd(b, first, end), Kind.TEXT);
        start = end + 1;
      }
    }
  }

  /// Values of several names gathered to one list, in order, the same one as often as it comes.
  static final class Collecting extends Target {
    private final Target then;

    Collecting(Target then) {
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      then.add(d, b, from, to, kind);
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      then.add(d, b, from, to, kind);
    }
  }

  /// Adds to the values that a field has, each once.
  static final class Adding extends Target {
    private final Field field;
    private final Conversion as;

    Adding(Field field, Conversion as) {
      this.field = field;
      this.as = as;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      Object value = as.boxed(field, d.times(), d.texts(), b, from, to);
      if (value != null && d.event().values(field).size() < MOST_ADDED) {
        d.event().add(field, value);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      put(d, b, from, to, kind);
    }
  }

  /// Only if the field has no value yet: of several sources of one field, the first that speaks.
  static final class IfAbsent extends Target {
    private final Field field;
    private final Target then;

    IfAbsent(Field field, Target then) {
      this.field = field;
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      if (!d.event().has(field)) {
        then.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      if (!d.event().has(field)) {
        then.add(d, b, from, to, kind);
      }
    }
  }

  /// A value with a layout of its own, whose captures go through the mapping by their names.
  static final class LaidOut extends Target {
    private final Dissect[] layouts;
    private final int most;

    LaidOut(List<Dissect> layouts) {
      this.layouts = layouts.toArray(new Dissect[0]);
      this.most = layouts.stream().mapToInt(l -> l.names().size()).max().orElse(0);
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      // A layout whose captures have layouts in turn ends somewhere.
      if (!d.deeper()) {
        return;
      }
      int[] slots = new int[most * 2];
      for (Dissect layout : layouts) {
        if (layout.match(b, from, to, slots)) {
          List<String> names = layout.names();
          for (int k = 0; k < names.size(); k++) {
            if (slots[2 * k] >= 0) {
              d.mapping().target(names.get(k)).set(d, b, slots[2 * k], slots[2 * k + 1], Kind.TEXT);
            }
          }
          break;
        }
      }
      d.shallower();
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      put(d, b, from, to, kind);
    }
  }

  /// The words of a definition are in lower case; so is the value when it is looked up.
  static final class AnyCase extends Target {
    private final Target then;

    AnyCase(Target then) {
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      if (Bytes.hasUpperCase(b, from, to)) {
        byte[] lower = lower(b, from, to);
        then.put(d, lower, 0, lower.length, kind);
      } else {
        then.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      if (Bytes.hasUpperCase(b, from, to)) {
        byte[] lower = lower(b, from, to);
        then.add(d, lower, 0, lower.length, kind);
      } else {
        then.add(d, b, from, to, kind);
      }
    }

    static byte[] lower(byte[] b, int from, int to) {
      byte[] lower = new byte[to - from];
      for (int i = from; i < to; i++) {
        lower[i - from] = b[i] >= 'A' && b[i] <= 'Z' ? (byte) (b[i] + 32) : b[i];
      }
      return lower;
    }
  }

  /// Values that say nothing, such as `-`.
  static final class Unless extends Target {
    private final Names<Boolean> ignored;
    private final Target then;

    Unless(Names<Boolean> ignored, Target then) {
      this.ignored = ignored;
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      if (ignored.get(b, from, to) == null) {
        then.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      if (ignored.get(b, from, to) == null) {
        then.add(d, b, from, to, kind);
      }
    }
  }

  /// Other words for the source's own: `values: {C_INTERNET: IN}`. A word that is not listed goes on as it is, or, where
  /// the definition says `strict`, goes nowhere.
  static final class Translated extends Target {
    private final Names<byte[]> words;
    private final boolean strict;
    private final boolean anyCase;
    private final Target then;

    Translated(Names<byte[]> words, boolean strict, boolean anyCase, Target then) {
      this.words = words;
      this.strict = strict;
      this.anyCase = anyCase;
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      byte[] word = word(b, from, to);
      if (word != null) {
        then.put(d, word, 0, word.length, Kind.TEXT);
      } else if (!strict) {
        then.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      byte[] word = word(b, from, to);
      if (word != null) {
        then.add(d, word, 0, word.length, Kind.TEXT);
      } else if (!strict) {
        then.add(d, b, from, to, kind);
      }
    }

    private byte @Nullable [] word(byte[] b, int from, int to) {
      if (anyCase && Bytes.hasUpperCase(b, from, to)) {
        byte[] lower = AnyCase.lower(b, from, to);
        return words.get(lower, 0, lower.length);
      }
      return words.get(b, from, to);
    }
  }

  /// Fields that follow from a value: `set: {SF: {event.type: [connection, start, end]}}`.
  static final class Implies extends Target {
    private final Cases cases;
    private final Constants otherwise;

    Implies(Cases cases, Constants otherwise) {
      this.cases = cases;
      this.otherwise = otherwise;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      Constants c = cases.of(b, from, to);
      d.event().setAll((c == null ? otherwise : c).fields());
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      put(d, b, from, to, kind);
    }
  }

  /// A field the definition does not know: kept under the sensor's prefix with the type that the source gives it.
  static final class Vendor extends Target {
    private final String name;
    private final Map<FieldType, Field> typed = new EnumMap<>(FieldType.class);

    Vendor(String name) {
      this.name = name;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      if (!d.roomForMore(name)) {
        return;
      }
      Event event = d.event();
      Object value = value(d, b, from, to, kind);
      Field field = typed(type(value));
      if (field.type() == type(value)) {
        event.setBoxed(field, value);
      } else if (field.type() == FieldType.STRING) {
        event.set(field, d.texts().text(b, from, to));
      } else {
        of(field, Conversion.DEFAULT, name).put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      if (d.roomForMore(name)) {
        d.append(typed(FieldType.STRING), value(d, b, from, to, kind));
      }
    }

    private static Object value(Draft d, byte[] b, int from, int to, Kind kind) {
      switch (kind) {
        case TEXT -> {
          return d.texts().text(b, from, to);
        }
        case INTEGER -> {
          long v = Bytes.number(b, from, to);
          if (v != Bytes.NOT_A_NUMBER) {
            return v;
          }
        }
        case REAL -> {
          double v = Bytes.real(b, from, to);
          if (Double.isFinite(v)) {
            return v;
          }
        }
        case BOOLEAN -> {
          return (b[from] | 32) == 't';
        }
      }
      return Bytes.text(b, from, to);
    }

    private static FieldType type(Object value) {
      return switch (value) {
        case Long _ -> FieldType.LONG;
        case Double _ -> FieldType.DOUBLE;
        case Boolean _ -> FieldType.BOOLEAN;
        default -> FieldType.STRING;
      };
    }

    /// The field of that name: of that type, or as the catalogue has it by now.
    private Field typed(FieldType type) {
      Field field = typed.get(type);
      if (field == null) {
        field = FieldCatalogue.get().fieldOr(name, type);
        typed.put(type, field);
      }
      return field;
    }
  }
}
