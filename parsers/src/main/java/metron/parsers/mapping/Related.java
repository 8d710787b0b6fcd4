package metron.parsers.mapping;

import java.util.Arrays;
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

  private final Object[][] found = new Object[SOURCES.length][MAX_VALUES];
  private final int[] counts = new int[SOURCES.length];

  void fill(Event event) {
    int before = event.size();
    for (int i = 0; i < before; i++) {
      int id = event.fieldAt(i).id();
      if (id < 0 || id >= ROLE.length || ROLE[id] < 0) {
        continue;
      }
      Object value = event.refAt(i);
      if (value != null) {
        addAll(event, ROLE[id], value);
      }
    }
    for (int role = 0; role < counts.length; role++) {
      int count = counts[role];
      if (count > 0) {
        counts[role] = 0;
        event.set(TARGETS[role], Lists.list(found[role], count));
        Arrays.fill(found[role], 0, count, null);
      }
    }
  }

  private void addAll(Event event, int role, Object value) {
    if (counts[role] == 0) {
      for (Object item : event.values(TARGETS[role])) {
        add(role, item);
      }
    }
    if (value instanceof List<?> items) {
      for (Object item : items) {
        add(role, item);
      }
    } else {
      add(role, value);
    }
  }

  private void add(int role, Object value) {
    Object[] values = found[role];
    int count = counts[role];
    for (int i = 0; i < count; i++) {
      if (values[i].equals(value)) {
        return;
      }
    }
    if (count < MAX_VALUES) {
      values[count] = value;
      counts[role] = count + 1;
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
    Arrays.fill(roles, (byte) -1);
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
