package metron.packets.carve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/// Writes a zip file of stored entries with the traditional encryption (APPNOTE.TXT 6.3.10, sections 4.3 and 6.1). Not thread-safe.
final class ProtectedZip implements AutoCloseable {
  private static final long MOST = 0xffff_fffeL;
  // Encrypted; sizes and CRC stand behind the data; names are UTF-8.
  private static final int FLAGS = 0x0809;
  private static final int VERSION = 20;
  // 1980-01-01, the first day there is: a time says nothing here.
  private static final int DATE = 0x21;
  private static final int[] CRC = table();

  private final OutputStream out;
  private final byte[] password;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final SecureRandom random = new SecureRandom();
  private int entries;
  private long offset;
  private int key0;
  private int key1;
  private int key2;

  ProtectedZip(OutputStream out, String password) {
    this.out = out;
    this.password = password.getBytes(StandardCharsets.UTF_8);
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int c = i;
      for (int bit = 0; bit < 8; bit++) {
        c = (c & 1) != 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
      }
      table[i] = c;
    }
    return table;
  }

  private static int crc(int crc, int b) {
    return CRC[(crc ^ b) & 255] ^ (crc >>> 8);
  }

  private void keys(int plain) {
    key0 = crc(key0, plain);
    key1 = (key1 + (key0 & 255)) * 134_775_813 + 1;
    key2 = crc(key2, key1 >>> 24);
  }

  private byte encrypt(int plain) {
    int mask = (key2 & 0xffff) | 2;
    int stream = ((mask * (mask ^ 1)) >>> 8) & 255;
    keys(plain & 255);
    return (byte) (plain ^ stream);
  }

  /// @param size of the content, for the limit of the format
  void add(String name, InputStream content, long size) throws IOException {
    if (size > MOST || offset > MOST - size || entries == 0xffff) {
      throw new IOException("the zip file would be over 4 GiB or have over 65,535 files");
    }
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    long begin = offset;
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    le(header, 0x04034b50, 4);
    le(header, VERSION, 2);
    le(header, FLAGS, 2);
    le(header, 0, 2);
    le(header, 0, 2);
    le(header, DATE, 2);
    le(header, 0, 4);
    le(header, 0, 4);
    le(header, 0, 4);
    le(header, nameBytes.length, 2);
    le(header, 0, 2);
    header.writeBytes(nameBytes);
    write(header.toByteArray(), header.size());
    key0 = 0x12345678;
    key1 = 0x23456789;
    key2 = 0x34567890;
    for (byte b : password) {
      keys(b & 255);
    }
    byte[] salt = new byte[12];
    random.nextBytes(salt);
    // With sizes behind the data the last byte repeats the upper half of the time, which is 0.
    salt[11] = 0;
    for (int i = 0; i < salt.length; i++) {
      salt[i] = encrypt(salt[i]);
    }
    write(salt, salt.length);
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 14];
    long written = 0;
    for (int n = content.read(buffer); n > 0; n = content.read(buffer)) {
      crc.update(buffer, 0, n);
      for (int i = 0; i < n; i++) {
        buffer[i] = encrypt(buffer[i]);
      }
      write(buffer, n);
      written += n;
    }
    ByteArrayOutputStream trailer = new ByteArrayOutputStream();
    le(trailer, 0x08074b50, 4);
    sizes(trailer, crc.getValue(), written);
    write(trailer.toByteArray(), trailer.size());
    le(directory, 0x02014b50, 4);
    le(directory, VERSION, 2);
    le(directory, VERSION, 2);
    le(directory, FLAGS, 2);
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, DATE, 2);
    sizes(directory, crc.getValue(), written);
    le(directory, nameBytes.length, 2);
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, 0, 2);
    le(directory, 0, 4);
    le(directory, begin, 4);
    directory.writeBytes(nameBytes);
    entries++;
  }

  private static void sizes(ByteArrayOutputStream to, long crc, long written) {
    le(to, crc, 4);
    le(to, written + 12, 4);
    le(to, written, 4);
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    offset += length;
  }

  private static void le(ByteArrayOutputStream to, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      to.write((int) (value >>> (8 * i)));
    }
  }

  void finish() throws IOException {
    long begin = offset;
    byte[] all = directory.toByteArray();
    write(all, all.length);
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    le(end, 0x06054b50, 4);
    le(end, 0, 4);
    le(end, entries, 2);
    le(end, entries, 2);
    le(end, all.length, 4);
    le(end, begin, 4);
    le(end, 0, 2);
    write(end.toByteArray(), end.size());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
