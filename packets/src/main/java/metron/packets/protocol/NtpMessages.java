package metron.packets.protocol;

import java.util.Arrays;
import java.util.Optional;
import metron.event.IpAddress;

/// NTP (RFC 5905 section 7.3), and the control and private modes 6 and 7 that amplification attacks use.
final class NtpMessages {
  private NtpMessages() {}

  static Optional<Finding> read(byte[] b, int begin, int end) {
    int length = end - begin;
    if (length < 4) {
      return Optional.empty();
    }
    int version = (b[begin] >> 3) & 7;
    int mode = b[begin] & 7;
    if (version < 1 || version > 4 || (mode < 6 && length < 48)) {
      return Optional.empty();
    }
    int stratum = mode < 6 ? b[begin + 1] & 255 : 0;
    String reference = "";
    if (mode < 6 && stratum >= 2 && stratum < 16) {
      reference = IpAddress.of(Arrays.copyOfRange(b, begin + 12, begin + 16)).toString();
    } else if (mode < 6 && stratum < 2) {
      reference = Names.latin(b, begin + 12, begin + 16).replace("\0", "");
    }
    return Optional.of(new Finding.Ntp(version, mode, stratum, reference));
  }
}
