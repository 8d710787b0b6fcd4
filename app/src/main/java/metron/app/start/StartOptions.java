package metron.app.start;

import org.jspecify.annotations.Nullable;

/// What the command line says about a start; ports are null where the configuration decides, 0 for any free one.
public record StartOptions(
    boolean demo,
    @Nullable Integer httpPort,
    @Nullable Integer intakePort,
    @Nullable Integer syslogPort,
    @Nullable Integer kafkaPort) {}
