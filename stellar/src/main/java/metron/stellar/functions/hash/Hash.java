package metron.stellar.functions.hash;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `HASH(value, algorithm, config?)`
public final class Hash {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("HASH('abc', 'MD5')", "900150983cd24fb0d6963f7d28e17f72"),
          new Example("HASH('abc', 'sha-1')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
          new Example(
              "HASH('abc', 'SHA-256')",
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
          new Example(
              "HASH('abc', 'MD5', {'charset' : 'UTF-16'})", "d629fd10ce46bd5f3025a857461840d8"),
          new Example(
              "HASH('Rules that nobody reads are rules that nobody follows, said the auditor.', 'SSDEEP')",
              "3:MzrWxyXh2FXQbExyD6J2Mzc5hb:MzEywFAbqymUMzc59"),
          new Example("HASH(null, 'MD5')", "00000000000000000000000000000000"),
          new Example("HASH('abc', null)", null),
          new Example("HASH('too short', 'TLSH')", null),
          new Example(
              "HASH('abc', 'CRC32')",
              Example.failure("argument 2 is the string 'CRC32', expected one of")),
          new Example(
              "HASH('abc', 'MD5', {'charset' : 'none'})",
              Example.failure("argument 3: has the charset 'none', which is unknown")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("HASH")
          .group("Hashes")
          .means("Answers a hash of a value.")
          .takes("value", "a text, in UTF-8; anything else in its Java serialisation", Type.ANY)
          .takes("algorithm", "in any case; one of GET_HASHES_AVAILABLE", Type.ANY)
          .takesOptional(
              "config",
              "`charset` of a digest; `bucketSize` (128 or 256), `checksumBytes` (1 or 3), `force` and `hashes` of TLSH",
              Type.ANY)
          .returns(
              Type.ANY,
              "hexadecimal; as many zeros for a null value; null when the algorithm is null, and for TLSH when the text is too short or too uniform; with `hashes` a map of the hash and its bins")
          .fails("When the algorithm or the charset is unknown.")
          .examples(EXAMPLES)
          .body3(Hash::call);

  private Hash() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object value,
      @Nullable Object algorithm,
      @Nullable Object config) {
    if (algorithm == null) {
      return null;
    }
    String name = Values.text(evaluation, 2, algorithm).toUpperCase(Locale.ROOT);
    Map<?, ?> settings = config instanceof Map<?, ?> map ? map : Map.of();
    long size = Values.weigh(evaluation, 1, value);
    evaluation.steps(size / 8);
    evaluation.allocate(4 * size);
    if (name.equals("TLSH")) {
      return TlshSettings.of(evaluation, settings).hash(bytes(evaluation, value));
    }
    if (name.equals("SSDEEP")) {
      return value == null ? null : Ssdeep.of(bytes(evaluation, value)).text();
    }
    MessageDigest digest = Digests.named(name);
    if (digest == null) {
      throw FunctionFailure.type(
          2, algorithm, "one of " + String.join(", ", GetHashesAvailable.NAMES));
    }
    return Digests.hex(digest, value, charset(settings.get("charset")));
  }

  private static byte[] bytes(Evaluation evaluation, @Nullable Object value) {
    String text = value == null ? "" : Values.text(evaluation, 1, value);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Charset charset(@Nullable Object name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(name.toString());
      if (charset.canEncode()) {
        return charset;
      }
    } catch (IllegalArgumentException _) {
      // Said below, with the name.
    }
    String shown = name.toString();
    throw FunctionFailure.argument(
        3,
        "has the charset '%s', which is unknown"
            .formatted(shown.length() > 40 ? shown.substring(0, 40) + "…" : shown));
  }
}
