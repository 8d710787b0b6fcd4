package metron.stellar.functions.network;

import com.google.common.net.InternetDomainName;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// A domain name and where its public suffix begins: the part below which names are registered,
/// such as `com` or `co.uk`, from the list that browsers use (publicsuffix.org). A name without
/// one, such as that of a host in a local network, has its last label for it.
///
/// @param name without a dot at the end
/// @param suffixLength characters of the public suffix
record Domain(String name, int suffixLength) {
  // RFC 1035 section 3.1 has 255 octets; more than this is not worth looking at.
  private static final int LONGEST = 1_000;

  /// @return null when the value is null or no domain name
  static @Nullable Domain of(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw FunctionFailure.type(1, value, "string");
    }
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      InternetDomainName parsed = InternetDomainName.from(name);
      InternetDomainName suffix = parsed.publicSuffix();
      return new Domain(
          name, suffix == null ? lastLabel(name).length() : suffix.toString().length());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  static String lastLabel(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  String suffix() {
    return name.substring(name.length() - suffixLength);
  }

  /// What stands before the public suffix, without the dot between; empty when nothing does.
  String beforeSuffix() {
    int end = name.length() - suffixLength - 1;
    return end <= 0 ? "" : name.substring(0, end);
  }
}
