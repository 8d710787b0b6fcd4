package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static metron.pipeline.intake.MemoryLog.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import metron.event.RawMessage;
import metron.pipeline.kafka.RawRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileTailTest {
  private final MemoryLog log = new MemoryLog();
  private Path file;

  @TempDir private Path folder;

  @BeforeEach
  void place() {
    file = folder.resolve("eve.json");
  }

  @Test
  void readsWhatIsThereAndWhatIsAdded() throws Exception {
    write("one\ntwo\r\n\nthr");
    try (FileTail tail = tail(file.toString(), true)) {
      assertThat(log.await(2)).containsExactly("one", "two");
      write("ee\n");
      assertThat(log.await(3)).endsWith("three");
      assertThat(log.entries.getFirst().metadata()).containsEntry(RawMessage.FILE, file.toString());
      assertThat(tail.status().records()).isEqualTo(3);
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    write("one\ntwo\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(2);
      awaitSaved();
    }
    write("three\n");
    try (FileTail _ = tail(file.toString(), true)) {
      assertThat(log.await(3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void startsAtTheEndWhenTold() throws Exception {
    write("old\n");
    try (FileTail _ = tail(file.toString(), false)) {
      awaitSaved();
      write("new\n");
      assertThat(log.await(1)).containsExactly("new");
    }
  }

  @Test
  void followsARenamedFileToItsEnd() throws Exception {
    write("one\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(1);
      Files.move(file, folder.resolve("eve.json.1"));
      Files.writeString(folder.resolve("eve.json.1"), "two\n", StandardOpenOption.APPEND);
      write("three\n");
      assertThat(log.await(3)).containsExactlyInAnyOrder("one", "two", "three");
    }
  }

  @Test
  void findsAFileThatWasRenamedWhileItWasStopped() throws Exception {
    write("one\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(1);
      awaitSaved();
    }
    write("two\nlast without end");
    Files.move(file, folder.resolve("eve.json-2026"));
    write("three\n");
    try (FileTail _ = tail(file.toString(), true)) {
      assertThat(log.await(4)).containsExactlyInAnyOrder("one", "two", "last without end", "three");
    }
    try (FileTail _ = tail(file.toString(), true)) {
      write("four\n");
      assertThat(log.await(5)).endsWith("four");
    }
  }

  @Test
  void readsTheRestFromTheCopyOfATruncatedFile() throws Exception {
    write("one\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(1);
      awaitSaved();
    }
    // What nobody has read yet when the file is truncated.
    write("two\n");
    Files.copy(file, folder.resolve("eve.json.1"));
    truncate();
    write("a new first line that is longer than the old\n");
    try (FileTail _ = tail(file.toString(), true)) {
      assertThat(log.await(3))
          .containsExactlyInAnyOrder("one", "two", "a new first line that is longer than the old");
    }
  }

  @Test
  void readsATruncatedFileFromItsStart() throws Exception {
    write("a first line\nand a second\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(2);
      truncate();
      write("new\n");
      assertThat(log.await(3)).endsWith("new");
    }
  }

  @Test
  void doesNotReadACopyAgain() throws Exception {
    write("one\ntwo\n");
    try (FileTail _ = tail(folder.resolve("eve*").toString(), true)) {
      log.await(2);
      Files.copy(file, folder.resolve("eve.json.1"), StandardCopyOption.COPY_ATTRIBUTES);
      Path other = Files.writeString(folder.resolve("eve-other.json"), "other\n");
      assertThat(log.await(3)).endsWith("other");
      truncate();
      write("three\n");
      assertThat(log.await(4)).endsWith("three");
      Files.writeString(other, "more\n", StandardOpenOption.APPEND);
      assertThat(log.await(5)).endsWith("more");
    }
  }

  @Test
  void readsAFolderButNoPackedAndNoHiddenFiles() throws Exception {
    Files.writeString(folder.resolve("a.log"), "a\n");
    Files.writeString(folder.resolve("b.log.gz"), "packed\n");
    Files.writeString(folder.resolve(".c.swp"), "hidden\n");
    try (FileTail _ = tail(folder.toString(), true)) {
      log.await(1);
      Files.writeString(folder.resolve("d.log"), "d\n");
      assertThat(log.await(2)).containsExactly("a", "d");
    }
  }

  @Test
  void losesNothingWhileTheLogIsAway() throws Exception {
    log.losing = true;
    write("one\ntwo\n");
    try (FileTail tail = tail(file.toString(), true)) {
      awaitThat(() -> tail.status().problem() != null);
      assertThat(tail.status().problem()).contains("went away");
      log.losing = false;
      assertThat(log.await(2)).containsExactly("one", "two");
    }
  }

  @Test
  void cutsALineAboveTheMaximum() throws Exception {
    write("x".repeat(3 << 20) + "\nnext\n");
    try (FileTail _ = tail(file.toString(), true)) {
      log.await(2);
      assertThat(log.entries.getFirst().bytes()).hasSize(IntakeConfig.LARGEST_RECORD);
      assertThat(log.entries.getFirst().metadata()).containsKey(RawRecords.OVERSIZE);
      assertThat(log.texts().getLast()).isEqualTo("next");
    }
  }

  @Test
  void readsLargeFilesWhole() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      lines.add("line " + i + " " + "x".repeat(i % 90));
    }
    Files.write(file, lines);
    try (FileTail tail = tail(file.toString(), true)) {
      awaitThat(() -> log.entries.size() >= 1000);
      awaitThat(() -> tail.status().records() == lines.size());
      assertThat(log.texts()).isEqualTo(lines);
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void truncate() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  private void awaitSaved() throws InterruptedException {
    Path state = folder.resolve("state/test.tsv");
    awaitThat(
        () -> {
          try {
            return Files.exists(state)
                && Files.readString(state).lines().anyMatch(l -> !l.contains("\t0\t"));
          } catch (IOException e) {
            return false;
          }
        });
  }

  private FileTail tail(String path, boolean fromStart) throws IOException {
    return new FileTail(
        new IntakeConfig.Files("test", List.of(path), "suricata", fromStart, Duration.ofMillis(20)),
        folder.resolve("state"),
        log,
        InstantSource.system());
  }
}
