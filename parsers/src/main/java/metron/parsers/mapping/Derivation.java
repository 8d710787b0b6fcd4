package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// What follows from fields that a record has set already, `derive:` in a definition. None overwrites what the source said.
enum Derivation {
  /// `network.bytes` and `network.packets`: both directions together.
  NETWORK_TOTALS {
    @Override
    void apply(Event e) {
      total(e, Ecs.NETWORK_BYTES, Ecs.SOURCE_BYTES, Ecs.DESTINATION_BYTES);
      total(e, Ecs.NETWORK_PACKETS, Ecs.SOURCE_PACKETS, Ecs.DESTINATION_PACKETS);
    }
  },
  /// `event.outcome` from the status: below 400 success, else failure; none for 0, which is no status.
  HTTP_OUTCOME {
    @Override
    void apply(Event e) {
      long status = e.longValue(Ecs.HTTP_RESPONSE_STATUS_CODE, 0);
      if (status > 0 && !e.has(Ecs.EVENT_OUTCOME)) {
        e.set(Ecs.EVENT_OUTCOME, status < 400 ? "success" : "failure");
      }
    }
  },
  /// `url.scheme`, `domain`, `port`, `path`, `query` and the rest out of `url.original`.
  URL_PARTS {
    @Override
    void apply(Event e) {
      String url = e.string(Ecs.URL_ORIGINAL);
      if (url != null) {
        UrlParts.add(e, url);
      }
    }
  },
  /// `network.type`: `ipv4` or `ipv6`, by the source's address.
  NETWORK_TYPE {
    @Override
    void apply(Event e) {
      IpAddress ip = e.ip(Ecs.SOURCE_IP);
      if (ip != null && !e.has(Ecs.NETWORK_TYPE)) {
        e.set(Ecs.NETWORK_TYPE, ip.isV4() ? "ipv4" : "ipv6");
      }
    }
  },
  /// Takes `source.nat` and `destination.nat` away where nothing was translated.
  REAL_NAT {
    @Override
    void apply(Event e) {
      same(e, Ecs.SOURCE_IP, Ecs.SOURCE_NAT_IP);
      same(e, Ecs.DESTINATION_IP, Ecs.DESTINATION_NAT_IP);
      same(e, Ecs.SOURCE_PORT, Ecs.SOURCE_NAT_PORT);
      same(e, Ecs.DESTINATION_PORT, Ecs.DESTINATION_NAT_PORT);
    }

    private void same(Event e, Field real, Field translated) {
      Object value = e.get(translated);
      if (value != null && value.equals(e.get(real))) {
        e.remove(translated);
      }
    }
  },
  /// `network.direction` from which of source and destination lie in private networks (RFC 1918, RFC 4193, link local).
  NETWORK_DIRECTION {
    @Override
    void apply(Event e) {
      IpAddress source = e.ip(Ecs.SOURCE_IP);
      IpAddress destination = e.ip(Ecs.DESTINATION_IP);
      if (source == null || destination == null || e.has(NETWORK_DIRECTION_FIELD)) {
        return;
      }
      boolean inside = Networks.isInside(source);
      boolean toInside = Networks.isInside(destination);
      e.set(
          NETWORK_DIRECTION_FIELD,
          inside ? (toInside ? "internal" : "outbound") : toInside ? "inbound" : "external");
    }
  },
  /// `user.domain` and a bare `user.name` out of `LOCAL\ann`, for users in all their roles.
  ACCOUNTS {
    @Override
    void apply(Event e) {
      for (int i = 0; i < USERS.length; i++) {
        String name = e.string(USERS[i]);
        int slash = name == null ? -1 : name.indexOf('\\');
        if (name != null && slash > 0 && slash + 1 < name.length()) {
          e.set(USERS[i], name.substring(slash + 1));
          if (!e.has(DOMAINS[i])) {
            e.set(DOMAINS[i], name.substring(0, slash));
          }
        }
      }
    }
  },
  /// `name`, `directory` and `extension` of `file.path` and `file.target_path`, `process.name` of `process.executable`, also of the
  /// parent.
  PATH_PARTS {
    @Override
    void apply(Event e) {
      part(e, FILE_PATH, FILE_NAME, Conversion.BASE_NAME);
      part(e, FILE_PATH, FILE_DIRECTORY, Conversion.DIRECTORY);
      part(e, FILE_PATH, FILE_EXTENSION, Conversion.EXTENSION);
      part(e, PROCESS_EXECUTABLE, PROCESS_NAME, Conversion.BASE_NAME);
      part(e, PARENT_EXECUTABLE, PARENT_NAME, Conversion.BASE_NAME);
    }
  },
  /// `event.timezone`: the zone of the sensor, for sources whose stamps carry none.
  TIME_ZONE {
    @Override
    void apply(Event e, ZoneId zone) {
      if (!e.has(EVENT_TIMEZONE)) {
        e.set(EVENT_TIMEZONE, zone.getId().equals("Z") ? "UTC" : zone.getId());
      }
    }
  },
  /// `network.iana_number` from `network.transport`.
  IANA_NUMBER {
    @Override
    void apply(Event e) {
      String transport = e.string(Ecs.NETWORK_TRANSPORT);
      if (transport != null && !e.has(Ecs.NETWORK_IANA_NUMBER)) {
        String number = Conversion.ianaNumber(transport);
        if (number != null) {
          e.set(Ecs.NETWORK_IANA_NUMBER, number);
        }
      }
    }
  };

