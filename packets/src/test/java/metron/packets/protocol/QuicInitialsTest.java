package metron.packets.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import metron.packets.WireMaker;
import org.junit.jupiter.api.Test;

class QuicInitialsTest {
  private static final byte[] CONNECTION = WireMaker.hex("8394c8f03e515708");

  static byte[] clientHello(String name) {
    byte[] host = name.getBytes(StandardCharsets.US_ASCII);
    byte[] serverName =
        WireMaker.join(
            new byte[] {0, 0, 0, (byte) (host.length + 5), 0, (byte) (host.length + 3), 0, 0},
            new byte[] {(byte) host.length},
            host);
    byte[] versions = WireMaker.hex("002b 0003 02 0304");
    byte[] alpn = WireMaker.hex("0010 0005 0003 02 6833");
    byte[] extensions = WireMaker.join(serverName, versions, alpn);
    byte[] body =
        WireMaker.join(
            WireMaker.hex("0303"),
            new byte[32],
            WireMaker.hex("00 0002 1301 01 00"),
            new byte[] {0, (byte) extensions.length},
            extensions);
    // The point formats and compression list are one byte each: 01 00.
    return WireMaker.join(new byte[] {1, 0, 0, (byte) body.length}, body);
  }

  @Test
  void keysAreThoseOfRfc9001() throws Exception {
    QuicInitials.Secrets secrets = QuicInitials.secrets(CONNECTION, false);
    HexFormat hex = HexFormat.of();
    // RFC 9001 appendix A.1
    assertThat(hex.formatHex(secrets.key())).isEqualTo("1f369613dd76d5467730efcbe3b1a22d");
    assertThat(hex.formatHex(secrets.iv())).isEqualTo("fa044b2f42a3fd3b46fb255c");
    assertThat(hex.formatHex(secrets.headerKey())).isEqualTo("9f50449e04a0e810283a1e9933adedd2");
  }

  /// @param number of the packet, 0 to 255
  private static byte[] initial(int number, int offset, byte[] part) throws Exception {
    QuicInitials.Secrets secrets = QuicInitials.secrets(CONNECTION, false);
    byte[] frame =
        WireMaker.join(
            new byte[] {6, (byte) (0x40 | offset >> 8), (byte) offset},
            new byte[] {(byte) (0x40 | part.length >> 8), (byte) part.length},
            part,
            new byte[60]);
    int length = frame.length + 16 + 1;
    byte[] header =
        WireMaker.join(
            WireMaker.hex("c0 00000001 08"),
            CONNECTION,
            new byte[] {0, 0, (byte) (0x40 | length >> 8), (byte) length, (byte) number});
    byte[] nonce = secrets.iv().clone();
    nonce[11] ^= (byte) number;
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(secrets.key(), "AES"),
        new GCMParameterSpec(128, nonce));
    gcm.updateAAD(header);
    byte[] sealed = gcm.doFinal(frame);
    Cipher mask = Cipher.getInstance("AES/ECB/NoPadding");
    mask.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secrets.headerKey(), "AES"));
    byte[] bits = mask.doFinal(sealed, 3, 16);
    header[0] ^= (byte) (bits[0] & 15);
    header[header.length - 1] ^= bits[1];
    return WireMaker.ethernet(
        0x800,
        WireMaker.ipv4(
            "10.0.0.1", "10.0.0.2", 17, WireMaker.udp(4000, 443, WireMaker.join(header, sealed))));
  }

  @Test
  void theServerNameIsRead() throws Exception {
    byte[] hello = clientHello("quic.example");
    Finding.TlsClientHello found =
        Overheard.of(List.of(initial(0, 0, hello))).one(Finding.TlsClientHello.class);
    assertThat(found.serverName()).isEqualTo("quic.example");
    assertThat(found.quic()).isTrue();
    assertThat(found.ja4()).startsWith("q13d0103h3_");
  }

  @Test
  void aHelloInTwoPacketsInAnyOrderIsRead() throws Exception {
    byte[] hello = clientHello("quic.example");
    byte[] begin = initial(0, 0, Arrays.copyOf(hello, 40));
    byte[] rest = initial(1, 40, Arrays.copyOfRange(hello, 40, hello.length));
    assertThat(Overheard.of(List.of(rest, begin)).one(Finding.TlsClientHello.class).serverName())
        .isEqualTo("quic.example");
  }
}
