package metron.packets.file;

/// A pcapng block that is no packet but belongs to the capture: names of addresses, decryption secrets, a custom block.
///
/// @param type block type
/// @param body what lies between the two length words, little-endian, a multiple of four bytes
public record SideBlock(int type, byte[] body) {}
