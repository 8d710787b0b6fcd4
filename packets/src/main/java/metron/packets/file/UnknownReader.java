package metron.packets.file;

import java.io.InputStream;
import metron.packets.Packet;

/// A file that is no capture: no packet, one fault.
final class UnknownReader extends CaptureReader {
  UnknownReader(InputStream in, ByteWindow window, String why) {
    super(in, window);
    faulty(0, why);
  }

  @Override
  public String format() {
    return "unknown";
  }

  @Override
  boolean read(Packet packet) {
    return false;
  }
}
