package metron.packets.file;

/// Where and why reading a capture ended before its end.
///
/// @param offset byte of the (unpacked) file at which the faulty record begins
/// @param message what was found and what was expected
public record CaptureFault(long offset, String message) {
  @Override
  public String toString() {
    return "byte " + offset + ": " + message;
  }
}
