package metron.stellar.syntax;

/// How chains of operators are read. The dialects differ in nothing else.
public enum Dialect {
  /// `*` and `/` bind alike, from the left; `and` binds tighter than `or`.
  STANDARD,
  /// As Apache Metron 0.7.1 reads them: `*` binds tighter than `/`, so that `10 / 2 * 5` is 1; `and`
  /// and `or` bind alike, from the right, so that `false and true or true` is false.
  METRON
}
