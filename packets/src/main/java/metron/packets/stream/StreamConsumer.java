package metron.packets.stream;

/// Takes the two byte streams of one TCP connection. Side 0 is the originator's.
public interface StreamConsumer {
  /// The next bytes of a side; the array is valid during the call only.
  ///
  /// @param frame number of the packet that made them available, from 1
  void data(int side, byte[] bytes, int offset, int length, long frame, long time);

  /// Bytes of a side that the capture lacks.
  ///
  /// @param length how many
  void gap(int side, long length, Gap why, long frame, long time);

  /// A side has sent all that it has to send (FIN), and all before is delivered.
  void end(int side, long frame, long time);

  /// Nothing more will come.
  void close(long frame, long time);
}
