package metron.server.http;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/// Enums in a URL are written as in JSON: in lower case. Any case is taken.
@SuppressWarnings("rawtypes") // Spring's registry asks for the raw type
public final class WordsToEnums implements ConverterFactory<String, Enum> {
  @Override
  @SuppressWarnings("unchecked")
  public <E extends Enum> Converter<String, E> getConverter(Class<E> type) {
    return word -> (E) Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT));
  }
}
