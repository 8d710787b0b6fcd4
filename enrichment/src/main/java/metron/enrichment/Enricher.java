package metron.enrichment;

import metron.event.Event;

/// Adds what is known about an event. Local and quick: microseconds, no network, no lock on the hot path.
public interface Enricher {
  /// Short name for metrics and messages, such as `geo`.
  String name();

  void enrich(Event event);
}
