package metron.storage.lucene;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import metron.event.Cidr;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Values;
import metron.event.query.Query;
import metron.event.query.QueryPredicate;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/// A [Query] as Lucene's: the same documents that [QueryPredicate] would let through, to the last one.
///
/// What the terms and doc values decide alone is asked of them. For the rest (phrases, texts without a term, a pattern over
/// numbers) they only narrow the candidates, and the predicate decides on the stored event ([StoredQuery]).
final class QueryTranslator {
  static {
    // A list of a few thousand addresses is a fair question.
    IndexSearcher.setMaxClauseCount(16_384);
  }

  // A long text is told from others by far fewer.
  private static final int MAX_WORDS = 64;

  private QueryTranslator() {}

  static org.apache.lucene.search.Query translate(Query query) {
    return switch (query) {
      case Query.All _ -> MatchAllDocsQuery.INSTANCE;
      case Query.And(var parts) -> and(parts);
      case Query.Or(var parts) -> or(parts);
      case Query.Not(var part) -> not(translate(part));
      case Query.Is is -> is(is);
      case Query.Wildcard w -> wildcard(w);
      case Query.Regex r -> eachTerm(r, r.field());
      case Query.Range r -> range(r);
      case Query.InNetwork n -> network(n);
      case Query.Exists(var field) -> exists(layout(field));
      case Query.Words w -> words(w);
    };
  }

  static FieldLayout layout(String field) {
    return FieldLayout.of(FieldCatalogue.get().field(field));
  }

