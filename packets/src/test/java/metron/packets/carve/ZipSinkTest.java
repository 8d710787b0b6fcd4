package metron.packets.carve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.Finding;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipSinkTest {
  @TempDir private Path folder;

  private static void put(FileSink sink, String name, String text, boolean whole)
      throws IOException {
    OutputStream out = sink.open("http", name);
    if (out != null) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    sink.done(out, new Finding.CarvedFile("http", name, "", text.length(), "", "", "", whole));
  }

  @Test
  void everyEntryIsEncryptedAndNamedSafely() throws IOException {
    Path zip = folder.resolve("out.zip");
    try (ZipSink sink = new ZipSink(zip, "infected")) {
      put(sink, "../../etc/passwd", "secret words", true);
      put(sink, "a.exe", "x", true);
      put(sink, "a.exe", "y", false);
    }
    assertThat(new String(Files.readAllBytes(zip), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret words");
    byte[] file = Files.readAllBytes(zip);
    assertThat(names(file)).containsExactly("..%2f..%2fetc%2fpasswd", "a.exe", "a.exe.partial");
    int data = 30 + "..%2f..%2fetc%2fpasswd".length();
    assertThat(decrypted(file, data, "secret words".length(), "infected"))
        .isEqualTo("secret words");
  }

  /// Of the central directory.
  private static List<String> names(byte[] file) {
    List<String> names = new ArrayList<>();
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = b.getInt(file.length - 6);
    while (b.getInt(at) == 0x02014b50) {
      int length = b.getShort(at + 28);
      assertThat(b.getShort(at + 8) & 1).as("encrypted").isEqualTo(1);
      names.add(new String(file, at + 46, length, StandardCharsets.UTF_8));
      at += 46 + length;
    }
    return names;
  }

  /// As any unzip does it, written after APPNOTE.TXT section 6.1.
  private static String decrypted(byte[] file, int at, int length, String password) {
    int[] keys = {0x12345678, 0x23456789, 0x34567890};
    for (char c : password.toCharArray()) {
      update(keys, c);
    }
    byte[] plain = new byte[length + 12];
    for (int i = 0; i < plain.length; i++) {
      int t = (keys[2] | 2) & 0xffff;
      plain[i] = (byte) (file[at + i] ^ ((t * (t ^ 1)) >>> 8));
      update(keys, plain[i] & 255);
    }
    return new String(plain, 12, length, StandardCharsets.UTF_8);
  }

  private static void update(int[] keys, int b) {
    keys[0] = crc(keys[0], b);
    keys[1] = (keys[1] + (keys[0] & 255)) * 134775813 + 1;
    keys[2] = crc(keys[2], keys[1] >>> 24);
  }

  private static int crc(int crc, int b) {
    int c = (crc ^ b) & 255;
    for (int bit = 0; bit < 8; bit++) {
      c = (c & 1) == 1 ? c >>> 1 ^ 0xedb88320 : c >>> 1;
    }
    return c ^ crc >>> 8;
  }

  @Test
  void aFolderKeepsFilesOfOneNameApart() throws IOException {
    Path to = folder.resolve("files");
    try (FolderSink sink = new FolderSink(to)) {
      put(sink, "a.tar.gz", "1", true);
      put(sink, "a.tar.gz", "2", true);
      put(sink, "..", "3", true);
      // Never told to be done: not kept.
      assertThat(sink.open("http", "left")).isNotNull();
    }
    try (Stream<Path> all = Files.list(to)) {
      List<String> names = all.map(p -> p.getFileName().toString()).sorted().toList();
      assertThat(names).containsExactly("a.tar(1).gz", "a.tar.gz", "object..");
    }
  }

  @Property
  void anyNameStaysInItsFolder(@ForAll String name) {
    String safe = FileNames.safe(name, 0);
    assertThat(safe).isNotEmpty().doesNotContain("/", "\\", "\0").isNotIn(".", "..");
    assertThat(safe.length()).isLessThan(240);
  }
}
