package metron.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/// Breaks true lines in the ways that break parsers: flipped and lost bytes, cut ends, doubled parts, a part of another line,
/// tokens that formats give a meaning to, numbers at the edge of a type, and runs that invite quadratic time.
///
/// The same seed gives the same lines, so a finding is repeated by its number.
public final class Mutator {
  private static final List<String> TOKENS =
      List.of(
          "\"",
          "\\",
          "\\\"",
          "\\u0000",
          "\\ud800",
          "{",
          "}",
          "[",
          "]",
          "{\"",
          "\":",
          "null",
          "true",
          "NaN",
          "-",
          ",",
          "|",
          "=",
          "\\|",
          "\\=",
          "%",
          "%ASA-",
          "<191>",
          "<999>",
          "<>",
          "CEF:0|",
          "1 ",
          " - ",
          "[a b=\"c\"]",
          "(",
          ")",
          "/",
          "->",
          "::",
          "0.0.0.0",
          "255.255.255.255",
          "256.1.1.1",
          "fe80::1%eth0",
          "::ffff:1.2.3.4",
          "1970-01-01T00:00:00Z",
          "9999-12-31T23:59:60Z",
          "Feb 30 25:61:61",
          "\t",
          "\r",
          "\n",
          "\u0000",
          "\u00ff",
          "\ufeff",
          "\u202e",
          "#separator",
          "#fields",
          "(empty)",
          "${jndi:x}",
          "../../",
          "<!DOCTYPE",
          "--",
          "'",
          ";");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "00",
          "65535",
          "65536",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "1e308",
          "1e309",
          "-1e-400",
          "1.7976931348623157e308",
          "0x7f",
          "١٢٣",
          "99999999999999999999999999999999999999",
          "1700000000.999999999999",
          "-0.0",
          ".5",
          "5.");

  private final List<byte[]> lines;
  private final RandomGenerator random;
  private final int maxLength;

  /// @param lines true lines to start from; at least one
  /// @param maxLength longest line made, in bytes
  public Mutator(List<byte[]> lines, RandomGenerator random, int maxLength) {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("there are no lines to mutate");
    }
    this.lines = List.copyOf(lines);
    this.random = random;
    this.maxLength = maxLength;
  }

  /// One broken line: one to six mutations of a true one, rarely pure noise.
  public byte[] next() {
    if (random.nextInt(64) == 0) {
      byte[] noise = new byte[random.nextInt(512)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] line = lines.get(random.nextInt(lines.size()));
    for (int n = 1 + random.nextInt(6); n > 0; n--) {
      line = mutate(line);
    }
    return line.length <= maxLength ? line : java.util.Arrays.copyOf(line, maxLength);
  }

  private byte[] mutate(byte[] line) {
    int at = random.nextInt(line.length + 1);
    int to = Math.min(line.length, at + random.nextInt(1 + Math.min(64, line.length)));
    return switch (random.nextInt(12)) {
      case 0 -> flip(line);
      case 1 -> splice(line, at, at, bytes(TOKENS.get(random.nextInt(TOKENS.size()))));
      case 2 -> splice(line, at, to, new byte[0]);
      case 3 -> java.util.Arrays.copyOf(line, at);
      case 4 -> splice(line, at, at, part(line));
      case 5 -> splice(line, at, to, part(lines.get(random.nextInt(lines.size()))));
      case 6 -> replaceNumber(line);
      case 7 -> splice(line, at, at, run());
      case 8 -> splice(line, at, to, noise(random.nextInt(16)));
      case 9 -> swapByteClass(line);
      case 10 -> splice(line, 0, at, new byte[0]);
      default -> splice(line, at, to, bytes(TOKENS.get(random.nextInt(TOKENS.size()))));
    };
  }

  private byte[] flip(byte[] line) {
    if (line.length == 0) {
      return line;
    }
    byte[] out = line.clone();
    out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
    return out;
  }

  /// Puts another of the same kind of delimiter where one stands, so that structure breaks but bytes look right.
  private byte[] swapByteClass(byte[] line) {
    byte[] delimiters = bytes("\"'{}[]()<>|,;:= \t/\\");
    byte[] out = line.clone();
    int start = line.length == 0 ? 0 : random.nextInt(line.length);
    for (int i = start; i < out.length; i++) {
      for (byte d : delimiters) {
        if (out[i] == d) {
          out[i] = delimiters[random.nextInt(delimiters.length)];
          return out;
        }
      }
    }
    return out;
  }

  private byte[] replaceNumber(byte[] line) {
    int start = line.length == 0 ? 0 : random.nextInt(line.length);
    for (int i = start; i < line.length; i++) {
      if (line[i] >= '0' && line[i] <= '9') {
        int end = i;
        while (end < line.length && line[end] >= '0' && line[end] <= '9') {
          end++;
        }
        return splice(line, i, end, bytes(NUMBERS.get(random.nextInt(NUMBERS.size()))));
      }
    }
    return line;
  }

  private byte[] run() {
    String unit = TOKENS.get(random.nextInt(TOKENS.size()));
    return bytes(unit.repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 5000 : 50)));
  }

  private byte[] part(byte[] line) {
    int from = random.nextInt(line.length + 1);
    int to = from + random.nextInt(line.length - from + 1);
    return java.util.Arrays.copyOfRange(line, from, to);
  }

  private byte[] noise(int length) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    return out;
  }

  private static byte[] splice(byte[] line, int from, int to, byte[] middle) {
    var out = new ByteArrayOutputStream(line.length + middle.length);
    out.write(line, 0, from);
    out.writeBytes(middle);
    out.write(line, to, line.length - to);
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
