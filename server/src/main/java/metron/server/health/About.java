package metron.server.health;

import java.time.Instant;

/// What runs, and since when.
public record About(String version, Instant started) {}
