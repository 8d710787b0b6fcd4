package metron.storage.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import metron.storage.EventStore.Position;
import org.jspecify.annotations.Nullable;

/// What one commit of the whole store is: the Lucene commit of each partition, and how far each partition of the log is in
/// them. Lucene commits one index at a time; this file, replaced in one rename after all of them, makes them one.
///
/// Format, UTF-8 lines, tabs between columns:
/// ```
/// metron-events 1
/// sequence <next sequence number>
/// index <name> <generation>           one for each partition
/// position <topic> <partition> <offset> <index> <events>
/// crc <CRC-32C of all bytes before this line, hex>
/// ```
///
/// @param sequence next number of arrival to give out
/// @param generations partition name to generation of its Lucene commit
record CommitRecord(long sequence, Map<String, Long> generations, Map<Log, Written> positions) {
  static final String FILE = "commit";
  private static final String HEADER = "metron-events 1";

  CommitRecord {
    generations = Map.copyOf(generations);
    positions = Map.copyOf(positions);
  }

  /// A partition of the log.
  record Log(String topic, int partition) {}

  /// @param index position of the last event among those of its message
  record Written(long offset, int index, long events) {
    boolean covers(long otherOffset, int otherIndex) {
      return otherOffset < offset || (otherOffset == offset && otherIndex <= index);
    }
  }

  static Position position(Log log, Written w) {
    return new Position(log.topic(), log.partition(), w.offset(), w.events());
  }

  /// @return null if there is no file or it is damaged: the caller tells which and what it does about it
  static @Nullable CommitRecord read(Path folder) throws IOException {
    String text;
    try {
      text = Files.readString(folder.resolve(FILE));
    } catch (NoSuchFileException | java.nio.charset.CharacterCodingException e) {
      return null;
    }
    int crcLine = text.lastIndexOf("crc\t");
    if (crcLine < 0 || !text.substring(crcLine).strip().equals(crc(text.substring(0, crcLine)))) {
      return null;
    }
    long sequence = 0;
    Map<String, Long> generations = new TreeMap<>();
    Map<Log, Written> positions = new java.util.HashMap<>();
    String[] lines = text.substring(0, crcLine).split("\n");
    if (!lines[0].equals(HEADER)) {
      throw new IOException(
          folder.resolve(FILE)
              + " starts with '"
              + lines[0]
              + "', expected '"
              + HEADER
              + "': the index was written by another version");
    }
    for (int i = 1; i < lines.length; i++) {
      String[] c = lines[i].split("\t");
      switch (c[0]) {
        case "sequence" -> sequence = Long.parseLong(c[1]);
        case "index" -> generations.put(c[1], Long.parseLong(c[2]));
        case "position" ->
            positions.put(
                new Log(c[1], Integer.parseInt(c[2])),
                new Written(Long.parseLong(c[3]), Integer.parseInt(c[4]), Long.parseLong(c[5])));
        default -> throw new IOException(folder.resolve(FILE) + ": unknown line '" + c[0] + "'");
      }
    }
    return new CommitRecord(sequence, generations, positions);
  }

  /// Durable when it returns.
  void write(Path folder) throws IOException {
    StringBuilder out = new StringBuilder(HEADER).append('\n');
    out.append("sequence\t").append(sequence).append('\n');
    new TreeMap<>(generations).forEach((name, g) -> out.append("index\t" + name + "\t" + g + "\n"));
    positions.forEach(
        (log, w) ->
            out.append(
                "position\t"
                    + log.topic()
                    + "\t"
                    + log.partition()
                    + "\t"
                    + w.offset()
                    + "\t"
                    + w.index()
                    + "\t"
                    + w.events()
                    + "\n"));
    out.append(crc(out.toString())).append('\n');
    Path draft = folder.resolve(FILE + ".new");
    try (FileChannel file =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "crc\t" + Long.toHexString(crc.getValue());
  }
}
