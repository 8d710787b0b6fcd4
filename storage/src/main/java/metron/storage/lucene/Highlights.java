package metron.storage.lucene;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.query.Query;
import metron.event.query.QueryPredicate;

/// Where a hit matches: for free words each occurrence in a text, for a condition on a field its whole value.
final class Highlights {
  private static final char START = '\uE000';
  private static final char END = '\uE001';

  private Highlights() {}

  static Map<String, String> of(Query query, Event event) {
    Set<String> words = new HashSet<>();
    List<Query> conditions = new ArrayList<>();
    gather(query, words, conditions);
    Map<String, String> out = new LinkedHashMap<>();
    if (!words.isEmpty()) {
      event.forEach(
          (field, value) -> {
            if (value instanceof String s) {
              String marked = mark(s, words);
              if (marked.length() > s.length()) {
                out.put(field.name(), marked);
              }
            }
          });
    }
    for (Query condition : conditions) {
      String field =
          switch (condition) {
            case Query.Is q -> q.field();
            case Query.Wildcard q -> q.field();
            case Query.Regex q -> q.field();
            case Query.InNetwork q -> q.field();
            case Query.All _, Query.And _, Query.Or _, Query.Not _ -> "";
            case Query.Range _, Query.Exists _, Query.Words _ -> "";
          };
      Object value = event.get(FieldCatalogue.get().field(field));
      if (value != null
          && !(value instanceof List<?>)
          && !out.containsKey(field)
          && QueryPredicate.compile(condition).test(event)) {
        out.put(field, START + ValueText.text(value) + END);
      }
    }
    return out;
  }

  /// What has to match, or may; nothing below a `NOT`.
  private static void gather(Query query, Set<String> words, List<Query> conditions) {
    switch (query) {
      case Query.And(var parts) -> parts.forEach(p -> gather(p, words, conditions));
      case Query.Or(var parts) -> parts.forEach(p -> gather(p, words, conditions));
      case Query.Words(String text, boolean _) -> {
        for (int i = 0; i < text.length(); ) {
          int end = wordEnd(text, i);
          if (end > i) {
            words.add(FieldLayout.lower(text.substring(i, end)));
          }
          i = Math.max(end, i + 1);
        }
      }
      case Query.Is _, Query.Wildcard _, Query.Regex _, Query.InNetwork _ -> conditions.add(query);
      case Query.All _, Query.Not _, Query.Range _, Query.Exists _ -> {}
    }
  }

  private static String mark(String text, Set<String> words) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int end = wordEnd(text, i);
      if (end > i) {
        String word = text.substring(i, end);
        if (words.contains(FieldLayout.lower(word))) {
          out.append(START).append(word).append(END);
        } else {
          out.append(word);
        }
        i = end;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length() && WordSet.isWord(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }
}
