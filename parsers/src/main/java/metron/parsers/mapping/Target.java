package metron.parsers.mapping;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Texts;
import metron.parsers.scan.Times;
import org.jspecify.annotations.Nullable;

/// Where a source's value goes. Empty text goes nowhere: a source that writes it has nothing to say.
public abstract class Target {
  private static final Set<Field> PARTIES =
      Set.of(Ecs.SOURCE_IP, Ecs.DESTINATION_IP, Ecs.CLIENT_IP, Ecs.SERVER_IP);

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
        yield address == null || domain == null || as == Conversion.IP_OR_NOTHING
            ? new Address(field, as, path)
            : new Party(field, address, domain);
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
        if (as != Conversion.IP_OR_NOTHING) {
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
        d.unfit(field, path, b, from, to, as.name());
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
        d.unfit(field, path, b, from, to, expected());
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

    Party(Field ip, Field address, Field domain) {
      this.ip = ip;
      this.address = address;
      this.domain = domain;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
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
    private final Target then;

    Translated(Names<byte[]> words, boolean strict, Target then) {
      this.words = words;
      this.strict = strict;
      this.then = then;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      byte[] word = words.get(b, from, to);
      if (word != null) {
        then.put(d, word, 0, word.length, Kind.TEXT);
      } else if (!strict) {
        then.put(d, b, from, to, kind);
      }
    }

    @Override
    void add(Draft d, byte[] b, int from, int to, Kind kind) {
      byte[] word = words.get(b, from, to);
      if (word != null) {
        then.add(d, word, 0, word.length, Kind.TEXT);
      } else if (!strict) {
        then.add(d, b, from, to, kind);
      }
    }
  }

  /// Fields that follow from a value: `set: {SF: {event.type: [connection, start, end]}}`.
  static final class Implies extends Target {
    private final Names<Constants> cases;
    private final Constants otherwise;

    Implies(Names<Constants> cases, Constants otherwise) {
      this.cases = cases;
      this.otherwise = otherwise;
    }

    @Override
    void put(Draft d, byte[] b, int from, int to, Kind kind) {
      Constants c = cases.get(b, from, to);
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
