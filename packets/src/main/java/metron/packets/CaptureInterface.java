package metron.packets;

/// Where packets were captured: what a pcapng interface description block says.
///
/// @param linkType see [LinkType]
/// @param snapLength most bytes captured of a packet; 0: no limit
/// @param name such as `eth0`; empty if the file has none
/// @param description empty if the file has none
/// @param resolution digits after the second of the times in the file, for display: 6 for microseconds, 9 for nanoseconds;
///     for a power of two, 128 plus the exponent
public record CaptureInterface(
    int linkType, long snapLength, String name, String description, int resolution) {}
