package metron.parsers.mapping;

/// What the source said a value is; formats without types say [#TEXT].
public enum Kind {
  TEXT,
  INTEGER,
  REAL,
  BOOLEAN
}
