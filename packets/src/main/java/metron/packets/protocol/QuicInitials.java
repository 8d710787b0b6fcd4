package metron.packets.protocol;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import metron.packets.flow.Flow;

/// The client hello in QUIC's Initial packets (RFC 9000 section 17.2.2, RFC 9001 section 5, RFC 9369 for version 2). Their keys are
/// made of the connection id that the client chose, which is in clear, so that everybody on the way can read them.
///
/// A hello in several packets is put together; at most 1,024 connections wait for theirs, with 64 KiB each.
final class QuicInitials {
  private static final int VERSION_1 = 1;
  private static final int VERSION_2 = 0x6b3343cf;
  private static final int MOST = 1024;
  private static final int MOST_HELLO = 1 << 16;
  private static final byte[] SALT_1 =
      HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final byte[] SALT_2 =
      HexFormat.of().parseHex("0dede3def700a6db819381be6e269dcbf9bd2ed9");

  private record Key(long flow, int side) {}

  record Secrets(byte[] key, byte[] iv, byte[] headerKey) {}

  private static final class Hello {
    private final byte[] connection;
    private final Secrets secrets;
    private final TreeMap<Integer, byte[]> pieces = new TreeMap<>();
    private int bytes;
    private boolean done;

    Hello(byte[] connection, Secrets secrets) {
      this.connection = connection;
      this.secrets = secrets;
    }
  }

  private final BufferBudget budget;
  private final LinkedHashMap<Key, Hello> hellos = new LinkedHashMap<>();

  QuicInitials(BufferBudget budget) {
    this.budget = budget;
  }

  void ended(Flow flow) {
    if (!hellos.isEmpty() && flow.protocol() == 17) {
      for (int side = 0; side < 2; side++) {
        Hello hello = hellos.remove(new Key(flow.number(), side));
        if (hello != null) {
          budget.give(hello.bytes);
        }
      }
    }
  }

  Optional<Finding> read(Flow flow, int side, byte[] b, int offset, int end) {
    try {
      return packets(flow, side, b, offset, end);
    } catch (GeneralSecurityException e) {
      // Not made with these keys: a packet of the server, or no QUIC at all.
      return Optional.empty();
    }
  }

  private Optional<Finding> packets(Flow flow, int side, byte[] b, int offset, int end)
      throws GeneralSecurityException {
    int at = offset;
    // Several packets may share a datagram.
    for (int i = 0; i < 8 && end - at >= 20; i++) {
      int first = b[at] & 255;
      if ((first & 0xc0) != 0xc0) {
        return Optional.empty();
      }
      int version = (int) Names.u32(b, at + 1);
      if (version != VERSION_1 && version != VERSION_2) {
        return Optional.empty();
      }
      boolean initial = ((first >> 4) & 3) == (version == VERSION_1 ? 0 : 1);
      int p = at + 5;
      int destination = b[p] & 255;
      int destinationAt = p + 1;
      p = destinationAt + destination;
      if (destination > 20 || p >= end) {
        return Optional.empty();
      }
      p += 1 + (b[p] & 255);
      if (p >= end) {
        return Optional.empty();
      }
      int[] next = new int[1];
      if (initial) {
        long token = number(b, p, end, next);
        if (token < 0 || token > end - next[0]) {
          return Optional.empty();
        }
        p = (int) (next[0] + token);
      }
      long length = number(b, p, end, next);
      if (length < 20 || length > end - next[0]) {
        return Optional.empty();
      }
      int body = next[0];
      int stop = (int) (body + length);
      if (initial) {
        byte[] connection = Arrays.copyOfRange(b, destinationAt, destinationAt + destination);
        Optional<Finding> found =
            initial(flow, side, b, at, body, stop, connection, version == VERSION_2);
        if (found.isPresent()) {
          return found;
        }
      }
      at = stop;
    }
    return Optional.empty();
  }

  private Optional<Finding> initial(
      Flow flow, int side, byte[] b, int at, int body, int stop, byte[] connection, boolean two)
      throws GeneralSecurityException {
    Key key = new Key(flow.number(), side);
    Hello hello = hellos.get(key);
    if (hello != null && hello.done) {
      return Optional.empty();
    }
    if (hello == null || !Arrays.equals(hello.connection, connection)) {
      if (hello != null && hello.bytes > 0) {
        // After the server's answer the client names another connection; the keys stay.
        connection = hello.connection;
      } else {
        hello = new Hello(connection, secrets(connection, two));
      }
    }
    byte[] plain = decrypt(b, at, body, stop, hello.secrets);
    if (!hellos.containsKey(key)) {
      if (hellos.size() >= MOST) {
        Map.Entry<Key, Hello> oldest = hellos.pollFirstEntry();
        if (oldest != null) {
          budget.give(oldest.getValue().bytes);
        }
      }
    }
    hellos.put(key, hello);
    frames(hello, plain);
    return client(hello);
  }

