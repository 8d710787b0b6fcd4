package metron.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void isMadeForItsOwnerOnly() throws Exception {
    var data = new DataDirectory(folder.resolve("a/b/data"));
    try (DirectoryLock _ = DirectoryLock.take(data)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void keepsThePermissionsOfOneThatIsThere() throws Exception {
    Path root = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
    new DataDirectory(root).create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwxr-x---");
  }
}
