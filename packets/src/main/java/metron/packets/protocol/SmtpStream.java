package metron.packets.protocol;

import java.util.Locale;
import metron.packets.stream.Gap;
import org.jspecify.annotations.Nullable;

/// SMTP (RFC 5321): commands, replies and the mails between, with their attachments. After STARTTLS the stream is TLS.
final class SmtpStream extends LineStream {
  private boolean inData;
  private boolean dataAsked;
  private boolean tlsAsked;
  private boolean tls;
  private boolean secret;
  private boolean multiline;
  private long chunk;
  private @Nullable MailReader mail;

  SmtpStream(Scene scene) {
    super(scene);
  }

  @Override
  void data(int side, byte[] b, int offset, int length) {
    int at = offset;
    int left = length;
    while (side == 0 && chunk > 0 && left > 0) {
      // BDAT (RFC 3030): so many bytes, whatever they are.
      int n = (int) Math.min(chunk, left);
      MailReader reader = mail;
      if (reader != null) {
        reader.bytes(b, at, n);
      }
      chunk -= n;
      at += n;
      left -= n;
    }
    if (left > 0) {
      super.data(side, b, at, left);
    }
  }

  @Override
  void raw(int side, byte[] b, int begin, int end) {
    if (side != 0 || !inData) {
      return;
    }
    MailReader reader = mail;
    int text = end - 1;
    if (text > begin && b[text - 1] == '\r') {
      text--;
    }
    if (text - begin == 1 && b[begin] == '.') {
      return;
    }
    if (reader != null) {
      // A dot at the begin of a line is doubled (RFC 5321 section 4.5.2).
      int from = b[begin] == '.' ? begin + 1 : begin;
      reader.bytes(b, from, end - from);
    }
  }

  @Override
  void line(int side, byte[] b, int begin, int end) {
    if (side == 1) {
      reply(Names.latin(b, begin, end));
      return;
    }
    if (inData) {
      if (end - begin == 1 && b[begin] == '.') {
        inData = false;
        finish(true);
      }
      return;
    }
    if (secret) {
      // An answer to AUTH: a password or a part of one.
      secret = false;
      return;
    }
    command(Names.latin(b, begin, end));
  }

  private void command(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String argument = space < 0 ? "" : line.substring(space + 1);
    if (command.length() < 3 || command.length() > 8) {
      return;
    }
    switch (command.toUpperCase(Locale.ROOT)) {
      case "DATA" -> {
        inData = true;
        dataAsked = true;
        mail = new MailReader(scene);
      }
      case "BDAT" -> {
        if (mail == null) {
          mail = new MailReader(scene);
        }
        chunk = size(argument);
        if (argument.toUpperCase(Locale.ROOT).contains("LAST") && chunk == 0) {
          finish(true);
        }
      }
      case "STARTTLS" -> tlsAsked = true;
      case "AUTH" -> argument = argument.split(" ", 2)[0];
      case "RSET", "QUIT" -> finish(true);
      default -> {}
    }
    scene.found(0, new Finding.SmtpCommand(command, argument));
  }

  private static long size(String argument) {
    long value = 0;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c < '0' || c > '9' || value > 1L << 40) {
        break;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private void reply(String line) {
    if (line.length() < 3 || !Character.isDigit(line.charAt(0))) {
      return;
    }
    int code = (int) size(line.substring(0, 3));
    boolean more = line.length() > 3 && line.charAt(3) == '-';
    if (multiline) {
      multiline = more;
      return;
    }
    multiline = more;
    if (code == 334) {
      secret = true;
    }
    if (dataAsked && code != 354 && code >= 400) {
      inData = false;
      mail = null;
    }
    dataAsked = false;
    if (tlsAsked) {
      tls = code == 220;
      tlsAsked = false;
    }
    scene.found(1, new Finding.SmtpReply(code, line.length() > 4 ? line.substring(4) : ""));
  }

  private void finish(boolean whole) {
    MailReader reader = mail;
    if (reader != null) {
      reader.finish(whole);
      mail = null;
    }
  }

  @Override
  void gap(int side, long length, Gap why) {
    super.gap(side, length, why);
    MailReader reader = mail;
    if (side == 0 && reader != null) {
      reader.hole();
      chunk = Math.max(0, chunk - length);
    }
  }

  @Override
  void close() {
    finish(false);
    super.close();
  }

  @Override
  boolean isOver() {
    return tls;
  }
}
