package metron.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import metron.enrichment.indicator.IndicatorFeed;
import metron.enrichment.indicator.IndicatorJson;
import metron.pipeline.ReferenceTables;
import metron.pipeline.kafka.KeyedTopic;
import metron.server.indicator.Indicators;
import org.jspecify.annotations.Nullable;

/// The server's view of the indicators: written to their topic, read from the table that follows it.
final class IndicatorList implements Indicators {
  private static final int UNKNOWN = 50;

  private final ReferenceTables tables;
  private final KeyedTopic topic;

  IndicatorList(ReferenceTables tables, KeyedTopic topic) {
    this.tables = tables;
    this.topic = topic;
  }

  @Override
  public Loaded load(String source, InputStream csv) throws IOException {
    List<Rejected> rejected = new ArrayList<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    AtomicReference<CompletableFuture<?>> last =
        new AtomicReference<>(CompletableFuture.completedFuture(0L));
    IndicatorFeed.Counts counts =
        IndicatorFeed.read(
            csv,
            new IndicatorFeed.Defaults(source, UNKNOWN, ""),
            indicator ->
                last.set(
                    topic
                        .put(indicator.id(), IndicatorJson.write(indicator))
                        .whenComplete(
                            (_, problem) -> {
                              if (problem != null) {
                                failure.compareAndSet(null, problem);
                              }
                            })),
            line -> {
              if (rejected.size() < IndicatorFeed.KEPT) {
                rejected.add(new Rejected(line.line(), line.reason()));
              }
            });
    topic.flush();
    try {
      last.get().get();
    } catch (ExecutionException e) {
      throw new IOException("the indicators were not kept: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: Metron is stopping", e);
    }
    Throwable problem = failure.get();
    if (problem != null) {
      throw new IOException("not all indicators were kept: " + problem.getMessage(), problem);
    }
    return new Loaded(counts.loaded(), rejected);
  }

  @Override
  public List<Indicator> list(String prefix, int size) {
    return tables.indicators().list(prefix, size).stream().map(IndicatorList::view).toList();
  }

  @Override
  public Optional<Indicator> find(String id) {
    return tables.indicators().get(id).map(IndicatorList::view);
  }

  private static Indicator view(metron.enrichment.indicator.Indicator i) {
    return new Indicator(
        i.id(),
        i.type().word(),
        i.value(),
        i.source(),
        String.valueOf(i.confidence()),
        i.description().isEmpty() ? null : i.description());
  }

  @Override
  public long count() {
    return tables.indicators().size();
  }

  @Override
  public boolean remove(String id) throws IOException {
    if (tables.indicators().get(id).isEmpty()) {
      return false;
    }
    try {
      long _ = topic.putNow(id, null);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: Metron is stopping", e);
    }
  }
}
