package metron.pipeline.intake;

import org.jspecify.annotations.Nullable;

/// What a source has done since it was started.
///
/// @param name unique among the sources, such as `syslog-udp:5514`
/// @param where address, path or topic that it reads
/// @param records records appended to the log
/// @param bytes their bytes
/// @param rejected records that were refused, each told to its sender or logged
/// @param dropped datagrams lost by the kernel because nobody took them in time; 0 for sources that cannot lose any
/// @param connections open connections or files
/// @param problem why it does not work at the moment; null: it does
public record SourceStatus(
    String name,
    String where,
    long records,
    long bytes,
    long rejected,
    long dropped,
    int connections,
    @Nullable String problem) {}
