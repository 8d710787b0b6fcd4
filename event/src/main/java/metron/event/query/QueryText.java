package metron.event.query;

import java.util.List;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// A [Query] as the text that [QueryParser] reads back to an equal one, for links and saved searches.
///
/// "Equal" is for queries as the parser makes them; a tree built otherwise may come back in another form with the same
/// meaning (an `And` of one part as that part, a moment's period as a range).
public final class QueryText {
  private QueryText() {}

  public static String of(Query query) {
    StringBuilder out = new StringBuilder();
    write(out, query, false);
    return out.toString();
  }

  /// `name:value` for one value of a field, as a click on it means.
  public static String of(String field, Object value) {
    return of(new Query.Is(field, value));
  }

  private static void write(StringBuilder out, Query query, boolean inside) {
    switch (query) {
      case Query.All() -> out.append("*:*");
      case Query.And(var parts) -> parts(out, parts, " AND ", "*:*", inside);
      case Query.Or(var parts) -> parts(out, parts, " OR ", "NOT *:*", inside);
      case Query.Not(var part) -> {
        out.append("NOT ");
        write(out, part, true);
      }
      case Query.Is(var name, var value) -> {
        Field field = field(name);
        name(out, field);
        out.append(QueryParser.isLongText(field) ? ":=" : ":");
        value(out, field, value);
      }
      case Query.Wildcard(var name, var pattern) -> {
        name(out, field(name));
        out.append(':');
        pattern(out, pattern);
      }
      case Query.Regex(var name, var pattern) -> {
        name(out, field(name));
        out.append(":/");
        regex(out, pattern);
        out.append('/');
      }
      case Query.Range range -> range(out, range);
      case Query.InNetwork(var name, var network) -> {
        name(out, field(name));
        out.append(':').append(network);
      }
      case Query.Exists(var name) -> {
        name(out, field(name));
        out.append(":*");
      }
      case Query.Words(var text, var phrase) -> words(out, text, phrase);
    }
  }

  private static void parts(
      StringBuilder out, List<Query> parts, String between, String none, boolean inside) {
    if (parts.isEmpty()) {
      out.append(none);
      return;
    }
    boolean parentheses = inside && parts.size() > 1;
    out.append(parentheses ? "(" : "");
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : between);
      write(out, parts.get(i), true);
    }
    out.append(parentheses ? ")" : "");
  }

  private static Field field(String name) {
    return FieldCatalogue.get().field(name);
  }

  private static void name(StringBuilder out, Field field) {
    String name = field.name();
    boolean likeAnother = field.isExt() && FieldNames.meant(name).isPresent();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '@' || c == '-';
      if (!plain || (i == 0 && (likeAnother || !(Character.isLetter(c) || c == '@' || c == '_')))) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  private static void value(StringBuilder out, Field field, Object value) {
    if (field.type() == FieldType.STRING) {
      quoted(out, Values.text(value));
    } else if (value instanceof Double d) {
      out.append(d.doubleValue());
    } else {
      out.append(Values.text(value));
    }
  }

  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  private static void pattern(StringBuilder out, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        out.append(c).append(pattern.charAt(++i));
        continue;
      }
      boolean special =
          Character.isWhitespace(c)
              || c == '('
              || c == ')'
              || c == '"'
              || (i == 0 && "<>[{=/".indexOf(c) >= 0);
      if (special) {
        out.append('\\');
      }
      out.append(c);
    }
  }

  private static void regex(StringBuilder out, String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        out.append(c).append(pattern.charAt(++i));
      } else {
        out.append(c == '/' ? "\\/" : c);
      }
    }
  }

  private static void range(StringBuilder out, Query.Range range) {
    Field field = field(range.field());
    Object from = range.from();
    Object to = range.to();
    name(out, field);
    out.append(':');
    if (from == null && to == null) {
      out.append('*');
    } else if (to == null) {
      out.append(range.fromIncluded() ? ">=" : ">");
      bound(out, field, from);
    } else if (from == null) {
      out.append(range.toIncluded() ? "<=" : "<");
      bound(out, field, to);
    } else {
      out.append(range.fromIncluded() ? '[' : '{');
      bound(out, field, from);
      out.append(" TO ");
      bound(out, field, to);
      out.append(range.toIncluded() ? ']' : '}');
    }
  }

  private static void bound(StringBuilder out, Field field, @Nullable Object value) {
    if (value != null) {
      value(out, field, value);
    }
  }

  private static void words(StringBuilder out, String text, boolean phrase) {
    boolean plain =
        !phrase && !text.isEmpty() && text.codePoints().allMatch(Character::isLetterOrDigit);
    if (!plain && !phrase) {
      // Words that need not stand together.
      List<String> words = WordText.words(text);
      out.append(words.size() > 1 ? "(" : "");
      for (int i = 0; i < words.size(); i++) {
        out.append(i == 0 ? "" : " AND ").append(words.get(i));
      }
      out.append(words.size() > 1 ? ")" : "");
    } else if (plain) {
      boolean keyword = text.equals("AND") || text.equals("OR") || text.equals("NOT");
      out.append(keyword ? "\\" : "").append(text);
    } else {
      quoted(out, text);
    }
  }
}
