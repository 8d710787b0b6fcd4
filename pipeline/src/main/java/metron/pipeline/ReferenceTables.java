package metron.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import metron.enrichment.indicator.Indicator;
import metron.enrichment.indicator.IndicatorJson;
import metron.enrichment.indicator.IndicatorTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reference data of this process, kept as the topics say. [#indicators] is what enrichment looks in; a change is live when
/// the call that brings it returns.
public final class ReferenceTables {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceTables.class);

  private final IndicatorTable indicators = new IndicatorTable();
  private final AtomicLong unreadable = new AtomicLong();

  public IndicatorTable indicators() {
    return indicators;
  }

  /// Records of the topic that were no indicators.
  public long unreadable() {
    return unreadable.get();
  }

  /// @param id key in topic `reference.indicators`
  /// @param json null: it was deleted
  public void indicatorChanged(String id, byte @Nullable [] json) {
    if (json == null) {
      boolean _ = indicators.remove(id);
      return;
    }
    try {
      Indicator indicator = IndicatorJson.read(json);
      indicators.put(indicator);
    } catch (IllegalArgumentException e) {
      if (unreadable.incrementAndGet() == 1) {
        LOG.warn("indicator '{}' is passed over: {}", id, e.getMessage());
      }
    }
  }
}