  private static org.apache.lucene.search.Query and(List<Query> parts) {
    if (parts.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    BooleanQuery.Builder b = new BooleanQuery.Builder();
    boolean positive = false;
    for (Query part : parts) {
      if (part instanceof Query.Not(var not)) {
        b.add(translate(not), Occur.MUST_NOT);
      } else {
        positive = true;
        b.add(translate(part), Occur.FILTER);
      }
    }
    if (!positive) {
      b.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return b.build();
  }

  private static org.apache.lucene.search.Query or(List<Query> parts) {
    if (parts.isEmpty()) {
      return new MatchNoDocsQuery("no alternative");
    }
    // field:(a OR b OR …) as one set of terms.
    Map<String, List<BytesRef>> sets = new HashMap<>();
    BooleanQuery.Builder b = new BooleanQuery.Builder();
    for (Query part : parts) {
      if (translate(part) instanceof TermQuery t) {
        sets.computeIfAbsent(t.getTerm().field(), f -> new ArrayList<>()).add(t.getTerm().bytes());
      } else {
        b.add(translate(part), Occur.SHOULD);
      }
    }
    sets.forEach((field, terms) -> b.add(new TermInSetQuery(field, terms), Occur.SHOULD));
    return b.build();
  }

  private static org.apache.lucene.search.Query not(org.apache.lucene.search.Query query) {
    return new BooleanQuery.Builder()
        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
        .add(query, Occur.MUST_NOT)
        .build();
  }

  private static org.apache.lucene.search.Query either(
      org.apache.lucene.search.Query a, org.apache.lucene.search.Query b) {
    return new BooleanQuery.Builder().add(a, Occur.SHOULD).add(b, Occur.SHOULD).build();
  }

  private static TermQuery mark(FieldLayout.Prefix mark) {
    return new TermQuery(new Term(FieldLayout.TERMS, mark.term()));
  }

  /// What the terms say, or the stored event where the field's value has no term.
  private static org.apache.lucene.search.Query orLong(
      FieldLayout layout, org.apache.lucene.search.Query byTerms, Query query) {
    return layout.scanned()
        ? onEvent(layout, query)
        : either(byTerms, StoredQuery.of(mark(layout.longMark()), query));
  }

  /// The term of a text in a field.
  static BytesRef term(FieldLayout layout, String value) {
    return Utf8.bytes(layout.name() + FieldLayout.SEPARATOR + FieldLayout.lower(value));
  }

  private static org.apache.lucene.search.Query is(Query.Is asked) {
    FieldLayout layout = layout(asked.field());
    Object value = Values.one(layout.field().type(), asked.value());
    if (value == null) {
      return new MatchNoDocsQuery(asked.field() + " never has such a value");
    }
    Query.Is is = new Query.Is(asked.field(), value);
    if (layout.ext() || layout.type() == FieldType.STRING) {
      if (!(is.value() instanceof String s)) {
        return onEvent(layout, is);
      }
      if (layout.scanned()) {
        return StoredQuery.of(withWords(exists(layout), s), is);
      }
      if (s.length() > FieldLayout.MAX_TERM / 3) {
        // Lower-casing may change the length, so only clearly shorter values are safe from the
        // limit.
        return orLong(layout, termQuery(layout, s), is);
      }
      return termQuery(layout, s);
    }
    if (layout.type() == FieldType.IP) {
      return is.value() instanceof IpAddress ip
          ? new TermQuery(new Term(terms(layout), new BytesRef(ip.bytes16())))
          : onEvent(layout, is);
    }
    if (!fits(layout.type(), is.value())) {
      return onEvent(layout, is);
    }
    return SortedNumericDocValuesField.newSlowExactQuery(
        values(layout), ValueText.docValue(layout.type(), ValueText.bits(is.value())));
  }

  /// Those of `candidates` that have the words of a text somewhere, if it is plain ASCII: beyond it the lower case of a word
  /// may depend on what follows the word.
  private static org.apache.lucene.search.Query withWords(
      org.apache.lucene.search.Query candidates, String text) {
    WordSet set = new WordSet();
    set.addAll(text);
    if (set.size() == 0 || text.chars().anyMatch(c -> c >= 0x80)) {
      return candidates;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(candidates, Occur.FILTER);
    addWords(all, set);
    return all.build();
  }

  private static void addWords(BooleanQuery.Builder all, WordSet set) {
    BytesRef term = new BytesRef();
    for (int i = 0; i < Math.min(set.size(), MAX_WORDS); i++) {
      set.get(i, term);
      all.add(new TermQuery(new Term(FieldLayout.TEXT, BytesRef.deepCopyOf(term))), Occur.FILTER);
    }
  }

  private static boolean fits(FieldType type, Object value) {
    return switch (type) {
      case LONG -> value instanceof Long;
      case DOUBLE -> value instanceof Double;
      case BOOLEAN -> value instanceof Boolean;
      case INSTANT -> value instanceof Instant;
      case STRING -> value instanceof String;
      case IP -> value instanceof IpAddress;
    };
  }

  private static TermQuery termQuery(FieldLayout layout, String s) {
    return new TermQuery(new Term(terms(layout), term(layout, s)));
  }

  private static String terms(FieldLayout layout) {
    return java.util.Objects.requireNonNull(layout.terms());
  }

  private static String values(FieldLayout layout) {
    return java.util.Objects.requireNonNull(layout.values());
  }

  /// The predicate on each event that has the field: exact whatever it asks, and slow.
  private static org.apache.lucene.search.Query onEvent(FieldLayout layout, Query query) {
    return StoredQuery.of(exists(layout), query);
  }

  private static org.apache.lucene.search.Query wildcard(Query.Wildcard w) {
    FieldLayout layout = layout(w.field());
    if (!layout.ext() && layout.type() != FieldType.STRING) {
      return eachTerm(w, w.field());
    }
    String pattern = escape(layout.name()) + FieldLayout.SEPARATOR + FieldLayout.lower(w.pattern());
    try {
      return orLong(layout, new WildcardQuery(new Term(terms(layout), pattern)), w);
    } catch (TooComplexToDeterminizeException e) {
      throw new IllegalArgumentException(
          "the pattern for "
              + w.field()
              + " has too many wildcards to be searched for: use fewer '*'",
          e);
    }
  }

  /// The pattern that matches exactly this text.
  static String escape(String literal) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '*' || c == '?' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /// Asks the predicate about each distinct value instead of each event.
  private static org.apache.lucene.search.Query eachTerm(Query query, String fieldName) {
    FieldLayout layout = layout(fieldName);
    if (layout.numeric() || layout.scanned()) {
      return onEvent(layout, query);
    }
    return orLong(layout, new EachTermQuery(layout, query), query);
  }

  private static org.apache.lucene.search.Query range(Query.Range asked) {
    FieldLayout layout = layout(asked.field());
    FieldType type = layout.field().type();
    Object low = asked.from() == null ? null : Values.one(type, asked.from());
    Object high = asked.to() == null ? null : Values.one(type, asked.to());
    if ((low == null) != (asked.from() == null) || (high == null) != (asked.to() == null)) {
      return new MatchNoDocsQuery(asked.field() + " never has such values");
    }
    if (low == null && high == null) {
      return exists(layout);
    }
    Query.Range r =
        new Query.Range(asked.field(), low, asked.fromIncluded(), high, asked.toIncluded());
    boolean typed =
        (r.from() == null || fits(layout.type(), r.from()))
            && (r.to() == null || fits(layout.type(), r.to()));
    if (!typed || layout.ext()) {
      return onEvent(layout, r);
    }
    return switch (layout.type()) {
      case STRING ->
          // Order of UTF-16 and of UTF-8 differ beyond the basic plane, so let the predicate
          // decide.
          eachTerm(r, r.field());
      case IP ->
          addresses(
              layout,
              r.from() instanceof IpAddress a ? new BytesRef(a.bytes16()) : null,
              r.fromIncluded() || r.from() == null,
              r.to() instanceof IpAddress z ? new BytesRef(z.bytes16()) : null,
              r.toIncluded() || r.to() == null);
      case LONG, DOUBLE, BOOLEAN, INSTANT -> {
        // The sortable form of doubles has the order of Double.compare, so the next number up is
        // the next double.
        long from =
            r.from() == null
                ? Long.MIN_VALUE
                : ValueText.docValue(layout.type(), ValueText.bits(r.from()));
        long to =
            r.to() == null
                ? Long.MAX_VALUE
                : ValueText.docValue(layout.type(), ValueText.bits(r.to()));
        if (r.from() != null && !r.fromIncluded()) {
          if (from == Long.MAX_VALUE) {
            yield new MatchNoDocsQuery("above the largest number");
          }
          from++;
        }
        if (r.to() != null && !r.toIncluded()) {
          if (to == Long.MIN_VALUE) {
            yield new MatchNoDocsQuery("below the smallest number");
          }
          to--;
        }
        yield from > to
            ? new MatchNoDocsQuery("empty range")
            : SortedNumericDocValuesField.newSlowRangeQuery(values(layout), from, to);
      }
    };
  }

  private static org.apache.lucene.search.Query network(Query.InNetwork n) {
    FieldLayout layout = layout(n.field());
    if (layout.ext()) {
      return onEvent(layout, n);
    }
    if (layout.type() != FieldType.IP) {
      return new MatchNoDocsQuery(n.field() + " has no addresses");
    }
    Cidr network = n.network();
    return addresses(
        layout,
        new BytesRef(network.address().bytes16()),
        true,
        new BytesRef(network.last().bytes16()),
        true);
  }

  /// By the terms of few addresses, or by the values of those documents that are candidates anyway: Lucene knows by then how
  /// many each way looks at.
  private static org.apache.lucene.search.Query addresses(
      FieldLayout layout,
      @Nullable BytesRef low,
      boolean lowIncluded,
      @Nullable BytesRef high,
      boolean highIncluded) {
    return new IndexOrDocValuesQuery(
        new TermRangeQuery(terms(layout), low, high, lowIncluded, highIncluded),
        SortedSetDocValuesField.newSlowRangeQuery(
            values(layout), low, high, lowIncluded, highIncluded));
  }

  static org.apache.lucene.search.Query exists(FieldLayout layout) {
    if (layout.ext()) {
      return mark(layout.presentMark());
    }
    if (layout.numeric() || layout.type() == FieldType.IP) {
      return new FieldExistsQuery(values(layout));
    }
    TermQuery marked = mark(layout.presentMark());
    return layout.values() == null ? marked : either(new FieldExistsQuery(layout.values()), marked);
  }

  private static org.apache.lucene.search.Query words(Query.Words w) {
    WordSet set = new WordSet();
    set.addAll(w.text());
    if (set.size() == 0) {
      return new MatchNoDocsQuery("no word");
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean exact = !w.phrase() || set.size() == 1;
    BytesRef term = new BytesRef();
    for (int i = 0; i < set.size(); i++) {
      set.get(i, term);
      exact &= term.length < WordSet.MAX_WORD;
      all.add(new TermQuery(new Term(FieldLayout.TEXT, BytesRef.deepCopyOf(term))), Occur.FILTER);
    }
    return exact ? all.build() : StoredQuery.of(all.build(), w);
  }

  /// Documents with a term whose value the predicate lets through.
  private static final class EachTermQuery extends MultiTermQuery {
    private final FieldLayout layout;
    private final Query query;
    private final Predicate<Event> predicate;

    EachTermQuery(FieldLayout layout, Query query) {
      super(terms(layout), CONSTANT_SCORE_BLENDED_REWRITE);
      this.layout = layout;
      this.query = query;
      this.predicate = QueryPredicate.compile(query);
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource atts) throws IOException {
      BytesRef prefix = layout.prefix().term();
      var each =
          new FilteredTermsEnum(terms.iterator()) {
            @Override
            protected AcceptStatus accept(BytesRef term) {
              if (!org.apache.lucene.util.StringHelper.startsWith(term, prefix)) {
                return AcceptStatus.END;
              }
              Event one = new Event();
              if (layout.type() == FieldType.IP) {
                one.set(layout.field(), ValueText.ip(term));
              } else {
                one.set(
                    FieldCatalogue.get().field(layout.name()),
                    Utf8.text(
                        new BytesRef(
                            term.bytes, term.offset + prefix.length, term.length - prefix.length)));
              }
              return predicate.test(one) ? AcceptStatus.YES : AcceptStatus.NO;
            }

            @Override
            protected @Nullable BytesRef nextSeekTerm(@Nullable BytesRef current) {
              return current == null ? prefix : null;
            }
          };
      return each;
    }

    @Override
    public String toString(String field) {
      return query.toString();
    }

    @Override
    public void visit(QueryVisitor visitor) {
      visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
      return sameClassAs(other) && ((EachTermQuery) other).query.equals(query);
    }

    @Override
    public int hashCode() {
      return 31 * classHash() + query.hashCode();
    }
  }
}
