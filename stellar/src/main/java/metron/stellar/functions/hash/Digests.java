package metron.stellar.functions.hash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// The digests of the JDK, by name.
final class Digests {
  static final List<String> NAMES =
      List.of(
          "MD2",
          "MD5",
          "SHA",
          "SHA-1",
          "SHA-224",
          "SHA-256",
          "SHA-384",
          "SHA-512",
          "SHA-512/224",
          "SHA-512/256",
          "SHA3-224",
          "SHA3-256",
          "SHA3-384",
          "SHA3-512");

  private Digests() {}

  /// @return null when no digest has that name
  static @Nullable MessageDigest named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!NAMES.contains(upper) && !upper.equals("SHA1")) {
      return null;
    }
    try {
      return MessageDigest.getInstance(upper);
    } catch (NoSuchAlgorithmException e) {
      throw FunctionFailure.argument(2, "is " + upper + ", which this Java does not have");
    }
  }

  /// @return as many zeros as the digest has digits for null
  static String hex(MessageDigest digest, @Nullable Object value, Charset charset) {
    if (value == null) {
      return "00".repeat(digest.getDigestLength());
    }
    byte[] bytes = value instanceof String text ? text.getBytes(charset) : serialised(value);
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  /// What is no text is digested in its Java serialisation, as in Metron: the digests of numbers in
  /// an existing store stay what they are.
  private static byte[] serialised(Object value) {
    Object plain = plain(value);
    if (!(plain instanceof Serializable)) {
      throw FunctionFailure.type(1, value, "string, number, boolean, list, set or map");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  // Collections in the classes that Metron would have had, whatever ours are.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String s -> s;
      case Boolean b -> b;
      case Number n -> n;
      case Set<?> set -> {
        LinkedHashSet<@Nullable Object> plain = new LinkedHashSet<>();
        set.forEach(e -> plain.add(plain(e)));
        yield plain;
      }
      case Collection<?> list -> {
        ArrayList<@Nullable Object> plain = new ArrayList<>();
        list.forEach(e -> plain.add(plain(e)));
        yield plain;
      }
      case Map<?, ?> map -> {
        HashMap<@Nullable Object, @Nullable Object> plain = new HashMap<>();
        map.forEach((k, v) -> plain.put(plain(k), plain(v)));
        yield plain;
      }
      default -> throw FunctionFailure.type(1, value, "string, number, boolean, list, set or map");
    };
  }
}
