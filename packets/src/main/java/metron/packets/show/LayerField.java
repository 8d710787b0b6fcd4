package metron.packets.show;

/// One field of a header.
///
/// @param offset of its first byte in the packet, from 0
/// @param length in bytes; fields of a few bits have that of the bytes they stand in
public record LayerField(String name, String value, int offset, int length) {}
