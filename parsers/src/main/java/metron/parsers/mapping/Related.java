package metron.parsers.mapping;

import java.util.ArrayList;
import java.util.List;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;

/// Gathers into `related.ip`, `.hosts`, `.user` and `.hash` everyone who took part, so that one click finds an address
/// whatever its role.
final class Related {
  private static final int MAX_VALUES = 200;

  private static final String[][] SOURCES = {
    {
      "related.ip",
      "source.ip",
      "destination.ip",
      "client.ip",
      "server.ip",
      "source.nat.ip",
      "destination.nat.ip",
      "host.ip"
    },
    {
      "related.hosts",
      "host.name",
      "host.hostname",
      "source.domain",
      "destination.domain",
      "client.domain",
      "server.domain",
      "url.domain",
      "dns.question.name",
      "tls.client.server_name"
    },
    {
      "related.user",
      "user.name",
      "source.user.name",
      "destination.user.name",
      "client.user.name",
      "server.user.name",
      "user.target.name",
      "user.effective.name",
      "user.changes.name"
    },
    {
      "related.hash",
      "file.hash.md5",
      "file.hash.sha1",
      "file.hash.sha256",
      "file.hash.sha512",
      "process.hash.md5",
      "process.hash.sha1",
      "process.hash.sha256",
      "tls.server.hash.md5",
      "tls.server.hash.sha1",
      "tls.server.hash.sha256",
      "tls.client.hash.md5",
      "tls.client.hash.sha1",
      "tls.client.hash.sha256",
      "tls.client.ja3",
      "tls.server.ja3s"
    },
  };

  private static final Field[] TARGETS = new Field[SOURCES.length];

  // By field id: which list the field's values go to, or -1.
  private static final byte[] ROLE = roles();

  private Related() {}

  static void fill(Event event) {
    int before = event.size();
    for (int r = 0; r < TARGETS.length; r++) {
      fill(event, r, before);
    }
  }

  private static void fill(Event event, int role, int size) {
    List<Object> found = null;
    Field target = TARGETS[role];
    for (int i = 0; i < size; i++) {
      int id = event.fieldAt(i).id();
      if (id < 0 || id >= ROLE.length || ROLE[id] != role) {
        continue;
      }
      Object value = event.refAt(i);
      if (value == null) {
        continue;
      }
      if (found == null) {
        found = new ArrayList<>(4);
        found.addAll(event.values(target));
      }
      if (value instanceof List<?> list) {
        for (Object item : list) {
          add(found, item);
        }
      } else {
        add(found, value);
      }
    }
    if (found != null) {
      event.set(target, found);
    }
  }

  private static void add(List<Object> found, Object value) {
    if (found.size() < MAX_VALUES && !found.contains(value)) {
      found.add(value);
    }
  }

  private static byte[] roles() {
    FieldCatalogue catalogue = FieldCatalogue.get();
    int max = 0;
    for (String[] names : SOURCES) {
      for (String name : names) {
        max = Math.max(max, catalogue.field(name).id());
      }
    }
    byte[] roles = new byte[max + 1];
    java.util.Arrays.fill(roles, (byte) -1);
    for (int r = 0; r < SOURCES.length; r++) {
      TARGETS[r] = catalogue.field(SOURCES[r][0]);
      for (int i = 1; i < SOURCES[r].length; i++) {
        Field field = catalogue.field(SOURCES[r][i]);
        if (field.isExt() || (field.type() == FieldType.IP) != (r == 0)) {
          throw new IllegalStateException("field " + field + " can't be related");
        }
        roles[field.id()] = (byte) r;
      }
    }
    return roles;
  }
}
