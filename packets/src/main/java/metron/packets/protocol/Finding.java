package metron.packets.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that was said, as the protocol has it. Texts are what was on the wire; empty where the message has no such part.
public sealed interface Finding {
  /// Whether all of a message is there.
  enum Wholeness {
    WHOLE,
    /// Its sender closed the connection before its end, or says so what the end is.
    CLOSED,
    /// The snap length cut its packet.
    CUT,
    /// The capture lacks a part, or ended.
    LOST
  }

  /// A DNS message (RFC 1035), also of multicast DNS and LLMNR.
  ///
  /// @param flags the second sixteen bits of the header
  /// @param records of all sections, in order
  record Dns(int id, int flags, boolean tcp, List<Question> questions, List<Resource> records)
      implements Finding {
    public Dns {
      questions = List.copyOf(questions);
      records = List.copyOf(records);
    }

    public boolean isResponse() {
      return (flags & 0x8000) != 0;
    }

    public int responseCode() {
      return flags & 15;
    }

    public int operation() {
      return (flags >> 11) & 15;
    }
  }

  /// @param name without the last dot; bytes that are no letters, digits or signs as `\DDD`
  record Question(String name, int type, int inClass) {}

  /// @param section 1 answer, 2 authority, 3 additional
  /// @param data as people write it; hexadecimal for types that are not known here
  record Resource(int section, String name, int type, int inClass, long ttl, String data) {}

  /// @param bodyBytes as sent, without the framing of chunks
  record HttpRequest(
      String method,
      String uri,
      String version,
      String host,
      String userAgent,
      String referer,
      String contentType,
      String contentLength,
      long bodyBytes,
      Wholeness wholeness)
      implements Finding {}

  /// @param request that it answers; null where the capture lacks it
  record HttpResponse(
      @Nullable HttpRequest request,
      String version,
      String code,
      String reason,
      String server,
      String contentType,
      String contentLength,
      long bodyBytes,
      Wholeness wholeness)
      implements Finding {}

  /// @param version of the message, such as 0x0303; what is really offered is in `versions`
  /// @param versions offered, without GREASE; empty before TLS 1.3
  record TlsClientHello(
      boolean quic,
      int version,
      List<Integer> versions,
      String serverName,
      List<String> alpn,
      String ja3,
      String ja4,
      String ja4Raw)
      implements Finding {
    public TlsClientHello {
      versions = List.copyOf(versions);
      alpn = List.copyOf(alpn);
    }
  }

  /// @param version of the message
  /// @param negotiated version, from the extension where there is one
  record TlsServerHello(
      boolean quic, int version, int negotiated, int cipher, String alpn, String ja3s)
      implements Finding {}

  record TlsCertificates(List<Certificate> chain) implements Finding {
    public TlsCertificates {
      chain = List.copyOf(chain);
    }
  }

  /// @param subject RFC 2253; empty where it cannot be read
  /// @param notBefore nanoseconds since the epoch; [Long#MIN_VALUE] where it cannot be read
  /// @param names DNS names of the subject
  record Certificate(
      String sha256,
      String sha1,
      String subject,
      String issuer,
      long notBefore,
      long notAfter,
      List<String> names) {
    public Certificate {
      names = List.copyOf(names);
    }
  }

  record SshBanner(String text) implements Finding {}

  /// @param client whether the client sent it
  /// @param hassh MD5 of `algorithms`
  record SshKeyExchange(boolean client, String hassh, String algorithms) implements Finding {}

  record SmtpCommand(String command, String argument) implements Finding {}

  record SmtpReply(int code, String text) implements Finding {}

  /// @param bytes of headers and body
  record Mail(String from, String to, String subject, String messageId, String date, long bytes)
      implements Finding {}

  record FtpCommand(String command, String argument) implements Finding {}

  record FtpReply(int code, String text) implements Finding {}

  /// @param operation `create`, `tree_connect`, `referral`, `find`, `rename`
  record SmbName(String operation, String name) implements Finding {}

  /// @param quoted what the packet said that an error quotes; null if it is no error or that is not known here
  record Icmp(int type, int code, @Nullable Finding quoted) implements Finding {}

  /// @param type such as `DISCOVER`
  /// @param clientAddress hardware address of the client
  record Dhcp(
      String type,
      long transaction,
      String clientAddress,
      String yourAddress,
      String requestedAddress,
      String hostName,
      String vendorClass,
      String domain,
      String server)
      implements Finding {}

  /// @param mode 3 client, 4 server, 5 broadcast
  record Ntp(int version, int mode, int stratum, String reference) implements Finding {}

  /// @param type such as `AS-REQ`
  record Kerberos(
      String type, String realm, String client, String service, List<Integer> encryption, int error)
      implements Finding {
    public Kerberos {
      encryption = List.copyOf(encryption);
    }
  }

  /// A file that was in a conversation, after its transfer encoding is undone.
  ///
  /// @param protocol `http`, `smtp`, `ftp-data`, `smb`, `imf` (a whole mail)
  /// @param name as the conversation calls it; hostile
  record CarvedFile(
      String protocol,
      String name,
      String mediaType,
      long size,
      String md5,
      String sha1,
      String sha256,
      boolean whole)
      implements Finding {}
}
