package metron.detection.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings an event as JSON has it to flat names. Names within names are joined by dots. Of a Windows event, as `wevtutil` and
/// EVTX converters (`Event.System`, `Event.EventData`) or winlogbeat (`winlog.event_data`) write it, the data also lie under
/// their own names, as rules ask for them: `EventID`, `Channel`, `Image`.
public final class RawEvents {
  private static final int DEPTH = 50;
  private static final Map<String, String> WINLOG =
      Map.of(
          "channel", "Channel",
          "event_id", "EventID",
          "provider_name", "Provider_Name",
          "computer_name", "Computer");

  private RawEvents() {}

  public static Map<String, Object> flat(Map<?, ?> event) {
    Map<String, Object> flat = new LinkedHashMap<>();
    join("", event, flat, 0);
    if (event.get("Event") instanceof Map<?, ?> inner) {
      windows(inner, flat);
    } else if (event.get("System") instanceof Map<?, ?>) {
      windows(event, flat);
    }
    if (event.get("winlog") instanceof Map<?, ?> winlog) {
      winlogbeat(winlog, flat);
    }
    return flat;
  }

  private static void windows(Map<?, ?> event, Map<String, Object> flat) {
    if (event.get("System") instanceof Map<?, ?> system) {
      own(system, flat);
      if (system.get("Provider") instanceof Map<?, ?> provider) {
        Map<?, ?> attributes = provider.get("#attributes") instanceof Map<?, ?> a ? a : provider;
        put(flat, "Provider_Name", attributes.get("Name"));
      }
    }
    if (event.get("EventData") instanceof Map<?, ?> data) {
      own(data, flat);
    }
    if (event.get("UserData") instanceof Map<?, ?> data) {
      own(data, flat);
      for (Object part : data.values()) {
        if (part instanceof Map<?, ?> inner) {
          own(inner, flat);
        }
      }
    }
  }

  private static void winlogbeat(Map<?, ?> winlog, Map<String, Object> flat) {
    WINLOG.forEach((name, sigma) -> put(flat, sigma, winlog.get(name)));
    for (String data : List.of("event_data", "user_data")) {
      if (winlog.get(data) instanceof Map<?, ?> values) {
        own(values, flat);
      }
    }
  }

  /// Values under their own names, not those of where they stand.
  private static void own(Map<?, ?> values, Map<String, Object> flat) {
    values.forEach(
        (name, value) ->
            put(
                flat,
                String.valueOf(name),
                value instanceof Map<?, ?> map ? map.get("#text") : value));
  }

  private static void put(Map<String, Object> flat, String name, @Nullable Object value) {
    if (value != null && !(value instanceof Map)) {
      flat.put(name, value);
    }
  }

  private static void join(
      String name, @Nullable Object value, Map<String, Object> flat, int depth) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map when depth < DEPTH ->
          map.forEach(
              (key, inner) ->
                  join(
                      name.isEmpty() ? String.valueOf(key) : name + '.' + key,
                      inner,
                      flat,
                      depth + 1));
      case Collection<?> values when depth < DEPTH ->
          values.forEach(inner -> join(name, inner, flat, depth + 1));
      default -> add(flat, name, value);
    }
  }

  /// The values of the members of a list gather under one name.
  private static void add(Map<String, Object> flat, String name, Object value) {
    Object before = flat.putIfAbsent(name, value);
    if (before == null) {
      return;
    }
    List<Object> all = new ArrayList<>();
    if (before instanceof List<?> values) {
      all.addAll(values);
    } else {
      all.add(before);
    }
    all.add(value);
    flat.put(name, all);
  }
}