  private static final Field NETWORK_DIRECTION_FIELD = field("network.direction");
  private static final Field EVENT_TIMEZONE = field("event.timezone");
  private static final Field FILE_PATH = field("file.path");
  private static final Field FILE_NAME = field("file.name");
  private static final Field FILE_DIRECTORY = field("file.directory");
  private static final Field FILE_EXTENSION = field("file.extension");
  private static final Field PROCESS_EXECUTABLE = field("process.executable");
  private static final Field PROCESS_NAME = field("process.name");
  private static final Field PARENT_EXECUTABLE = field("process.parent.executable");
  private static final Field PARENT_NAME = field("process.parent.name");
  private static final Field[] USERS = {
    field("user.name"),
    field("source.user.name"),
    field("destination.user.name"),
    field("user.target.name"),
    field("user.effective.name")
  };
  private static final Field[] DOMAINS = {
    field("user.domain"),
    field("source.user.domain"),
    field("destination.user.domain"),
    field("user.target.domain"),
    field("user.effective.domain")
  };

  void apply(Event event) {}

  /// @param zone of stamps that carry none
  void apply(Event event, ZoneId zone) {
    apply(event);
  }

  private static Field field(String name) {
    return FieldCatalogue.get().field(name);
  }

  private static void part(Event e, Field path, Field part, Conversion as) {
    String text = e.string(path);
    if (text != null && !text.isEmpty() && !e.has(part)) {
      byte[] b = text.getBytes(StandardCharsets.UTF_8);
      Object value = as.boxed(part, b, 0, b.length);
      if (value != null) {
        e.setBoxed(part, value);
      }
    }
  }

  static @Nullable Derivation named(String name) {
    for (Derivation d : values()) {
      if (d.written().equals(name)) {
        return d;
      }
    }
    return null;
  }

  static String names() {
    return Arrays.stream(values()).map(Derivation::written).collect(Collectors.joining(", "));
  }

  private String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void total(Event e, Field sum, Field source, Field destination) {
    long a = e.longValue(source, Long.MIN_VALUE);
    long b = e.longValue(destination, Long.MIN_VALUE);
    if (a != Long.MIN_VALUE && b != Long.MIN_VALUE && !e.has(sum)) {
      e.set(sum, a + b);
    }
  }
}
