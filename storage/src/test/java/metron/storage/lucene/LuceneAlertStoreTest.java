package metron.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.Alert;
import metron.storage.AlertStore;
import metron.storage.AlertStoreContract;
import metron.storage.SearchRequest;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;

class LuceneAlertStoreTest extends AlertStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Override
  protected AlertStore open(Path dir) throws IOException {
    return new LuceneAlertStore(dir);
  }

  private static Event alert(String id) {
    Event e = new Event();
    e.set(Ecs.TIMESTAMP, NOW);
    e.set(Ecs.EVENT_ID, id);
    return e;
  }

  private static long total(AlertStore store) throws IOException {
    return store.search(SearchRequest.newest(new Query.All(), 0)).total();
  }

  @Test
  void aFullDiskIsSaidInOneSentenceAndLosesNoAlertAndNoEdit() throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    try (AlertStore store =
        new LuceneAlertStore(
            dir,
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
      store.add(List.of(alert("a")));
      store.commit();
      store.refresh();
      store.edit("a", 1, new AlertStore.Edit.SetStatus(Alert.Status.OPEN), "alice", NOW);
      store.add(List.of(alert("b")));
      full.set(true);
      assertThatThrownBy(store::commit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the disk that holds")
          .hasMessageContaining("is full");
      assertThat(total(store)).isEqualTo(1);
      // Whoever adds must learn that "b" is gone, before anything else is taken.
      assertThatThrownBy(() -> store.add(List.of(alert("c"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("add them again");
      assertThatThrownBy(
              () ->
                  store.edit(
                      "a", 2, new AlertStore.Edit.SetStatus(Alert.Status.RESOLVED), "alice", NOW))
          .isInstanceOf(IOException.class);
      assertThat(total(store)).isEqualTo(1);
      full.set(false);
      store.add(List.of(alert("a"), alert("b"), alert("c")));
      store.commit();
      store.refresh();
      assertThat(total(store)).isEqualTo(3);
      assertThat(store.get("a").orElseThrow().status()).isEqualTo(Alert.Status.OPEN);
    }
    try (AlertStore store = open(dir)) {
      assertThat(total(store)).isEqualTo(3);
    }
  }
}
