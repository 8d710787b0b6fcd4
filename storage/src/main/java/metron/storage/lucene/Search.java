package metron.storage.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldType;
import metron.event.query.Query;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import metron.storage.SearchTimeoutException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/// Answers a [SearchRequest] over several indexes: one pass over the matching documents, segment by segment on a few threads,
/// a block of documents at a time through each count that was asked for.
final class Search implements AutoCloseable {
  static final String TIME =
      java.util.Objects.requireNonNull(FieldLayout.of(Ecs.TIMESTAMP).values());
  // A whole risk score has 101 values: the split of a histogram by score leaves none of them out.
  private static final int SPLIT_VALUES = 101;
  private static final int BLOCK = 2048;
  // Between two looks at the clock; a block of an expensive query is a fraction of a second.
  private static final int WINDOW = 32_768;

  // Smaller ones are soon merged, and asked in no time.
  private static final int KEPT_DOCUMENTS = 5_000;
  private static final long KEPT_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 24, 4L << 20, 128L << 20);

  private final ExecutorService threads;
  private final Duration timeout;
  private final AnswerCache answers = new AnswerCache(KEPT_BYTES);

  Search(String name, Duration timeout) {
    this.timeout = timeout;
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }

  SearchResult run(List<IndexSearcher> searchers, SearchRequest request) throws IOException {
    long start = System.nanoTime();
    Plan plan = new Plan(request, start + timeout.toNanos());
    List<Part> parts = collect(searchers, plan);
    return answer(searchers, plan, parts, start);
  }

  /// What a request means for every segment.
  private static final class Plan {
    private final SearchRequest request;
    private final Query query;
    // Nanoseconds that matching events are from and before.
    private final long from;
    private final long to;
    private final org.apache.lucene.search.Query lucene;
    private final long deadline;
    private final List<FieldLayout> facets = new ArrayList<>();
    private final List<FieldLayout> statistics = new ArrayList<>();
    private final @Nullable FieldLayout split;
    private final @Nullable TopFieldCollectorManager hits;
    private final @Nullable FieldDoc after;
    private volatile boolean cancelled;

    Plan(SearchRequest request, long deadline) {
      this.request = request;
      this.deadline = deadline;
      Query bounded = request.query();
      if (request.from() != null || request.to() != null) {
        bounded =
            new Query.And(
                List.of(
                    bounded,
                    new Query.Range(
                        Ecs.TIMESTAMP.name(), request.from(), true, request.to(), false)));
      }
      this.query = bounded;
      this.from = request.from() == null ? Long.MIN_VALUE : ValueText.nanos(request.from());
      this.to = request.to() == null ? Long.MAX_VALUE : ValueText.nanos(request.to());
      this.lucene = QueryTranslator.translate(bounded);
      for (SearchRequest.Facet facet : request.facets()) {
        if (facet.size() < 1 || facet.size() > 1000) {
          throw new IllegalArgumentException(
              "size of facet " + facet.field() + " is " + facet.size() + ", expected 1 to 1000");
        }
        facets.add(counted(facet.field()));
      }
      for (String field : request.statistics()) {
        FieldLayout layout = QueryTranslator.layout(field);
        if (layout.ext()
            || (layout.type() != FieldType.LONG && layout.type() != FieldType.DOUBLE)) {
          throw new IllegalArgumentException(
              "statistics are for numbers, " + field + " is " + layout.type());
        }
        statistics.add(layout);
      }
      SearchRequest.Histogram histogram = request.histogram();
      if (histogram != null
          && (histogram.interval().isNegative()
              || histogram.interval().isZero()
              || histogram.interval().compareTo(Duration.ofDays(36_500)) > 0)) {
        throw new IllegalArgumentException(
            "interval of the histogram is "
                + histogram.interval()
                + ", expected more than nothing and at most 100 years");
      }
      this.split =
          histogram == null || histogram.splitBy() == null ? null : counted(histogram.splitBy());
      Sort sort = sort(request.sort());
      String after = request.after();
      this.after =
          after == null
              ? null
              : Cursor.read(
                  request.sort(), after, QueryTranslator.layout(request.sort().field()).numeric());
      this.hits =
          request.size() == 0
              ? null
              : new TopFieldCollectorManager(
                  sort, request.size() + 1, this.after, Integer.MAX_VALUE);
    }

    /// @return null if the answer for the segment is not worth keeping, or depends on the range of time
    AnswerCache.@Nullable Question question(LeafReader reader) throws IOException {
      var key = reader.getReaderCacheHelper();
      if (key == null || reader.maxDoc() < KEPT_DOCUMENTS) {
        return null;
      }
      if (from != Long.MIN_VALUE || to != Long.MAX_VALUE) {
        DocValuesSkipper times = reader.getDocValuesSkipper(TIME);
        if (times == null
            || times.docCount() < reader.maxDoc()
            || times.minValue() < from
            || times.maxValue() >= to) {
          return null;
        }
      }
      return new AnswerCache.Question(
          key.getKey(),
          request.query(),
          request.sort(),
          request.size(),
          request.after(),
          request.facets(),
          request.histogram(),
          request.statistics());
    }

    void check(Duration timeout) throws SearchTimeoutException {
      if (cancelled || System.nanoTime() - deadline > 0) {
        cancelled = true;
        throw new SearchTimeoutException(timeout);
      }
    }
  }

  private static FieldLayout counted(String field) {
    FieldLayout layout = QueryTranslator.layout(field);
    if (layout.values() == null) {
      throw new IllegalArgumentException(
          "values of " + field + " can't be counted, since nearly each occurs once");
    }
    return layout;
  }

  static Sort sort(SearchRequest.Sort wanted) {
    FieldLayout layout = QueryTranslator.layout(wanted.field());
    boolean descending = wanted.descending();
    if (layout.values() == null || layout.ext()) {
      throw new IllegalArgumentException(
          "hits can't be sorted by "
              + wanted.field()
              + (layout.ext() ? ", which is no field of the catalogue" : ", which is long text"));
    }
    SortField first;
    if (layout.numeric()) {
      first =
          new SortedNumericSortField(
              layout.values(),
              SortField.Type.LONG,
              descending,
              descending ? SortedNumericSelector.Type.MAX : SortedNumericSelector.Type.MIN,
              descending ? Long.MIN_VALUE : Long.MAX_VALUE);
    } else {
      // Missing comes last in the final order; Lucene's FIRST and LAST are before reversal.
      first =
          new SortedSetSortField(
              layout.values(),
              descending,
              descending ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN,
              descending ? SortField.STRING_FIRST : SortField.STRING_LAST);
    }
    return new Sort(first, new SortField(FieldLayout.SEQUENCE, SortField.Type.LONG, descending));
  }

  /// The counts of one segment.
  private static final class Part {
    private final int shard;
    private final int docBase;
    private long total;
    // Documents counted from the segment's first.
    private List<FieldDoc> hits = List.of();
    private final List<ValueCounts> facets = new ArrayList<>();
    private @Nullable TimeCounts histogram;
    private final List<Numbers> statistics = new ArrayList<>();

    Part(int shard, int docBase) {
      this.shard = shard;
      this.docBase = docBase;
    }

    /// The hits as the index counts its documents.
    TopFieldDocs hits(Sort sort) {
      FieldDoc[] docs = new FieldDoc[hits.size()];
      for (int i = 0; i < docs.length; i++) {
        FieldDoc hit = hits.get(i);
        docs[i] = new FieldDoc(docBase + hit.doc, hit.score, hit.fields, shard);
      }
      return new TopFieldDocs(
          new TotalHits(docs.length, TotalHits.Relation.EQUAL_TO), docs, sort.getSort());
    }

    AnswerCache.Answer answer() {
      List<int[]> counts = new ArrayList<>();
      List<@Nullable LongTable> tables = new ArrayList<>();
      for (ValueCounts facet : facets) {
        counts.add(facet.counts());
        tables.add(facet.values.table());
      }
      return new AnswerCache.Answer(
          total,
          hits,
          counts,
          tables,
          histogram == null ? null : histogram.finished(null),
          statistics.stream().map(Numbers::copy).toList());
    }

    static Part of(int shard, LeafReaderContext leaf, AnswerCache.Answer kept, Plan plan)
        throws IOException {
      LeafReader reader = leaf.reader();
      Part part = new Part(shard, leaf.docBase);
      part.total = kept.total();
      part.hits = kept.hits();
      for (int i = 0; i < plan.facets.size(); i++) {
        part.facets.add(
            new ValueCounts(
                SegmentValues.reopen(reader, plan.facets.get(i), kept.tables().get(i)),
                kept.facets().get(i)));
      }
      TimeCounts times = kept.histogram();
      if (times != null) {
        part.histogram =
            times.finished(
                plan.split == null
                    ? null
                    : SegmentValues.reopen(reader, plan.split, times.splitTable()));
      }
      kept.statistics().forEach(numbers -> part.statistics.add(numbers.copy()));
      return part;
    }
  }

  private List<Part> collect(List<IndexSearcher> searchers, Plan plan) throws IOException {
    record Task(int shard, LeafReaderContext leaf, Weight weight) {}
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < searchers.size(); i++) {
      IndexSearcher searcher = searchers.get(i);
      if (searcher.getIndexReader().numDocs() == 0) {
        continue;
      }
      Weight weight =
          searcher.createWeight(searcher.rewrite(plan.lucene), ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        tasks.add(new Task(i, leaf, weight));
      }
    }
    // The longest first, so that no thread is left with a large one at the end.
    tasks.sort(Comparator.comparingInt(t -> -t.leaf().reader().maxDoc()));
    List<Future<Part>> futures = new ArrayList<>();
    for (Task task : tasks) {
      // Made here: the manager keeps them in a list that is not for several threads.
      TopFieldCollector hits = plan.hits == null ? null : plan.hits.newCollector();
      futures.add(
          threads.submit(() -> segment(task.shard(), task.leaf(), task.weight(), hits, plan)));
    }
    List<Part> parts = new ArrayList<>();
    try {
      for (Future<Part> future : futures) {
        parts.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SearchTimeoutException(timeout);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException r -> throw r;
        case Error error -> throw error;
        case null, default -> throw new IOException(e);
      }
    } finally {
      plan.cancelled = true;
      for (Future<Part> future : futures) {
        future.cancel(false);
      }
    }
    return parts;
  }

  private Part segment(
      int shard, LeafReaderContext leaf, Weight weight, @Nullable TopFieldCollector top, Plan plan)
      throws IOException {
    plan.check(timeout);
    LeafReader reader = leaf.reader();
    AnswerCache.Question question = plan.question(reader);
    if (question != null) {
      AnswerCache.Answer kept = answers.get(question);
      if (kept != null) {
        return Part.of(shard, leaf, kept, plan);
      }
    }
    Part part = new Part(shard, leaf.docBase);
    var supplier = weight.scorerSupplier(leaf);
    if (supplier == null) {
      return part;
    }
    supplier.setTopLevelScoringClause();
    BulkScorer scorer = supplier.bulkScorer();
    if (scorer == null) {
      return part;
    }
    for (FieldLayout facet : plan.facets) {
      part.facets.add(new ValueCounts(SegmentValues.open(reader, facet)));
    }
    SearchRequest.Histogram histogram = plan.request.histogram();
    if (histogram != null) {
      part.histogram =
          new TimeCounts(
              DocValues.getSortedNumeric(reader, TIME),
              histogram.interval().toNanos(),
              plan.split == null ? null : SegmentValues.open(reader, plan.split));
    }
    for (FieldLayout field : plan.statistics) {
      part.statistics.add(
          new Numbers(
              DocValues.getSortedNumeric(reader, java.util.Objects.requireNonNull(field.values())),
              field.type()));
    }
    LeafCollector collector = null;
    FirstHits hits = null;
    if (top != null) {
      collector = top.getLeafCollector(leaf);
      SearchRequest.Sort sort = plan.request.sort();
      hits =
          FirstHits.of(
              collector,
              reader,
              QueryTranslator.layout(sort.field()),
              sort.descending(),
              plan.request.size() + 1,
              plan.after,
              BLOCK);
    }
    Block block = new Block(part, collector, hits);
    int max = reader.maxDoc();
    for (int from = 0; from < max; ) {
      plan.check(timeout);
      int next = scorer.score(block, reader.getLiveDocs(), from, Math.min(max, from + WINDOW));
      from = next == DocIdSetIterator.NO_MORE_DOCS ? max : Math.max(next, from + WINDOW);
    }
    block.flush();
    if (top != null) {
      List<FieldDoc> found = new ArrayList<>();
      for (var hit : top.topDocs().scoreDocs) {
        found.add(new FieldDoc(hit.doc - leaf.docBase, hit.score, ((FieldDoc) hit).fields));
      }
      part.hits = List.copyOf(found);
    }
    if (question != null) {
      answers.put(question, part.answer());
    }
    return part;
  }

  private static final class Block implements LeafCollector {
    private final Part part;
    private final @Nullable LeafCollector collector;
    private final @Nullable FirstHits hits;
    private final int[] docs = new int[BLOCK];
    private int n;

    Block(Part part, @Nullable LeafCollector collector, @Nullable FirstHits hits) {
      this.part = part;
      this.collector = collector;
      this.hits = hits;
    }

    @Override
    public void setScorer(Scorable scorer) throws IOException {
      if (collector != null) {
        collector.setScorer(scorer);
      }
    }

    @Override
    public void collect(int doc) throws IOException {
      docs[n++] = doc;
      if (n == BLOCK) {
        flush();
      }
    }

    void flush() throws IOException {
      part.total += n;
      for (ValueCounts facet : part.facets) {
        facet.collect(docs, n);
      }
      if (part.histogram != null) {
        part.histogram.collect(docs, n);
      }
      for (Numbers numbers : part.statistics) {
        numbers.collect(docs, n);
      }
      if (hits != null) {
        hits.collect(docs, n);
      }
      n = 0;
    }
  }

  /// Count, minimum, maximum and sum of a numeric field.
  static final class Numbers {
    private final @Nullable SortedNumericDocValues values;
    private final FieldType type;
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;

    Numbers(@Nullable SortedNumericDocValues values, FieldType type) {
      this.values = values;
      this.type = type;
    }

    /// What was counted, to which other segments' can be added.
    Numbers copy() {
      Numbers copy = new Numbers(null, type);
      copy.add(this);
      return copy;
    }

    void collect(int[] docs, int n) throws IOException {
      SortedNumericDocValues each = java.util.Objects.requireNonNull(values);
      for (int i = 0; i < n; i++) {
        if (each.advanceExact(docs[i])) {
          int found = each.docValueCount();
          for (int k = 0; k < found; k++) {
            long bits = each.nextValue();
            double value =
                type == FieldType.DOUBLE ? NumericUtils.sortableLongToDouble(bits) : bits;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
          }
          count += found;
        }
      }
    }

    void add(Numbers other) {
      count += other.count;
      min = Math.min(min, other.min);
      max = Math.max(max, other.max);
      sum += other.sum;
    }

    SearchResult.Statistics statistics() {
      return count == 0
          ? new SearchResult.Statistics(0, Double.NaN, Double.NaN, 0, Double.NaN)
          : new SearchResult.Statistics(count, min, max, sum, sum / count);
    }
  }

  private static SearchResult answer(
      List<IndexSearcher> searchers, Plan plan, List<Part> parts, long start) throws IOException {
    SearchRequest request = plan.request;
    long total = 0;
    for (Part part : parts) {
      total += part.total;
    }
    Map<String, List<SearchResult.Count>> facets = new LinkedHashMap<>();
    for (int i = 0; i < plan.facets.size(); i++) {
      SearchRequest.Facet facet = request.facets().get(i);
      List<ValueCounts> segments = new ArrayList<>();
      for (Part part : parts) {
        if (part.total > 0) {
          segments.add(part.facets.get(i));
        }
      }
      facets.put(facet.field(), ValueCounts.top(segments, facet.size(), v -> true));
    }
    Map<String, SearchResult.Statistics> statistics = new LinkedHashMap<>();
    for (int i = 0; i < plan.statistics.size(); i++) {
      Numbers sum = null;
      for (Part part : parts) {
        if (part.total > 0) {
          if (sum == null) {
            sum = part.statistics.get(i);
          } else {
            sum.add(part.statistics.get(i));
          }
        }
      }
      statistics.put(
          request.statistics().get(i),
          sum == null
              ? new SearchResult.Statistics(0, Double.NaN, Double.NaN, 0, Double.NaN)
              : sum.statistics());
    }
    List<SearchResult.Hit> hits = new ArrayList<>();
    String next = null;
    if (plan.hits != null) {
      record Found(int shard, FieldDoc doc) {}
      List<TopFieldDocs> tops = new ArrayList<>();
      for (Part part : parts) {
        if (!part.hits.isEmpty()) {
          tops.add(part.hits(sort(request.sort())));
        }
      }
      if (!tops.isEmpty()) {
        var merged =
            org.apache.lucene.search.TopDocs.merge(
                sort(request.sort()), request.size() + 1, tops.toArray(new TopFieldDocs[0]));
        List<Found> page = new ArrayList<>();
        for (var doc : merged.scoreDocs) {
          page.add(new Found(doc.shardIndex, (FieldDoc) doc));
        }
        if (page.size() > request.size()) {
          page.removeLast();
          next = Cursor.write(request.sort(), page.getLast().doc());
        }
        for (Found found : page) {
          Event event =
              StoredEvents.load(searchers.get(found.shard()).storedFields(), found.doc().doc);
          hits.add(
              new SearchResult.Hit(
                  event, request.highlight() ? Highlights.of(plan.query, event) : Map.of()));
        }
      }
    }
    return new SearchResult(
        total,
        hits,
        next,
        facets,
        histogram(plan, parts),
        statistics,
        (System.nanoTime() - start) / 1_000_000);
  }

  private static List<SearchResult.Bucket> histogram(Plan plan, List<Part> parts)
      throws IOException {
    SearchRequest.Histogram wanted = plan.request.histogram();
    if (wanted == null) {
      return List.of();
    }
    long interval = wanted.interval().toNanos();
    Map<Long, Long> counts = new TreeMap<>();
    Map<Long, Map<String, Long>> split = new HashMap<>();
    List<TimeCounts> segments = new ArrayList<>();
    for (Part part : parts) {
      if (part.histogram != null && part.total > 0) {
        segments.add(part.histogram);
        part.histogram.addTo(counts);
      }
    }
    if (counts.size() > TimeCounts.MAX_BUCKETS) {
      throw new IllegalArgumentException(
          "the histogram has " + counts.size() + " buckets: ask for a longer interval");
    }
    if (plan.split != null) {
      List<ValueCounts> totals = new ArrayList<>();
      for (TimeCounts segment : segments) {
        totals.add(segment.splitTotals());
      }
      List<String> values =
          ValueCounts.top(totals, SPLIT_VALUES, v -> true).stream()
              .map(SearchResult.Count::value)
              .toList();
      for (TimeCounts segment : segments) {
        segment.addSplitTo(split, values);
      }
    }
    List<SearchResult.Bucket> buckets = new ArrayList<>();
    counts.forEach(
        (number, count) ->
            buckets.add(
                new SearchResult.Bucket(
                    ValueText.instant(number * interval),
                    count,
                    split.getOrDefault(number, Map.of()))));
    return buckets;
  }

  Optional<Event> get(List<IndexSearcher> searchers, String id) throws IOException {
    Term term = new Term(FieldLayout.TERMS, QueryTranslator.term(FieldLayout.of(Ecs.EVENT_ID), id));
    for (IndexSearcher searcher : searchers) {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
        var live = leaf.reader().getLiveDocs();
        for (int doc = found == null ? DocIdSetIterator.NO_MORE_DOCS : found.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = java.util.Objects.requireNonNull(found).nextDoc()) {
          if (live != null && !live.get(doc)) {
            continue;
          }
          Event event = StoredEvents.load(leaf.reader().storedFields(), doc);
          if (id.equals(event.string(Ecs.EVENT_ID))) {
            return Optional.of(event);
          }
        }
      }
    }
    return Optional.empty();
  }

  List<SearchResult.Count> suggest(
      List<IndexSearcher> searchers, String field, String prefix, Query query, int size)
      throws IOException {
    FieldLayout layout = QueryTranslator.layout(field);
    if (layout.values() == null) {
      return List.of();
    }
    Query narrowed = query;
    if (!prefix.isEmpty() && !layout.numeric() && layout.type() == FieldType.STRING) {
      narrowed =
          new Query.And(
              List.of(query, new Query.Wildcard(field, QueryTranslator.escape(prefix) + "*")));
    }
    SearchRequest request =
        new SearchRequest(
            narrowed,
            null,
            null,
            SearchRequest.Sort.NEWEST_FIRST,
            0,
            null,
            List.of(new SearchRequest.Facet(field, Math.clamp(size, 1, 1000))),
            null,
            List.of(),
            false);
    String lower = prefix.toLowerCase(Locale.ROOT);
    Predicate<String> starts = v -> v.toLowerCase(Locale.ROOT).startsWith(lower);
    List<ValueCounts> segments = new ArrayList<>();
    for (Part part : collect(searchers, new Plan(request, System.nanoTime() + timeout.toNanos()))) {
      if (part.total > 0) {
        segments.add(part.facets.getFirst());
      }
    }
    return ValueCounts.top(segments, request.facets().getFirst().size(), starts);
  }

  /// Names of fields and how many documents have them, from the indexes' own statistics.
  static List<SearchResult.Count> fields(List<IndexSearcher> searchers) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (IndexSearcher searcher : searchers) {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        LeafReader reader = leaf.reader();
        Terms terms = reader.terms(FieldLayout.TERMS);
        if (terms != null) {
          // Marks come before all names.
          TermsEnum marks = terms.iterator();
          for (BytesRef term = marks.next(); term != null; term = marks.next()) {
            String mark = Utf8.text(term);
            if (!mark.startsWith(FieldLayout.MARK)) {
              break;
            }
            String kind = mark.substring(FieldLayout.MARK.length());
            if (kind.startsWith("x:") || kind.startsWith("p:")) {
              counts.merge(kind.substring(2), (long) marks.docFreq(), Long::sum);
            }
          }
        }
        for (var info : reader.getFieldInfos()) {
          int colon = info.name.indexOf(':');
          if (colon == 1) {
            DocValuesSkipper skipper = reader.getDocValuesSkipper(info.name);
            long documents =
                skipper != null
                    ? skipper.docCount()
                    // Exact in this codec: the documents that have the field.
                    : DocValues.getSortedSet(reader, info.name).cost();
            // A document with a long and a short value counts twice here; it is one in a million.
            counts.merge(info.name.substring(2), documents, Long::sum);
          }
        }
      }
    }
    List<SearchResult.Count> fields = new ArrayList<>();
    counts.forEach((name, count) -> fields.add(new SearchResult.Count(name, count)));
    return fields;
  }

  static long maxSequence(Partition partition) throws IOException {
    Partition.Borrowed b = partition.borrow();
    try {
      long max = -1;
      for (LeafReaderContext leaf : b.searcher().getIndexReader().leaves()) {
        var sequence = DocValues.getNumeric(leaf.reader(), FieldLayout.SEQUENCE);
        while (sequence.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          max = Math.max(max, sequence.longValue());
        }
      }
      return max;
    } finally {
      b.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
