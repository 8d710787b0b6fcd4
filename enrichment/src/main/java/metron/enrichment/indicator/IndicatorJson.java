package metron.enrichment.indicator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// An indicator as one JSON object, the value of its record in the topic of indicators and the answer of the API:
/// `id type value confidence source description tlp tags firstSeen validUntil reference`; what is empty is left out.
public final class IndicatorJson {
  private static final JsonFactory JSON = new JsonFactory();

  private IndicatorJson() {}

  /// UTF-8.
  public static byte[] write(Indicator indicator) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("id", indicator.id());
      json.writeStringProperty("type", indicator.type().word());
      json.writeStringProperty("value", indicator.value());
      json.writeNumberProperty("confidence", indicator.confidence());
      json.writeStringProperty("source", indicator.source());
      text(json, "description", indicator.description());
      text(json, "tlp", indicator.tlp());
      if (!indicator.tags().isEmpty()) {
        json.writeArrayPropertyStart("tags");
        indicator.tags().forEach(json::writeString);
        json.writeEndArray();
      }
      moment(json, "firstSeen", indicator.firstSeen());
      moment(json, "validUntil", indicator.validUntil());
      text(json, "reference", indicator.reference());
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /// @throws IllegalArgumentException if `bytes` is not an indicator, saying why; unknown names are passed over
  public static Indicator read(byte[] bytes) {
    Map<String, String> texts = new HashMap<>();
    List<String> tags = new ArrayList<>();
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), new String(bytes, StandardCharsets.UTF_8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("found no JSON object, expected an indicator");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_ARRAY && name.equals("tags")) {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            tags.add(json.getString());
          }
        } else if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
          json.skipChildren();
        } else if (token != null && token != JsonToken.VALUE_NULL) {
          texts.put(name, json.getString());
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the indicator is not JSON: " + e.getOriginalMessage(), e);
    }
    String word = texts.getOrDefault("type", "");
    IndicatorType type =
        IndicatorType.parse(word)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "type is '"
                            + Indicator.excerpt(word)
                            + "', expected ip, cidr, domain, url, hash or email"));
    return new Indicator(
        type,
        texts.getOrDefault("value", ""),
        confidence(texts.getOrDefault("confidence", "")),
        texts.getOrDefault("source", ""),
        texts.getOrDefault("description", ""),
        texts.getOrDefault("tlp", ""),
        tags,
        moment("firstSeen", texts.get("firstSeen")),
        moment("validUntil", texts.get("validUntil")),
        texts.getOrDefault("reference", ""));
  }

  private static int confidence(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "confidence is '" + Indicator.excerpt(text) + "', expected 0 to 100", notANumber);
    }
  }

  private static @Nullable Instant moment(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notAMoment) {
      throw new IllegalArgumentException(
          name + " is '" + Indicator.excerpt(text) + "', expected '2026-12-31T23:59:59Z'",
          notAMoment);
    }
  }

  private static void text(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }

  private static void moment(JsonGenerator json, String name, @Nullable Instant value) {
    if (value != null) {
      json.writeStringProperty(name, value.toString());
    }
  }
}
