package metron.packets;

/// One packet as a view into a buffer of its reader: filled anew for each packet, so that reading copies and allocates
/// nothing. Valid until the reader is asked for the next packet.
///
/// Not thread-safe.
public final class Packet {
  /// Of [#time], where the file gives the packet none (a pcapng simple packet block).
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final byte[] NONE = new byte[0];

  private byte[] bytes = NONE;
  private int offset;
  private int captured;
  private int wire;
  private long time = NO_TIME;
  private int interfaceNumber;
  private int linkType;
  private byte[] options = NONE;
  private int optionsOffset;
  private int optionsLength;

  /// The buffer that holds the packet.
  public byte[] bytes() {
    return bytes;
  }

  /// Where in [#bytes] the packet begins.
  public int offset() {
    return offset;
  }

  /// Bytes that were captured; at most [#wireLength] in an honest file.
  public int capturedLength() {
    return captured;
  }

  /// Bytes that were on the wire; unsigned.
  public int wireLength() {
    return wire;
  }

  /// Nanoseconds since the epoch, or [#NO_TIME].
  public long time() {
    return time;
  }

  public boolean hasTime() {
    return time != NO_TIME;
  }

  /// Position in the reader's list of interfaces.
  public int interfaceNumber() {
    return interfaceNumber;
  }

  /// See [LinkType].
  public int linkType() {
    return linkType;
  }

  /// The buffer that holds the packet's pcapng options: code[2], length[2], value, padding to four bytes, little-endian,
  /// without the end mark.
  public byte[] options() {
    return options;
  }

  public int optionsOffset() {
    return optionsOffset;
  }

  /// 0 if the packet has no options.
  public int optionsLength() {
    return optionsLength;
  }

  /// Points this view at a packet; it has no options after that.
  public Packet set(
      byte[] newBytes,
      int newOffset,
      int newCaptured,
      int newWire,
      long newTime,
      int newInterface,
      int newLinkType) {
    bytes = newBytes;
    offset = newOffset;
    captured = newCaptured;
    wire = newWire;
    time = newTime;
    interfaceNumber = newInterface;
    linkType = newLinkType;
    optionsLength = 0;
    return this;
  }

  /// Adds the options, in the form of [#options].
  public Packet setOptions(byte[] newOptions, int newOffset, int newLength) {
    options = newOptions;
    optionsOffset = newOffset;
    optionsLength = newLength;
    return this;
  }
}
