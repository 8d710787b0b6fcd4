package metron.stellar.functions.encode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import metron.stellar.function.FunctionFailure;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.binary.BinaryCodec;
import org.apache.commons.codec.binary.Hex;

/// An encoding of bytes as text. Texts are turned into bytes and back as UTF-8.
enum Encoding {
  BASE32 {
    @Override
    boolean is(String text) {
      return new Base32().isInAlphabet(text);
    }

    @Override
    String decode(String text) {
      return utf8(new Base32().decode(bytes(text)));
    }

    @Override
    String encode(String text) {
      return ascii(new Base32().encode(bytes(text)));
    }
  },
  BASE32HEX {
    @Override
    boolean is(String text) {
      return hexTable().isInAlphabet(text);
    }

    @Override
    String decode(String text) {
      return utf8(hexTable().decode(bytes(text)));
    }

    @Override
    String encode(String text) {
      return ascii(hexTable().encode(bytes(text)));
    }
  },
  BASE64 {
    @Override
    boolean is(String text) {
      return Base64.isBase64(text);
    }

    @Override
    String decode(String text) {
      return utf8(new Base64().decode(bytes(text)));
    }

    @Override
    String encode(String text) {
      return ascii(new Base64().encode(bytes(text)));
    }
  },
  /// Eight digits a byte; the last byte stands first.
  BINARY {
    @Override
    boolean is(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) != '0' && text.charAt(i) != '1') {
          return false;
        }
      }
      return true;
    }

    @Override
    String decode(String text) {
      String decoded = utf8(BinaryCodec.fromAscii(bytes(text)));
      return decoded.isBlank() ? text : decoded;
    }

    @Override
    String encode(String text) {
      return BinaryCodec.toAsciiString(bytes(text));
    }
  },
  HEX {
    @Override
    boolean is(String text) {
      try {
        byte[] ignored = Hex.decodeHex(text);
        return ignored.length * 2 == text.length();
      } catch (DecoderException _) {
        return false;
      }
    }

    @Override
    String decode(String text) {
      try {
        return utf8(Hex.decodeHex(text));
      } catch (DecoderException _) {
        return text;
      }
    }

    @Override
    String encode(String text) {
      return Hex.encodeHexString(bytes(text));
    }
  };

  /// Whether a text has only characters of this encoding.
  abstract boolean is(String text);

  /// The text that a text stands for; itself where it can't be read at all.
  abstract String decode(String text);

  abstract String encode(String text);

  /// The encoding of a name in any case.
  static Encoding named(int argument, String name) {
    for (Encoding encoding : values()) {
      if (encoding.name().equals(name.toUpperCase(Locale.ROOT))) {
        return encoding;
      }
    }
    throw FunctionFailure.type(argument, name, "one of BASE32, BASE32HEX, BASE64, BINARY and HEX");
  }

  private static Base32 hexTable() {
    return Base32.builder().setHexEncodeTable(true).get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
