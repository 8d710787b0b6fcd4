package metron.app.start;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metron.event.DeadLetter;
import metron.pipeline.kafka.DeadLetterLog;
import metron.pipeline.kafka.RawLog;
import metron.pipeline.kafka.Topics;
import metron.server.deadletter.DeadLetters;
import metron.storage.SettingsStore;
import org.jspecify.annotations.Nullable;

/// The server's view of the dead letters. A topic forgets nothing on request, so the ids of replayed letters are kept among the
/// shared settings and passed over.
final class LetterBox implements DeadLetters {
  private static final String REPLAYED = "dead-letter.replayed/";

  private final DeadLetterLog letters;
  private final RawLog log;
  private final SettingsStore settings;

  LetterBox(DeadLetterLog letters, RawLog log, SettingsStore settings) {
    this.letters = letters;
    this.log = log;
    this.settings = settings;
  }

  @Override
  public Page list(
      @Nullable String sensor, DeadLetter.@Nullable Stage stage, @Nullable String after, int size)
      throws IOException {
    Set<String> replayed = settings.all(SettingsStore.SHARED, REPLAYED).keySet();
    DeadLetterLog.Page page =
        letters.page(
            after == null ? null : Long.valueOf(after),
            size,
            letter ->
                (sensor == null || letter.raw().sensor().equals(sensor))
                    && (stage == null || letter.stage() == stage));
    List<Entry> entries =
        page.entries().stream()
            .filter(e -> !replayed.contains(REPLAYED + e.id()))
            .map(e -> new Entry(e.id(), e.letter()))
            .toList();
    Long next = page.next();
    return new Page(
        entries,
        next == null ? null : next.toString(),
        Math.max(entries.size(), page.total() - replayed.size()));
  }

  @Override
  public Optional<Entry> find(String id) throws IOException {
    if (settings.get(SettingsStore.SHARED, REPLAYED + id).isPresent()) {
      return Optional.empty();
    }
    return letters.get(id).map(e -> new Entry(e.id(), e.letter()));
  }

  @Override
  public String replay(Entry entry, String sensor, byte[] bytes) throws IOException {
    try {
      DeadLetterLog.replay(new DeadLetterLog.Entry(entry.id(), entry.letter()), bytes, sensor, log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: Metron is stopping", e);
    }
    settings.put(SettingsStore.SHARED, REPLAYED + entry.id(), sensor);
    return Topics.raw(sensor);
  }
}
