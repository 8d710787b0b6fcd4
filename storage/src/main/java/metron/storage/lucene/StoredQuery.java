package metron.storage.lucene;

import java.io.IOException;
import java.util.function.Predicate;
import metron.event.Event;
import metron.event.query.QueryPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/// Documents of `candidates` whose stored event the predicate lets through. Some ten microseconds each, so Lucene asks it
/// last.
final class StoredQuery extends Query {
  private final Query candidates;
  private final metron.event.query.Query query;
  private final Predicate<Event> predicate;

  private StoredQuery(
      Query candidates, metron.event.query.Query query, Predicate<Event> predicate) {
    this.candidates = candidates;
    this.query = query;
    this.predicate = predicate;
  }

  static StoredQuery of(Query candidates, metron.event.query.Query query) {
    return new StoredQuery(candidates, query, QueryPredicate.compile(query));
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = candidates.rewrite(searcher);
    return rewritten.equals(candidates) ? this : new StoredQuery(rewritten, query, predicate);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    Weight inner = searcher.createWeight(candidates, ScoreMode.COMPLETE_NO_SCORES, 1);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        ScorerSupplier supplier = inner.scorerSupplier(leaf);
        if (supplier == null) {
          return null;
        }
        return new ScorerSupplier() {
          @Override
          public Scorer get(long leadCost) throws IOException {
            Scorer scorer = supplier.get(leadCost);
            TwoPhaseIterator narrower = scorer.twoPhaseIterator();
            DocIdSetIterator approximation =
                narrower == null ? scorer.iterator() : narrower.approximation();
            StoredFields stored = leaf.reader().storedFields();
            return new ConstantScoreScorer(
                1,
                scoreMode,
                new TwoPhaseIterator(approximation) {
                  @Override
                  public boolean matches() throws IOException {
                    return (narrower == null || narrower.matches())
                        && predicate.test(StoredEvents.load(stored, approximation.docID()));
                  }

                  @Override
                  public float matchCost() {
                    return 50_000;
                  }
                });
          }

          @Override
          public long cost() {
            return supplier.cost();
          }
        };
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return inner.isCacheable(leaf);
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "stored(" + query + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredQuery s
        && s.query.equals(query)
        && s.candidates.equals(candidates);
  }

  @Override
  public int hashCode() {
    return 31 * candidates.hashCode() + query.hashCode();
  }
}
