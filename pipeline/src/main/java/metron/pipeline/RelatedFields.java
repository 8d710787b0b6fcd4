package metron.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import org.jspecify.annotations.Nullable;

/// Fills `related.ip`, `related.hosts`, `related.user` and `related.hash` with every address, host name, user name and hash
/// that the event names anywhere (ECS field set `related`), so that one query finds all events about an entity.
///
/// What a field is, is decided once for each catalogued field: one look at an array a slot. Not thread-safe.
final class RelatedFields {
  private static final byte NONE = 0;
  private static final byte IP = 1;
  private static final byte HOST = 2;
  private static final byte USER = 3;
  private static final byte HASH = 4;
  private static final byte UNKNOWN = -1;

  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(host|observer)\\.(name|hostname)|(source|destination|client|server|url)\\.domain"
              + "|dns\\.question\\.name|tls\\.client\\.server_name|log\\.syslog\\.hostname");
  private static final Pattern USER_NAME =
      Pattern.compile(
          "((source|destination|client|server|process|process\\.parent)\\.)?user"
              + "(\\.(effective|target|changes))?\\.name|url\\.username");
  private static final Pattern HASH_NAME =
      Pattern.compile(".+\\.hash\\.(md5|sha1|sha224|sha256|sha384|sha512|tlsh|ssdeep)|.+\\.ja3s?");

  private final List<Object> ips = new ArrayList<>();
  private final List<Object> hosts = new ArrayList<>();
  private final List<Object> users = new ArrayList<>();
  private final List<Object> hashes = new ArrayList<>();
  private byte[] kinds = new byte[0];

  void complete(Event event) {
    ips.clear();
    hosts.clear();
    users.clear();
    hashes.clear();
    for (int i = 0; i < event.size(); i++) {
      switch (kind(event.fieldAt(i))) {
        case IP -> gather(event.valueAt(i), ips);
        case HOST -> gather(event.valueAt(i), hosts);
        case USER -> gather(event.valueAt(i), users);
        case HASH -> gather(event.valueAt(i), hashes);
        default -> {}
      }
    }
    set(event, Ecs.RELATED_IP, ips);
    set(event, Ecs.RELATED_HOSTS, hosts);
    set(event, Ecs.RELATED_USER, users);
    set(event, Ecs.RELATED_HASH, hashes);
  }

  private byte kind(Field field) {
    int id = field.id();
    if (id < 0) {
      return field.type() == FieldType.IP ? IP : NONE;
    }
    if (id >= kinds.length) {
      kinds = grown(kinds, Math.max(id + 1, FieldCatalogue.get().all().size()));
    }
    byte kind = kinds[id];
    if (kind == UNKNOWN) {
      kind = kindOf(field);
      kinds[id] = kind;
    }
    return kind;
  }

  private static byte[] grown(byte[] old, int size) {
    byte[] kinds = new byte[size];
    Arrays.fill(kinds, UNKNOWN);
    System.arraycopy(old, 0, kinds, 0, old.length);
    return kinds;
  }

  private static byte kindOf(Field field) {
    String name = field.name();
    if (name.startsWith("related.") || name.startsWith("threat.")) {
      return NONE;
    }
    if (field.type() == FieldType.IP) {
      return IP;
    }
    if (field.type() != FieldType.STRING) {
      return NONE;
    }
    if (HOST_NAME.matcher(name).matches()) {
      return HOST;
    }
    if (USER_NAME.matcher(name).matches()) {
      return USER;
    }
    return HASH_NAME.matcher(name).matches() ? HASH : NONE;
  }

  private static void gather(@Nullable Object value, List<Object> into) {
    if (value instanceof List<?> list) {
      for (Object one : list) {
        gather(one, into);
      }
    } else if (value != null && !value.equals("") && !into.contains(value)) {
      into.add(value);
    }
  }

  private static void set(Event event, Field related, List<Object> found) {
    if (found.isEmpty()) {
      return;
    }
    // What the sensor itself put there stays.
    for (Object already : event.values(related)) {
      if (!found.contains(already)) {
        found.add(already);
      }
    }
    event.set(related, found);
  }
}
