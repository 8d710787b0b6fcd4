package metron.storage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.storage.ConfigStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitConfigStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path dir;

  private ConfigStore open() throws Exception {
    return GitConfigStore.open(dir, () -> NOW);
  }

  @Test
  void everyChangeHasAnAuthorADiffAndAWayBack() throws Exception {
    try (ConfigStore store = open()) {
      List<List<String>> heard = new ArrayList<>();
      Runnable end = store.subscribe(c -> heard.add(c.paths()));
      var first = store.write("sensors/asa.yaml", "a: 1\n", null, "anna", "Add ASA");
      String blob = store.read("sensors/asa.yaml").orElseThrow().blob();
      var second = store.write("sensors/asa.yaml", "a: 2\n", blob, "bert", "Change ASA");
      assertThat(store.history("sensors/asa.yaml", 10))
          .extracting(ConfigStore.Revision::author)
          .containsExactly("bert", "anna");
      assertThat(store.diff(second.id())).contains("-a: 1").contains("+a: 2");
      store.rollback(first.id(), "anna");
      assertThat(store.readAll()).containsEntry("sensors/asa.yaml", "a: 1\n");
      assertThat(Files.readString(dir.resolve("sensors/asa.yaml"))).isEqualTo("a: 1\n");
      assertThat(store.read(second.id(), "sensors/asa.yaml").orElseThrow().text())
          .isEqualTo("a: 2\n");
      assertThat(heard).hasSize(3);
      end.run();
    }
  }

  @Test
  void aChangeOnAnOldTextIsRefused() throws Exception {
    try (ConfigStore store = open()) {
      store.write("a.yaml", "1", null, "anna", "");
      assertThatThrownBy(() -> store.write("a.yaml", "2", null, "bert", ""))
          .isInstanceOf(ConfigStore.Conflict.class);
      assertThatThrownBy(() -> store.delete("a.yaml", "0".repeat(40), "bert", ""))
          .isInstanceOf(ConfigStore.Conflict.class);
      String blob = store.read("a.yaml").orElseThrow().blob();
      store.delete("a.yaml", blob, "anna", "Remove");
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  void editsOnDiskAreTakenOver() throws Exception {
    Files.writeString(dir.resolve("own.yaml"), "x: 1\n");
    try (ConfigStore store = open()) {
      assertThat(store.read("own.yaml")).isPresent();
      Files.writeString(dir.resolve("own.yaml"), "x: 2\n");
      assertThat(store.scan().orElseThrow().author()).isEqualTo("disk");
      assertThat(store.read("own.yaml").orElseThrow().text()).isEqualTo("x: 2\n");
      assertThat(store.scan()).isEmpty();
    }
    try (ConfigStore store = open()) {
      assertThat(store.scan()).isEmpty();
    }
  }

  @Test
  void noPathLeavesTheFolder() throws Exception {
    try (ConfigStore store = open()) {
      for (String path :
          List.of(
              "",
              "/etc/passwd",
              "../x",
              "a/../../x",
              ".git/config",
              "a/.hidden",
              "a//b",
              "a/",
              "a\\b",
              "a\u0000b")) {
        assertThatThrownBy(() -> store.write(path, "x", null, "eve", "x"))
            .as(path)
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read(path)).isInstanceOf(IllegalArgumentException.class);
      }
      Files.createSymbolicLink(dir.resolve("link"), dir.getParent());
      assertThatThrownBy(() -> store.write("link/x.yaml", "x", null, "eve", "x"))
          .isInstanceOf(java.io.IOException.class);
      assertThatThrownBy(
              () -> store.write("big.yaml", "x".repeat(ConfigStore.MAX_FILE + 1), null, "eve", "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
