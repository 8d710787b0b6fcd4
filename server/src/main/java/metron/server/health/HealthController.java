package metron.server.health;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import metron.storage.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class HealthController {
  private static final Logger log = LoggerFactory.getLogger(HealthController.class);

  /// What anybody may know: whether all is well, and which part is not and why.
  ///
  /// @param status the worst of the parts
  record HealthSummary(HealthSource.Status status, List<HealthSource.PartHealth> parts) {}

  /// @param newestEvent latest `@timestamp`; absent: no events
  record StoreHealth(long documents, long bytes, int partitions, @Nullable Instant newestEvent) {}

  /// @param store absent: it does not answer, its part says why
  record HealthView(
      HealthSource.Status status,
      List<HealthSource.PartHealth> parts,
      List<HealthSource.SensorHealth> sensors,
      HealthSource.Ledger ledger,
      @Nullable StoreHealth store,
      long uptimeSeconds,
      String version) {}

  private final HealthSource source;
  private final EventStore events;
  private final InstantSource clock;
  private final About about;

  HealthController(HealthSource source, EventStore events, InstantSource clock, About about) {
    this.source = source;
    this.events = events;
    this.clock = clock;
    this.about = about;
  }

  /// 200 while it works, even if less well than it should; 503 when a part is down.
  @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<HealthSummary> getHealthSummary() {
    List<HealthSource.PartHealth> parts = source.parts();
    HealthSource.Status status = worst(parts);
    return ResponseEntity.status(status == HealthSource.Status.DOWN ? 503 : 200)
        .body(new HealthSummary(status, parts));
  }

  @GetMapping(path = "/api/v1/health", produces = MediaType.APPLICATION_JSON_VALUE)
  HealthView getHealth() {
    List<HealthSource.PartHealth> parts = new ArrayList<>(source.parts());
    StoreHealth store = null;
    try {
      EventStore.Status s = events.status();
      store = new StoreHealth(s.documents(), s.bytes(), s.partitions(), s.newest());
    } catch (IOException e) {
      log.warn("the event store can't tell its status: {}", e.getMessage());
      parts.add(
          new HealthSource.PartHealth(
              "event store",
              HealthSource.Status.DOWN,
              "it can't be read: look at the disk and the log"));
    }
    return new HealthView(
        worst(parts),
        parts,
        source.sensors(),
        source.ledger(),
        store,
        Duration.between(about.started(), clock.instant()).toSeconds(),
        about.version());
  }

  private static HealthSource.Status worst(List<HealthSource.PartHealth> parts) {
    HealthSource.Status worst = HealthSource.Status.OK;
    for (HealthSource.PartHealth part : parts) {
      if (part.status().compareTo(worst) > 0) {
        worst = part.status();
      }
    }
    return worst;
  }
}
