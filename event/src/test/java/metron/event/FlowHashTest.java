package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowHashTest {
  @Test
  void agreesWithTheJdkForEveryLength() throws NoSuchAlgorithmException {
    FlowHash hash = new FlowHash();
    Random random = new Random(42);
    for (int round = 0; round < 20; round++) {
      for (int length = 0; length <= FlowHash.MAX_BYTES; length++) {
        random.nextBytes(hash.message);
        byte[] sha1 =
            MessageDigest.getInstance("SHA-1").digest(Arrays.copyOf(hash.message, length));

        assertThat(hash.text(length))
            .as("seed 42, round %d, length %d", round, length)
            .isEqualTo("1:" + Base64.getEncoder().encodeToString(sha1));
      }
    }
  }
}
