package metron.storage.lucene;

import java.io.IOException;
import java.nio.file.Path;
import metron.storage.AlertStore;
import metron.storage.AlertStoreContract;

class LuceneAlertStoreTest extends AlertStoreContract {
  @Override
  protected AlertStore open(Path dir) throws IOException {
    return new LuceneAlertStore(dir);
  }
}
