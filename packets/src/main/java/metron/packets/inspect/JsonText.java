package metron.packets.inspect;

import metron.event.json.EventJson;
import org.jspecify.annotations.Nullable;

/// Writes JSON from left to right; commas and quotes are its business. Not thread-safe.
final class JsonText {
  private final StringBuilder text = new StringBuilder(8192);
  private boolean first = true;

  private void separate() {
    if (!first) {
      text.append(',');
    }
    first = false;
  }

  private JsonText open(char bracket) {
    separate();
    text.append(bracket);
    first = true;
    return this;
  }

  private JsonText close(char bracket) {
    text.append(bracket);
    first = false;
    return this;
  }

  JsonText object() {
    return open('{');
  }

  JsonText endObject() {
    return close('}');
  }

  JsonText array() {
    return open('[');
  }

  JsonText endArray() {
    return close(']');
  }

  /// What follows is the value of this key.
  JsonText key(String key) {
    separate();
    EventJson.quote(text, key);
    text.append(':');
    first = true;
    return this;
  }

  JsonText value(@Nullable String value) {
    separate();
    if (value == null) {
      text.append("null");
    } else {
      EventJson.quote(text, value);
    }
    return this;
  }

  JsonText value(long value) {
    separate();
    text.append(value);
    return this;
  }

  JsonText value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /// Takes over what another has written.
  JsonText raw(JsonText other) {
    separate();
    text.append(other.text);
    return this;
  }

  JsonText put(String key, @Nullable String value) {
    return key(key).value(value);
  }

  JsonText put(String key, long value) {
    return key(key).value(value);
  }

  JsonText put(String key, boolean value) {
    return key(key).value(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
