package metron.pipeline.intake;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import metron.event.Cidr;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Which sensor a record of a shared port belongs to.
///
/// @param from senders it holds for; null: all
/// @param contains text that the record has in its first 512 bytes; null: any record
/// @param sensor the sensor
public record Route(@Nullable Cidr from, @Nullable String contains, String sensor) {
  // The marks of the formats stand at the start; a search through a whole megabyte would cost more
  // than parsing it.
  private static final int SEARCHED = 512;

  /// @return sensor of the first route that fits, else `otherwise`
  static String sensor(List<Route> routes, InetAddress sender, byte[] record, String otherwise) {
    for (Route route : routes) {
      if (route.fits(sender, record)) {
        return route.sensor;
      }
    }
    return otherwise;
  }

  private boolean fits(InetAddress sender, byte[] record) {
    if (from != null && !from.contains(IpAddress.of(sender.getAddress()))) {
      return false;
    }
    return contains == null
        || indexOf(record, contains.getBytes(StandardCharsets.UTF_8), SEARCHED) >= 0;
  }

  static int indexOf(byte[] text, byte[] word, int limit) {
    int last = Math.min(text.length, limit) - word.length;
    for (int i = 0; i <= last; i++) {
      int j = 0;
      while (j < word.length && text[i + j] == word[j]) {
        j++;
      }
      if (j == word.length) {
        return i;
      }
    }
    return -1;
  }
}
