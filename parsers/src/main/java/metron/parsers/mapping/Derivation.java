package metron.parsers.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
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

  abstract void apply(Event event);

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
