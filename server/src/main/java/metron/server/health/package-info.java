/// Is it well. In: what the parts say of themselves ([HealthSource]). Out: the answer for people, for programs (`/health`) and
/// for Prometheus (`/metrics`). Start at [HealthSource].
@NullMarked
package metron.server.health;

import org.jspecify.annotations.NullMarked;
