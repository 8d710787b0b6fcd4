package metron.packets.protocol;

import java.util.Locale;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// The control connection of FTP (RFC 959, RFC 2428): commands, replies, and where the data will flow.
final class FtpStream extends LineStream {
  private FtpTransfers.@Nullable Transfer transfer;
  private String multiline = "";

  FtpStream(Scene scene) {
    super(scene);
  }

  @Override
  void line(int side, byte[] b, int begin, int end) {
    if (side == 0) {
      command(Names.latin(b, begin, end));
    } else {
      reply(Names.latin(b, begin, end));
    }
  }

  private void command(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    if (command.isEmpty() || command.length() > 8) {
      return;
    }
    String argument = space < 0 ? "" : line.substring(space + 1);
    String name = command.toUpperCase(Locale.ROOT);
    switch (name) {
      case "PORT" -> {
        int[] numbers = numbers(argument);
        if (numbers.length == 6) {
          expect(numbers);
        }
      }
      case "EPRT" -> {
        String[] parts = argument.split("\\|", 5);
        if (parts.length == 5) {
          IpAddress address = IpAddress.parse(parts[2]).orElse(scene.flow.address(0));
          expect(address, port(parts[3]));
        }
      }
      case "RETR", "STOR", "APPE", "STOU" -> {
        FtpTransfers.Transfer agreed = transfer;
        if (agreed != null) {
          int slash = argument.lastIndexOf('/');
          agreed.begins(argument.substring(slash + 1));
        }
      }
      default -> {}
    }
    scene.found(0, new Finding.FtpCommand(command, argument));
  }

  private void reply(String line) {
    if (line.length() < 3
        || !Character.isDigit(line.charAt(0))
        || !Character.isDigit(line.charAt(1))
        || !Character.isDigit(line.charAt(2))) {
      return;
    }
    String code = line.substring(0, 3);
    boolean more = line.length() > 3 && line.charAt(3) == '-';
    if (!multiline.isEmpty()) {
      if (code.equals(multiline) && !more) {
        multiline = "";
      }
      return;
    }
    if (more) {
      multiline = code;
    }
    String text = line.length() > 4 ? line.substring(4) : "";
    switch (code) {
      case "227" -> {
        int open = text.indexOf('(');
        int[] numbers = numbers(text.substring(open + 1));
        if (numbers.length == 6) {
          // Some servers behind address translation name an address that nobody can reach.
          expect(numbers);
        }
      }
      case "229" -> {
        int bar = text.indexOf("|||");
        int last = text.lastIndexOf('|');
        if (bar >= 0 && last > bar + 3) {
          expect(scene.flow.address(1), port(text.substring(bar + 3, last)));
        }
      }
      default -> {}
    }
    scene.found(1, new Finding.FtpReply(Integer.parseInt(code), text));
  }

  private void expect(int[] n) {
    byte[] address = {(byte) n[0], (byte) n[1], (byte) n[2], (byte) n[3]};
    expect(IpAddress.of(address), n[4] << 8 | n[5]);
  }

  private void expect(IpAddress address, int port) {
    if (port > 0) {
      transfer = scene.transfers.expect(address, port);
    }
  }

  private static int port(String text) {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || value > 65_535) {
        return 0;
      }
      value = value * 10 + c - '0';
    }
    return value > 65_535 ? 0 : value;
  }

  /// Six numbers of 0 to 255 with commas between, or none.
  private static int[] numbers(String text) {
    int[] found = new int[6];
    int n = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ')';
      if (c >= '0' && c <= '9') {
        value = (value < 0 ? 0 : value * 10) + c - '0';
        if (value > 255) {
          return new int[0];
        }
      } else {
        if (value < 0) {
          return new int[0];
        }
        found[n++] = value;
        value = -1;
        if (n == 6) {
          return found;
        }
        if (c != ',') {
          return new int[0];
        }
      }
    }
    return new int[0];
  }
}
