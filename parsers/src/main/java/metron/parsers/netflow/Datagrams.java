package metron.parsers.netflow;

/// Where a datagram ends among those that follow each other in a file.
public final class Datagrams {
  /// The longest that UDP carries.
  public static final int LONGEST = 65_535;

  private Datagrams() {}

  /// @param b begins with a datagram, and is not empty
  /// @return its length, 1 or more; all the bytes up to [#LONGEST] if it is none
  public static int length(byte[] b) {
    int most = Math.min(b.length, LONGEST);
    int version = most >= 20 ? Sets.u16(b, 0) : 0;
    int length =
        switch (version) {
          case 5 -> 24 + 48 * Sets.u16(b, 2);
          case 10 -> Sets.u16(b, 2);
          case 9 -> version9(b, most);
          default -> most;
        };
    return length < 1 || length > most ? most : length;
  }

  /// Version 9 has no length: a set whose number is a version's begins the next datagram, as numbers 2 to 255 are of no set.
  private static int version9(byte[] b, int most) {
    int i = 20;
    while (i + 4 <= most) {
      int id = Sets.u16(b, i);
      int length = Sets.u16(b, i + 2);
      if ((id > 1 && id < 256) || length < 4 || i + length > most) {
        break;
      }
      i += length;
    }
    return i == 20 ? most : i;
  }
}
