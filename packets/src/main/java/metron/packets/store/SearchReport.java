package metron.packets.store;

import java.util.List;

/// What a search has cost, and what it could not read.
///
/// @param segments in the store
/// @param passedOver segments whose index alone said that nothing is in them
/// @param unindexed segments without a sound index, scanned from end to end
/// @param blocks in the indexed segments
/// @param blocksRead of them
/// @param bytesRead from segments, as stored
/// @param packetsRead decoded and tried
/// @param packetsFound handed over
/// @param faults blocks that are damaged, segments that cannot be opened
public record SearchReport(
    int segments,
    int passedOver,
    int unindexed,
    long blocks,
    long blocksRead,
    long bytesRead,
    long packetsRead,
    long packetsFound,
    List<String> faults) {
  public SearchReport {
    faults = List.copyOf(faults);
  }
}
