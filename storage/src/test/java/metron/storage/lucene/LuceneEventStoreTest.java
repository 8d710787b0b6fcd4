package metron.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import metron.event.query.Query;
import metron.storage.EventStore;
import metron.storage.EventStoreContract;
import metron.storage.SearchTimeoutException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;

class LuceneEventStoreTest extends EventStoreContract {
  private int copies;

  @Override
  protected EventStore open(Path dir, InstantSource clock) throws IOException {
    return new LuceneEventStore(dir, clock);
  }

  /// Killed: the files as they are now, in another folder that takes the place of the first.
  @Override
  protected EventStore reopenAfterCrash(EventStore store) throws IOException {
    Path copy = dir.resolve("copy" + copies++);
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(f -> !f.startsWith(copy)).toList()) {
        if (Files.isRegularFile(file)
            && !file.toString().contains("copy")
            && !file.getFileName().toString().equals("write.lock")) {
          Path to = copy.resolve(dir.relativize(file));
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
    store.close();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(f -> !f.toString().contains("copy")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = dir.resolve(copy.relativize(file));
        Files.createDirectories(to.getParent());
        Files.move(file, to);
      }
    }
    return new LuceneEventStore(dir, () -> NOW);
  }

  @Test
  void aFullDiskIsSaidInOneSentenceAndTheStoreGoesOnWhenThereIsSpace() throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    try (var store =
        new LuceneEventStore(
            dir,
            () -> NOW,
            path ->
                new FilterDirectory(FSDirectory.open(path)) {
                  @Override
                  public IndexOutput createOutput(String name, IOContext context)
                      throws IOException {
                    if (full.get()) {
                      throw new IOException("No space left on device");
                    }
                    return super.createOutput(name, context);
                  }
                },
            Duration.ofSeconds(30))) {
      EventStore.Writer writer = store.writer();
      EventStore.Writer other = store.writer();
      writer.write(batch(0, 10));
      writer.commit();
      writer.write(batch(10, 20));
      full.set(true);
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the disk that holds")
          .hasMessageContaining("is full");
      // Nobody writes on over the gap.
      full.set(false);
      assertThatThrownBy(() -> other.write(batch(30, 40))).isInstanceOf(IOException.class);
      EventStore.Writer again = store.writer();
      again.write(batch(5, 40));
      again.commit();
      assertThat(total(store, new Query.All())).isEqualTo(40);
    }
  }

  @Test
  void aSearchThatTakesTooLongEndsWithAnErrorThatSaysSo() throws Exception {
    try (var store = new LuceneEventStore(dir, () -> NOW, FSDirectory::open, Duration.ZERO)) {
      EventStore.Writer writer = store.writer();
      writer.write(batch(0, 1000));
      store.refresh();
      assertThatThrownBy(() -> total(store, new Query.Wildcard("event.original", "*user7*")))
          .isInstanceOf(SearchTimeoutException.class);
      // The others are not kept from working.
      writer.write(batch(1000, 1010));
      writer.commit();
      store.refresh();
      assertThat(store.status().documents()).isEqualTo(1010);
    }
  }

  @Test
  void undoesACommitThatTheRecordDoesNotName() throws Exception {
    EventStore store = open(dir, () -> NOW);
    EventStore.Writer writer = store.writer();
    writer.write(batch(0, 10));
    writer.commit();
    byte[] before = Files.readAllBytes(dir.resolve(CommitRecord.FILE));
    writer.write(batch(10, 20));
    // The record is put back, as if the process had died just before replacing it; Lucene's own
    // commit is newer.
    Path index = dir.resolve("2026-11-24");
    Path saved = dir.resolve("saved");
    Files.createDirectories(saved);
    try (Stream<Path> files = Files.list(index)) {
      for (Path f : files.toList()) {
        Files.copy(f, saved.resolve(f.getFileName()));
      }
    }
    writer.commit();
    store.close();
    try (Stream<Path> files = Files.list(saved)) {
      for (Path f : files.toList()) {
        Path to = index.resolve(f.getFileName());
        if (!Files.exists(to) && !f.getFileName().toString().equals("write.lock")) {
          Files.copy(f, to);
        }
      }
    }
    Files.write(dir.resolve(CommitRecord.FILE), before);
    try (EventStore again = open(dir, () -> NOW)) {
      assertThat(total(again, new Query.All())).isEqualTo(10);
      again.writer().write(batch(0, 30));
      again.writer().commit();
    }
    try (EventStore again = open(dir, () -> NOW)) {
      assertThat(total(again, new Query.All())).isEqualTo(30);
    }
  }

  @Test
  void aDamagedRecordLosesNoEvents() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      writer.write(batch(0, 10));
      writer.commit();
    }
    Files.writeString(dir.resolve(CommitRecord.FILE), "metron-events 1\ncrc\t0\n");
    try (EventStore again = open(dir, () -> NOW)) {
      assertThat(total(again, new Query.All())).isEqualTo(10);
    }
  }
}