  private static byte[] decrypt(byte[] b, int at, int body, int stop, Secrets secrets)
      throws GeneralSecurityException {
    Cipher mask = Cipher.getInstance("AES/ECB/NoPadding");
    mask.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secrets.headerKey(), "AES"));
    byte[] bits = mask.doFinal(b, body + 4, 16);
    byte[] header = Arrays.copyOfRange(b, at, body + 4);
    header[0] ^= (byte) (bits[0] & 15);
    int size = (header[0] & 3) + 1;
    int number = 0;
    for (int i = 0; i < size; i++) {
      header[body - at + i] ^= bits[1 + i];
      number = number << 8 | (header[body - at + i] & 255);
    }
    byte[] nonce = secrets.iv().clone();
    for (int i = 0; i < 4; i++) {
      nonce[11 - i] ^= (byte) (number >>> (8 * i));
    }
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(secrets.key(), "AES"),
        new GCMParameterSpec(128, nonce));
    gcm.updateAAD(header, 0, body - at + size);
    return gcm.doFinal(b, body + size, stop - body - size);
  }

  /// The client's keys.
  static Secrets secrets(byte[] connection, boolean two) throws GeneralSecurityException {
    byte[] initial = hmac(two ? SALT_2 : SALT_1, connection);
    byte[] client = expand(initial, "client in", 32);
    String prefix = two ? "quicv2 " : "quic ";
    return new Secrets(
        expand(client, prefix + "key", 16),
        expand(client, prefix + "iv", 12),
        expand(client, prefix + "hp", 16));
  }

  /// HKDF-Expand-Label (RFC 8446 section 7.1) for one block of SHA-256.
  private static byte[] expand(byte[] secret, String label, int length)
      throws GeneralSecurityException {
    byte[] name = ("tls13 " + label).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] info = new byte[name.length + 5];
    info[1] = (byte) length;
    info[2] = (byte) name.length;
    System.arraycopy(name, 0, info, 3, name.length);
    info[name.length + 4] = 1;
    return Arrays.copyOf(hmac(secret, info), length);
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  private void frames(Hello hello, byte[] b) {
    int at = 0;
    int[] next = new int[1];
    while (at < b.length) {
      int type = b[at];
      if (type == 0 || type == 1) {
        // PADDING, PING
        at++;
        continue;
      }
      if (type == 2 || type == 3) {
        int skipped = ack(b, at + 1, type == 3);
        if (skipped < 0) {
          return;
        }
        at = skipped;
        continue;
      }
      if (type != 6) {
        return;
      }
      long offset = number(b, at + 1, b.length, next);
      if (offset < 0 || offset > MOST_HELLO) {
        return;
      }
      long length = number(b, next[0], b.length, next);
      if (length < 0 || length > b.length - next[0] || offset + length > MOST_HELLO) {
        return;
      }
      int size = (int) length;
      if (!hello.pieces.containsKey((int) offset)
          && hello.pieces.size() < 256
          && hello.bytes + size <= 2 * MOST_HELLO
          && budget.take(size)) {
        hello.bytes += size;
        hello.pieces.put((int) offset, Arrays.copyOfRange(b, next[0], next[0] + size));
      }
      at = next[0] + size;
    }
  }

  private static int ack(byte[] b, int from, boolean counts) {
    int[] next = {from};
    long largest = number(b, next[0], b.length, next);
    long delay = largest < 0 ? -1 : number(b, next[0], b.length, next);
    long ranges = delay < 0 ? -1 : number(b, next[0], b.length, next);
    if (ranges < 0 || ranges > 256) {
      return -1;
    }
    long more = 1 + 2 * ranges + (counts ? 3 : 0);
    for (long i = 0; i < more; i++) {
      if (number(b, next[0], b.length, next) < 0) {
        return -1;
      }
    }
    return next[0];
  }

  private Optional<Finding> client(Hello hello) {
    byte[] all = new byte[MOST_HELLO];
    int have = 0;
    for (Map.Entry<Integer, byte[]> piece : hello.pieces.entrySet()) {
      if (piece.getKey() > have) {
        return Optional.empty();
      }
      byte[] bytes = piece.getValue();
      System.arraycopy(bytes, 0, all, piece.getKey(), bytes.length);
      have = Math.max(have, piece.getKey() + bytes.length);
    }
    if (have < 4 || all[0] != 1) {
      return Optional.empty();
    }
    int end = 4 + Names.u24(all, 1);
    if (end > have) {
      return Optional.empty();
    }
    hello.done = true;
    budget.give(hello.bytes);
    hello.bytes = 0;
    hello.pieces.clear();
    return TlsHellos.client(all, 4, end, true).map(found -> (Finding) found);
  }

  /// A number of variable length (RFC 9000 section 16); -1 if it is not there. `next` is where it ends.
  private static long number(byte[] b, int at, int end, int[] next) {
    if (at >= end) {
      return -1;
    }
    int size = 1 << ((b[at] & 255) >> 6);
    if (at + size > end) {
      return -1;
    }
    long value = b[at] & 0x3f;
    for (int i = 1; i < size; i++) {
      value = value << 8 | (b[at + i] & 255);
    }
    next[0] = at + size;
    return value;
  }
}
