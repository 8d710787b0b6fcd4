package metron.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.AlertStore.Edit;
import metron.storage.AlertStore.Outcome;
import metron.storage.AlertStore.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [AlertStore] does.
public abstract class AlertStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir protected Path dir;

  protected abstract AlertStore open(Path dir) throws IOException;

  private static Event alert(String id) {
    Event e = new Event();
    e.set(Ecs.TIMESTAMP, NOW);
    e.set(Ecs.EVENT_ID, id);
    e.set(Ecs.EVENT_REASON, "Beacon to a listed address");
    e.set(Ecs.EVENT_RISK_SCORE, 80.0);
    return e;
  }

  @Test
  void anEditIsVisibleAtOnceAndThereAfterARestart() throws Exception {
    try (AlertStore store = open(dir)) {
      store.add(List.of(alert("a"), alert("b")));
      Alert changed =
          store.edit(
              "a",
              1,
              List.of(
                  new Edit.SetStatus(Alert.Status.OPEN),
                  new Edit.Assign("alice"),
                  new Edit.AddComment("looking")),
              "alice",
              NOW);
      assertThat(changed.version()).isEqualTo(2);
      assertThat(
              store.search(SearchRequest.newest(new Query.Is("alert.status", "open"), 5)).total())
          .isEqualTo(1);
      assertThat(
              store
                  .search(SearchRequest.newest(new Query.Is("alert.assignee", "ALICE"), 5))
                  .hits()
                  .getFirst()
                  .event()
                  .get(AlertFields.VERSION))
          .isEqualTo(2L);
    }
    try (AlertStore store = open(dir)) {
      Alert again = store.get("a").orElseThrow();
      assertThat(again.status()).isEqualTo(Alert.Status.OPEN);
      assertThat(again.assignee()).isEqualTo("alice");
      assertThat(again.event()).isEqualTo(alert("a"));
      assertThat(again.comments()).extracting(Alert.Comment::text).containsExactly("looking");
      assertThat(again.history())
          .extracting(Alert.Change::what)
          .containsExactly("status", "assignee", "comment");
      assertThat(store.count()).isEqualTo(2);
    }
  }

  @Test
  void addingAgainKeepsTheState() throws Exception {
    try (AlertStore store = open(dir)) {
      store.add(List.of(alert("a"), alert("a")));
      store.edit("a", 1, new Edit.SetStatus(Alert.Status.RESOLVED), "bob", NOW);
      store.add(List.of(alert("a")));
      store.commit();
      store.refresh();
      assertThat(store.count()).isEqualTo(1);
      assertThat(store.get("a").orElseThrow().status()).isEqualTo(Alert.Status.RESOLVED);
      assertThat(store.retain(NOW.plusSeconds(1))).isEqualTo(1);
      assertThat(store.count()).isZero();
    }
  }

  @Test
  void aChangeMadeOnAnOldVersionIsRefused() throws Exception {
    try (AlertStore store = open(dir)) {
      store.add(List.of(alert("a"), alert("b")));
      store.edit("a", 1, new Edit.Assign("bob"), "bob", NOW);
      assertThatThrownBy(() -> store.edit("a", 1, new Edit.Assign("eve"), "eve", NOW))
          .isInstanceOf(AlertStore.Conflict.class)
          .hasMessageContaining("version 2");
      var status = List.<Edit>of(new Edit.SetStatus(Alert.Status.DISMISSED));
      assertThat(
              store.edit(
                  List.of(
                      new Request("a", 1, status),
                      new Request("b", 1, status),
                      new Request("c", 1, status),
                      new Request("a", 2, List.of(new Edit.RemoveComment("9"), status.get(0)))),
                  "eve",
                  NOW))
          .satisfiesExactly(
              o -> assertThat(o).isEqualTo(new Outcome.Conflicted("a", 1, 2)),
              o -> assertThat(o).isInstanceOf(Outcome.Changed.class),
              o -> assertThat(o).isEqualTo(new Outcome.Missing("c", "alert")),
              o -> assertThat(o).isInstanceOf(Outcome.Missing.class));
      assertThat(store.get("a").orElseThrow().version()).isEqualTo(2);
    }
  }

  @Test
  void subscribersHearOfNewAndChangedAlerts() throws Exception {
    try (AlertStore store = open(dir)) {
      BlockingQueue<Alert> heard = new LinkedBlockingQueue<>();
      Runnable end = store.subscribe(heard::add);
      store.add(List.of(alert("a")));
      Alert first = heard.poll(10, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.version()).isEqualTo(1);
      store.edit("a", 1, new Edit.Assign("bob"), "bob", NOW);
      Alert second = heard.poll(10, TimeUnit.SECONDS);
      assertThat(second).isNotNull();
      assertThat(second.assignee()).isEqualTo("bob");
      end.run();
    }
  }
}
